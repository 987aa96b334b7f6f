import type { Credential } from "../catalogue/tool.ts";
import { quote } from "./quote.ts";

/** A password as the container's shell finds it, in double quotes. */
export function passwordExpression(credential: Credential | undefined, ...variables: readonly string[]): string {
  if (credential === undefined) return settingExpression(...variables);
  return "file" in credential ? `"$(cat ${quote(credential.file)})"` : `"$${credential.variable}"`;
}

/** What the image was set up with, in double quotes: the first of the variables that is set, or what its file holds. */
export function settingExpression(...variables: readonly string[]): string {
  return `"${fallback(variables)}"`;
}

// The images take VARIABLE, or VARIABLE_FILE with the name of a file.
function fallback([variable, ...others]: readonly string[]): string {
  if (variable === undefined) return "";
  const rest = others.length === 0 ? "" : fallback(others);
  const file = `\${${variable}_FILE:+$(cat "$${variable}_FILE")}`;
  return `\${${variable}:-${rest === "" ? file : `${file}${rest}`}}`;
}
