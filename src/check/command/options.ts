import { argumentsOf, type Command, startOf, textOf, type Word, wordOf } from "./script.ts";

/** Which options of a program are followed by a value. */
export interface OptionForms {
  /** Letters of the short ones: `"om"` for `-o FILE -m SECONDS`. */
  readonly short?: string;
  /** Letters whose value, if they have one, stands in the same word: `-pPASSWORD`. */
  readonly attached?: string;
  /** Names of the long ones, without `--`. */
  readonly long?: readonly string[];
  /** Whether long options begin with a single dash, as those of Java and Go programs do. Default: false. */
  readonly singleDash?: boolean;
}

/** What a command is given, sorted. */
export interface GivenOptions {
  /** Every option, as `-f` or `--fail`, with its value where it has one. */
  readonly options: ReadonlyMap<string, Word | undefined>;
  readonly operands: readonly Word[];
  /** Whether every word could be told to be an option, a value or an operand. */
  readonly isCertain: boolean;
}

/** Sorts what a command is given into options, their values and operands. */
export function readOptions(command: Command, forms: OptionForms): GivenOptions {
  const { long = [], singleDash = false } = forms;
  const options = new Map<string, Word | undefined>();
  const operands: Word[] = [];
  const words = argumentsOf(command);
  let isCertain = true;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? wordOf("");
    const start = startOf(word);
    if (start === "--" && textOf(word) !== undefined) {
      operands.push(...words.slice(at + 1));
      break;
    }
    if (start.startsWith("--") || (singleDash && /^-\w/.test(start))) {
      const [name = "", value] = splitLong(word, start);
      options.set(name, value ?? (long.includes(name.replace(/^--?/, "")) ? words[++at] : undefined));
    } else if (/^-[^-]/.test(start)) at += readShort(word, forms, words[at + 1], options) ? 1 : 0;
    else {
      // A variable that stands alone and unquoted may hold anything, options too.
      const [first] = word.pieces;
      if (first !== undefined && first.kind !== "text" && !first.quoted && word.pieces.length === 1) isCertain = false;
      operands.push(word);
    }
  }
  return { options, operands, isCertain };
}

/** The value of the first of these options that is given one. */
export function optionValue({ options }: GivenOptions, ...names: readonly string[]): Word | undefined {
  for (const name of names) if (options.get(name) !== undefined) return options.get(name);
  return undefined;
}

/** Whether one of these options is given. */
export function hasOption({ options }: GivenOptions, ...names: readonly string[]): boolean {
  return names.some((name) => options.has(name));
}

function splitLong(word: Word, start: string): readonly [name: string, value: Word | undefined] {
  const at = start.indexOf("=");
  return at === -1 ? [start, undefined] : [start.slice(0, at), after(word, at + 1)];
}

/** Reads `-fsSo FILE`; tells whether the next word was the value of the last letter. */
function readShort(
  word: Word,
  { short = "", attached = "" }: OptionForms,
  next: Word | undefined,
  options: Map<string, Word | undefined>,
): boolean {
  const letters = startOf(word).slice(1);
  for (const [index, letter] of [...letters].entries()) {
    const rest = after(word, index + 2);
    if (attached.includes(letter)) {
      options.set(`-${letter}`, rest);
      return false;
    }
    if (!short.includes(letter)) {
      options.set(`-${letter}`, undefined);
      continue;
    }
    options.set(`-${letter}`, rest ?? next);
    return rest === undefined;
  }
  return false;
}

/** What follows the first letters of a word; `undefined` where nothing does. */
function after(word: Word, length: number): Word | undefined {
  const pieces: Word["pieces"][number][] = [];
  let left = length;
  for (const piece of word.pieces) {
    if (piece.kind !== "text") pieces.push(piece);
    else {
      const text = piece.text.slice(left);
      left = Math.max(0, left - piece.text.length);
      if (text !== "") pieces.push({ ...piece, text });
    }
  }
  return pieces.length === 0 ? undefined : { pieces };
}
