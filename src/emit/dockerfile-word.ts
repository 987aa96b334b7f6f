import { StackError } from "../errors.ts";
import { isInterpolation, type Part, type Text } from "../model/interpolation.ts";

/** A text as the argument of an instruction: blanks and quotes are kept by quotes around it. */
export function argument(text: Text): string {
  const escaped = write(text, /["\\$]/g);
  return /[\s'"#]/.test(escaped) || escaped === "" ? `"${escaped}"` : write(text, /[\\$]/g);
}

/** The value of a pair `NAME=VALUE`. */
export function quoted(text: Text): string {
  const escaped = write(text, /["\\$]/g);
  return /^[\w./:@%+,${}-]*$/.test(escaped) && escaped !== "" ? escaped : `"${escaped}"`;
}

/** A text as an item of a JSON list, in the instructions that replace variables there. */
export function jsonArgument(text: Text): string {
  return write(text, /["'\\$]/g);
}

/** The text with variables as `${NAME}` and a backslash before every character that is special. */
function write(text: Text, special: RegExp): string {
  const parts: readonly Part[] = isInterpolation(text) ? text.parts : [text];
  return parts.map((part) => (typeof part === "string" ? escapeLiteral(part, special) : reference(part))).join("");
}

function escapeLiteral(literal: string, special: RegExp): string {
  if (/[\r\n]/.test(literal))
    throw StackError.of("invalid-stack", `${JSON.stringify(literal)} can't stand in a Dockerfile: it has several lines`);
  return literal.replaceAll(special, "\\$&");
}

function reference({ name, operator }: Exclude<Part, string>): string {
  if (operator === undefined) return `\${${name}}`;
  throw StackError.of("invalid-stack", `env("${name}") is Compose's and can't stand in a Dockerfile`, {
    hint: `write variable("${name}") and declare it with .arg("${name}")`,
  });
}
