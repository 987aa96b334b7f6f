import type { Credential } from "../catalogue/tool.ts";
import { quote } from "./quote.ts";

/** A password as the container's shell finds it, in double quotes. */
export function passwordExpression(credential: Credential | undefined, ...variables: readonly string[]): string {
  if (credential === undefined) return `"${fallback(variables)}"`;
  return "file" in credential ? `"$(cat ${quote(credential.file)})"` : `"$${credential.variable}"`;
}

// The images take VARIABLE, or VARIABLE_FILE with the name of a file.
function fallback([variable, ...others]: readonly string[]): string {
  if (variable === undefined) return "";
  const rest = others.length === 0 ? "" : fallback(others);
  const file = `\${${variable}_FILE:+$(cat "$${variable}_FILE")}`;
  return `\${${variable}:-${rest === "" ? file : `${file}${rest}`}}`;
}
