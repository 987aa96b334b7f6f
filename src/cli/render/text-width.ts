import { eastAsianWidth } from "get-east-asian-width";

/** The columns of a terminal that a line takes; what colours it takes none. */
export function textWidth(line: string): number {
  if (/^[ -~]*$/.test(line)) return line.length;
  let width = 0;
  for (const { columns } of pieces(line)) width += columns;
  return width;
}

/** A line that takes at most so many columns; where it is cut it ends in "…", and in no colour. */
export function cutToWidth(line: string, columns: number): string {
  if (textWidth(line) <= columns) return line;
  const room = Math.max(0, columns - 1);
  let kept = "";
  let width = 0;
  for (const piece of pieces(line)) {
    width += piece.columns;
    if (width > room) break;
    kept += piece.text;
  }
  return `${kept}…${line.includes("\u001b") ? "\u001b[0m" : ""}`;
}

// Colours in one piece, everything else in code points. A terminal that draws several of them as one sign needs less room.
function* pieces(line: string): Iterable<{ readonly text: string; readonly columns: number }> {
  for (const [text] of line.matchAll(COLOUR_OR_CHARACTER)) yield { text, columns: columnsOf(text) };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
const COLOUR_OR_CHARACTER = /\u001b\[[\d;]*m|./gsu;

function columnsOf(text: string): number {
  if (text >= " " && text <= "~") return 1;
  // This one asks for the sign before as a picture, which has two columns.
  if (text === "\ufe0f") return 1;
  if (/^[\p{Mark}\p{Format}\p{Control}]/u.test(text)) return 0;
  return eastAsianWidth(text.codePointAt(0) ?? 0);
}
