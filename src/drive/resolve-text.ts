import { isInterpolation, type Part, type Text } from "../model/interpolation.ts";
import type { Variables } from "./variables.ts";

/** A text with its variables replaced, as Compose does it. @see https://docs.docker.com/reference/compose-file/interpolation/ */
export function resolveText(text: Text, variables: Variables): string {
  return isInterpolation(text) ? resolveParts(text.parts, variables) : text;
}

function resolveParts(parts: readonly Part[], variables: Variables): string {
  return parts.map((part) => (typeof part === "string" ? part : resolveVariable(part, variables))).join("");
}

function resolveVariable({ name, operator, operand = [] }: Exclude<Part, string>, variables: Variables): string {
  const value = variables[name];
  // With a colon an empty variable counts as one that is not set.
  const isSet = value !== undefined && (value !== "" || operator?.startsWith(":") !== true);
  if (operator?.endsWith("+") === true) return isSet ? resolveParts(operand, variables) : "";
  if (isSet) return value;
  return operator?.endsWith("-") === true ? resolveParts(operand, variables) : "";
}
