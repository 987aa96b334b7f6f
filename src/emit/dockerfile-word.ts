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
  return parts.map((part) => (typeof part === "string" ? part.replaceAll(special, "\\$&") : `\${${part.name}}`)).join("");
}
