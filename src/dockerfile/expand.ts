import type { EscapeCharacter } from "./mask.ts";

/** What variables are worth: `undefined` for one whose value is known to the build only. One that is not there is empty. */
export type Variables = ReadonlyMap<string, string | undefined>;

/**
 * A word of a Dockerfile without its quotes, its variables replaced, as the build does it; `undefined` where that takes a
 * value which is not known here.
 *
 * @see https://docs.docker.com/reference/dockerfile/#environment-replacement
 */
export function expandWord(word: string, variables: Variables, continuation: EscapeCharacter): string | undefined {
  const { text } = readUntil(word, 0, "", { variables, continuation, depth: 0 });
  return text;
}

interface Reading {
  readonly variables: Variables;
  readonly continuation: EscapeCharacter;
  /** How many defaults the reading is inside of. */
  readonly depth: number;
}

/** Far beyond what anybody writes, far below what overflows the call stack. */
const DEEPEST = 50;

interface Read {
  readonly text: string | undefined;
  /** The offset after what was read. */
  readonly next: number;
}

/** Reads until an unquoted character, or the end. */
function readUntil(word: string, start: number, stop: string, reading: Reading): Read {
  let text: string | undefined = "";
  let next = start;
  let quote = "";
  while (next < word.length) {
    const character = word[next] ?? "";
    if (quote === "" && character === stop) break;
    if (character === quote) [quote, next] = ["", next + 1];
    else if (quote === "" && /["']/.test(character)) [quote, next] = [character, next + 1];
    else {
      const read = readCharacter(word, next, quote, reading);
      text = text === undefined || read.text === undefined ? undefined : text + read.text;
      next = read.next;
    }
  }
  return { text, next };
}

function readCharacter(word: string, start: number, quote: string, reading: Reading): Read {
  const character = word[start] ?? "";
  const following = word[start + 1];
  if (quote === "'") return { text: character, next: start + 1 };
  if (character === "$") return readVariable(word, start, reading);
  if (character !== reading.continuation || following === undefined) return { text: character, next: start + 1 };
  const isEscaped = quote === "" || following === '"' || following === "$" || following === reading.continuation;
  return { text: isEscaped ? following : character + following, next: start + 2 };
}

function readVariable(word: string, start: number, reading: Reading): Read {
  const [plain, name = ""] = /^\$(\w+)/.exec(word.slice(start)) ?? [];
  if (plain !== undefined) return { text: lookUp(name, reading), next: start + plain.length };
  const [opening, braced = "", operator = ""] = /^\$\{(\w+)(:?[-+?]|[^}]?)/.exec(word.slice(start)) ?? [];
  if (opening === undefined) return { text: "$", next: start + 1 };
  if (reading.depth === DEEPEST) return { text: undefined, next: word.length };
  const operand = readUntil(word, start + opening.length, "}", { ...reading, depth: reading.depth + 1 });
  return { text: modified(braced, operator, operand.text, reading), next: operand.next + 1 };
}

function lookUp(name: string, { variables }: Reading): string | undefined {
  return variables.has(name) ? variables.get(name) : "";
}

function modified(name: string, operator: string, operand: string | undefined, reading: Reading): string | undefined {
  const { variables } = reading;
  if (variables.has(name) && variables.get(name) === undefined) return undefined;
  const isSet = operator.startsWith(":") ? lookUp(name, reading) !== "" : variables.has(name);
  switch (operator.replace(":", "")) {
    case "":
    case "?":
      return lookUp(name, reading);
    case "-":
      return isSet ? lookUp(name, reading) : operand;
    case "+":
      return isSet ? operand : "";
    default:
      // Patterns, ${NAME#...} and ${NAME/.../...}: rare, and what they give is not needed for any judgement.
      return undefined;
  }
}
