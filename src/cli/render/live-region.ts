import type { Console } from "./console.ts";
import { cutToWidth, textWidth } from "./text-width.ts";

/** The last lines of a terminal, which are drawn over as often as something changes. */
export interface LiveRegion {
  /** Shows these lines instead of those before. */
  draw(lines: readonly string[]): void;
  /** Lets a line stay, above. */
  above(line: string): void;
  /** Takes the lines away. */
  clear(): void;
}

/** A region at the end of a terminal: no line of it wraps, and all of it is in sight, whatever becomes of the terminal's size. */
export function liveRegion(console: Pick<Console, "raw" | "redact" | "columns" | "rows">): LiveRegion {
  let shown: readonly string[] = [];
  let size = "";
  const draw = (lines: readonly string[]): void => {
    const next = lines.slice(-Math.max(1, console.rows - 1)).map(fitted);
    const nextSize = `${console.columns}x${console.rows}`;
    if (size === nextSize && next.length === shown.length && next.every((line, index) => line === shown[index])) return;
    // Each line is drawn over the one before: a terminal that was emptied first would flicker.
    console.raw(`${toTop()}${next.map((line) => `${line}${ERASE_REST_OF_LINE}\n`).join("")}${ERASE_BELOW}`);
    shown = next;
    size = nextSize;
  };
  // Redacted before it is cut: half a secret would not be recognised.
  const fitted = (line: string): string => cutToWidth(console.redact(line), console.columns - 1);
  // A terminal that became narrower has wrapped the lines that are there; one that was typed into, e.g. Ctrl-C, is not at the
  // beginning of a line.
  const toTop = (): string => {
    const rows = shown.reduce((sum, line) => sum + Math.max(1, Math.ceil(textWidth(line) / Math.max(1, console.columns))), 0);
    return rows === 0 ? "" : `\r\u001b[${rows}A`;
  };
  return {
    draw,
    above: (line) => {
      const below = shown;
      console.raw(`${toTop()}${ERASE_BELOW}${fitted(line)}\n`);
      shown = [];
      draw(below);
    },
    clear: () => {
      if (shown.length > 0) console.raw(`${toTop()}${ERASE_BELOW}`);
      shown = [];
    },
  };
}

const ERASE_REST_OF_LINE = "\u001b[K";
const ERASE_BELOW = "\u001b[J";
