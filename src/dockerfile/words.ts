import type { JoinedText } from "./joined-text.ts";
import type { EscapeCharacter, Span } from "./mask.ts";

/** A part of an instruction as it is written, with its quotes and variables. */
export interface Word {
  readonly text: string;
  /** Where it begins in the instruction, joined. */
  readonly index: number;
  /** Where it stands in the file. */
  readonly span: Span;
}

/** An option of an instruction: `--interval=5s`. */
export interface Flag {
  readonly name: string;
  /** Without quotes; `undefined` where there is no `=`. */
  readonly value: string | undefined;
  readonly span: Span;
}

/** What follows the keyword of an instruction: options first, then the rest in one piece. */
export interface Arguments {
  readonly flags: readonly Flag[];
  readonly rest: Word;
}

/** Takes the options of an instruction off, which follow its keyword. */
export function argumentsOf(joined: JoinedText, keyword: string): Arguments {
  const flags: Flag[] = [];
  const word = /\s*(--(?:\\.|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^\s"'\\])*)/y;
  word.lastIndex = keyword.length;
  let end = word.lastIndex;
  for (let match = word.exec(joined.text); match !== null; match = word.exec(joined.text)) {
    const [, text = ""] = match;
    end = word.lastIndex;
    if (text === "--") break;
    flags.push(flagOf(text, joined.spanOf(end - text.length, end)));
  }
  return { flags, rest: partOf(joined, end, joined.text.length) };
}

const WORD = /(?:\\[\s\S]|"(?:\\[\s\S]|[^"\\])*"|'[^']*'|[^\s\\"']|["'\\])+/g;
const WORD_WITH_BACKTICKS = /(?:`[\s\S]|"(?:`[\s\S]|[^"`])*"|'[^']*'|[^\s`"']|["'`])+/g;

/** Splits at blanks that are neither quoted nor escaped. */
export function wordsOf(joined: JoinedText, { text, index: from }: Word, continuation: EscapeCharacter): readonly Word[] {
  const words = text.matchAll(continuation === "`" ? WORD_WITH_BACKTICKS : WORD);
  return [...words].map(({ 0: word, index }) => partOf(joined, from + index, from + index + word.length));
}

/** A part of an instruction, without the blanks around it. */
export function partOf(joined: JoinedText, start: number, end: number): Word {
  const part = joined.text.slice(start, end);
  const index = start + (part.length - part.trimStart().length);
  const text = part.trim();
  return { text, index, span: joined.spanOf(index, index + text.length) };
}

/** A list of strings in JSON, which is the exec form; `undefined` for everything else, which the shell gets. */
export function jsonWords(text: string): readonly string[] | undefined {
  // What follows the list is ignored by the build.
  const [written] = /^\[(?:"(?:\\.|[^"\\])*"|[^"\]])*\]/.exec(text) ?? [];
  if (written === undefined) return undefined;
  try {
    const list: unknown = JSON.parse(written);
    return Array.isArray(list) && list.every((item) => typeof item === "string") ? list : undefined;
  } catch {
    return undefined;
  }
}

function flagOf(text: string, span: Span): Flag {
  const [, name = "", value] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(text) ?? [];
  return { name, value: value?.replaceAll(/\\([\s\S])|["']/g, "$1"), span };
}
