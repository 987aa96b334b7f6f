import type { EscapeCharacter, Span } from "./mask.ts";

/** The text of an instruction in one piece, and where each of its characters stands in the file. */
export interface JoinedText {
  readonly text: string;
  /** The place in the file of a part of `text`, `end` excluded. */
  spanOf(start: number, end: number): Span;
}

/** Joins the lines of an instruction as BuildKit does: without the continuation characters, comments and empty lines between them. */
export function joinLines(file: string, { start, end }: Span, continuation: EscapeCharacter): JoinedText {
  const continued = continuation === "`" ? /(?:^|(?<=[^`]))`[ \t]*$/ : /(?:^|(?<=[^\\]))\\[ \t]*$/;
  let text = "";
  const offsets: number[] = [];
  let lineStart = start;
  for (const line of file.slice(start, end).split("\n")) {
    const content = line.replace(/\r$/, "").replace(continued, "");
    if (text === "" || !/^\s*(#|$)/.test(line)) {
      text += content;
      for (let index = 0; index < content.length; index++) offsets.push(lineStart + index);
    }
    lineStart += line.length + 1;
  }
  const spanOf = (from: number, to: number): Span => ({ start: offsets[from] ?? end, end: (offsets[to - 1] ?? end - 1) + 1 });
  return { text, spanOf };
}
