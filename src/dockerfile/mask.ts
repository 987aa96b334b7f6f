import { type Heredoc, heredocsOf } from "../model/heredoc.ts";

/** The character that continues a line in a Dockerfile. */
export type EscapeCharacter = "\\" | "`";

/** A part of a text: offsets, `end` excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text with its heredocs blanked out, and where they stand: from the first line of a body to its last delimiter. */
export interface MaskedDockerfile {
  readonly masked: string;
  readonly heredocs: readonly Span[];
  /** Whether the last one has no end. */
  readonly isOpen: boolean;
}

/**
 * The text with everything replaced, character by character, that dockerfile-ast 0.7 takes for something else than BuildKit
 * does, so that every offset stays true: heredocs (several in one instruction, with a file descriptor, after a continuation),
 * `<<` inside of quotes, a carriage return inside of a line, exotic blanks before a keyword, and a doubled escape
 * character at the end of a line, which continues nothing.
 */
export function maskForParser(text: string, continuation: EscapeCharacter): MaskedDockerfile {
  const lines = maskCharacters(text, continuation).split("\n");
  const masked: string[] = [];
  const heredocs: Span[] = [];
  let isOpen = false;
  while (masked.length < lines.length) {
    const { end, text: instruction } = readInstruction(lines, masked.length, continuation);
    masked.push(...lines.slice(masked.length, end).map((line) => line.replaceAll("<<", "xx")));
    const found = endOfHeredocs(lines, end, heredocsOf(instruction));
    const bodies = Math.min(found, lines.length);
    isOpen = found > lines.length;
    if (bodies > end)
      heredocs.push({ start: offsetOf(lines, end), end: offsetOf(lines, bodies - 1) + (lines[bodies - 1] ?? "").trimEnd().length });
    masked.push(...lines.slice(end, bodies).map(blanks));
  }
  return { masked: masked.join("\n"), heredocs, isOpen };
}

/** The instruction that begins at a line: its text in one piece, and the line after it. Comments and empty lines come alone. */
function readInstruction(lines: readonly string[], start: number, continuation: EscapeCharacter): { end: number; text: string } {
  const continued = continuation === "`" ? /`[ \t]*\r?$/ : /\\[ \t]*\r?$/;
  let text = "";
  for (const [index, line] of lines.slice(start).entries()) {
    const isSkipped = /^\s*#/.test(line) || line.trim() === "";
    if (!isSkipped) text += line.replace(continued, "");
    if (isSkipped ? text === "" : !continued.test(line)) return { end: start + index + 1, text };
  }
  return { end: lines.length, text };
}

/** The line after the last delimiter; one after the last line of all where one is missing. */
function endOfHeredocs(lines: readonly string[], start: number, heredocs: readonly Heredoc[]): number {
  return heredocs.reduce((from, heredoc) => {
    const delimiter = lines.findIndex((line, index) => index >= from && isDelimiter(line, heredoc));
    return delimiter === -1 ? lines.length + 1 : delimiter + 1;
  }, start);
}

function offsetOf(lines: readonly string[], line: number): number {
  return lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0);
}

function maskCharacters(text: string, continuation: EscapeCharacter): string {
  const doubled = continuation === "`" ? /``+(?=[ \t]*\r?$)/gm : /\\\\+(?=[ \t]*\r?$)/gm;
  return text
    .replaceAll(/\r(?!\n)/g, " ")
    .replaceAll(/^[^\S\n\ufeff]+(?=\S)/gm, (blank) => blank.replaceAll(/[^\t ]/g, " "))
    .replaceAll(doubled, (match) => "x".repeat(match.length));
}

function blanks(line: string): string {
  return line.replaceAll(/[^\r]/g, " ");
}

function isDelimiter(line: string, { delimiter, indented }: Heredoc): boolean {
  const bare = line.replace(/\r$/, "");
  return (indented ? bare.replace(/^\t+/, "") : bare) === delimiter;
}
