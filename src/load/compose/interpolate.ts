import { type Interpolation, interpolationOf, type Operator, type Part, type Text } from "../../model/interpolation.ts";

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const OPERATOR = /:[-?+]|[-?+]/y;

/**
 * A text of a Compose file: `${X:-a}` becomes a variable, `$$` a dollar; a `$` before anything else stays one.
 *
 * @throws {SyntaxError} what Compose calls an invalid interpolation format, e.g. `${1}`.
 */
export function readInterpolation(text: string): Text {
  const parts = partsOf(text);
  if (parts.every((part) => typeof part === "string")) return parts.join("");
  return interpolationOf(parts) as Interpolation;
}

/** The text with the variables' values in it; a variable that is not set is empty, as it is for Compose. */
export function substitute(text: string, lookUp: (name: string) => string | undefined): string {
  return textOf(partsOf(text), lookUp);
}

/** Whether a text begins with a variable. */
export function beginsWithVariable(text: string): boolean {
  return /^\$(\{|[A-Za-z_])/.test(text);
}

/** How deep variables may stand in each other's defaults: far beyond any real file, far below what fills the call stack. */
const MOST_DEPTH = 100;

function partsOf(text: string, depth = 0): readonly Part[] {
  if (depth > MOST_DEPTH) throw new SyntaxError(`its variables stand more than ${MOST_DEPTH} deep in each other's defaults`);
  const parts: Part[] = [];
  let literal = "";
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf("$", at);
    literal += text.slice(at, next < 0 ? text.length : next);
    if (next < 0) break;
    const found = variableAt(text, next, depth);
    at = found?.end ?? next + 1;
    if (found === undefined) literal += "$";
    else {
      if (typeof found.part === "string") literal += found.part;
      else {
        if (literal !== "") parts.push(literal);
        literal = "";
        parts.push(found.part);
      }
    }
  }
  if (literal !== "") parts.push(literal);
  return parts;
}

/** What stands at a dollar; `undefined` where it is a dollar and nothing more. */
function variableAt(text: string, at: number, depth: number): { part: Part; end: number } | undefined {
  if (text[at + 1] === "$") return { part: "$", end: at + 2 };
  const braced = text[at + 1] === "{";
  const name = matchAt(NAME, text, at + (braced ? 2 : 1));
  if (!braced) return name === undefined ? undefined : { part: { name }, end: at + 1 + name.length };
  const afterName = at + 2 + (name?.length ?? 0);
  if (name !== undefined && text[afterName] === "}") return { part: { name }, end: afterName + 1 };
  const operator = matchAt(OPERATOR, text, afterName) as Operator | undefined;
  const end = closingBrace(text, at + 1);
  if (name === undefined || operator === undefined || end === undefined) throw new SyntaxError(invalid(text.slice(at)));
  const operand = partsOf(text.slice(afterName + operator.length, end), depth + 1);
  return { part: { name, operator, operand }, end: end + 1 };
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** The brace that closes the one at `open`; Compose looks for it in the same line. */
function closingBrace(text: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < text.length && text[at] !== "\n"; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  return undefined;
}

function invalid(text: string): string {
  const shown = text.length > 40 ? `${text.slice(0, 37)}...` : text;
  return `${JSON.stringify(shown)} is not a variable (write \${NAME} or \${NAME:-default}, and $$ for a dollar)`;
}

function textOf(parts: readonly Part[], lookUp: (name: string) => string | undefined): string {
  return parts.map((part) => (typeof part === "string" ? part : valueOfVariable(part, lookUp))).join("");
}

function valueOfVariable({ name, operator, operand = [] }: Exclude<Part, string>, lookUp: (name: string) => string | undefined): string {
  const value = lookUp(name);
  const isGiven = operator?.startsWith(":") ? value !== undefined && value !== "" : value !== undefined;
  const alternative = (): string => textOf(operand, lookUp);
  if (operator === "+" || operator === ":+") return isGiven ? alternative() : (value ?? "");
  return isGiven || operator === undefined || operator.endsWith("?") ? (value ?? "") : alternative();
}
