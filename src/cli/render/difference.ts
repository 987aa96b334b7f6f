import { shownLines } from "./shown-lines.ts";

const CONTEXT = 2;
const MOST_LINES = 60;
/** Comparing takes a step for each pair of lines; what is longer is shown as one piece. */
const MOST_PAIRS = 4_000_000;

/**
 * The lines in which two texts differ, `-` before and `+` after, with a little context; what is the same in between is left out,
 * and lines that hold a secret are not shown.
 */
export function differingLines(before: string, after: string): readonly string[] {
  const [old, now] = [shownLines(before), shownLines(after)];
  const lines = hunks(before.split("\n"), after.split("\n")).flatMap((hunk) => hunkLines(hunk, old, now));
  return lines.length <= MOST_LINES ? lines : [...lines.slice(0, MOST_LINES), `... ${lines.length - MOST_LINES} more lines`];
}

/** Lines that differ; the ends excluded. */
interface Hunk {
  readonly old: readonly [start: number, end: number];
  readonly now: readonly [start: number, end: number];
}

type Lines = readonly string[];

function hunkLines({ old: [oldStart, oldEnd], now: [nowStart, nowEnd] }: Hunk, old: Lines, now: Lines): Lines {
  return [
    `@@ line ${oldStart + 1} @@`,
    ...now.slice(Math.max(0, nowStart - CONTEXT), nowStart).map((line) => `  ${line}`),
    ...old.slice(oldStart, oldEnd).map((line) => `- ${line}`),
    ...now.slice(nowStart, nowEnd).map((line) => `+ ${line}`),
    ...now.slice(nowEnd, nowEnd + CONTEXT).map((line) => `  ${line}`),
  ];
}

function hunks(old: Lines, now: Lines): readonly Hunk[] {
  let head = 0;
  while (head < Math.min(old.length, now.length) && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const whole: Hunk = { old: [head, old.length - tail], now: [head, now.length - tail] };
  const pairs = (whole.old[1] - head) * (whole.now[1] - head);
  return pairs === 0 || pairs > MOST_PAIRS
    ? [whole]
    : joined(differences(old.slice(head, whole.old[1]), now.slice(head, whole.now[1]), head));
}

/** The pieces between the lines of the longest common sequence. */
function differences(old: Lines, now: Lines, offset: number): readonly Hunk[] {
  const common = commonLengths(old, now);
  const found: Hunk[] = [];
  let [row, column, rowStart, columnStart] = [0, 0, 0, 0];
  while (row < old.length || column < now.length) {
    if (row < old.length && old[row] === now[column]) {
      if (row > rowStart || column > columnStart) found.push(hunk(rowStart, row, columnStart, column, offset));
      [row, column] = [row + 1, column + 1];
      [rowStart, columnStart] = [row, column];
    } else if (column === now.length || (row < old.length && common(row + 1, column) >= common(row, column + 1))) row++;
    else column++;
  }
  if (row > rowStart || column > columnStart) found.push(hunk(rowStart, row, columnStart, column, offset));
  return found;
}

/** How many lines two ends of the texts have in common, in order. */
function commonLengths(old: Lines, now: Lines): (row: number, column: number) => number {
  const width = now.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row--) {
    for (let column = now.length - 1; column >= 0; column--) {
      const longer = Math.max(at(row + 1, column), at(row, column + 1));
      lengths[row * width + column] = old[row] === now[column] ? at(row + 1, column + 1) + 1 : longer;
    }
  }
  return at;
}

function hunk(oldStart: number, oldEnd: number, nowStart: number, nowEnd: number, offset: number): Hunk {
  return { old: [oldStart + offset, oldEnd + offset], now: [nowStart + offset, nowEnd + offset] };
}

/** Pieces so near to each other that their contexts would overlap are shown as one. */
function joined(pieces: readonly Hunk[]): readonly Hunk[] {
  const all: Hunk[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (last === undefined || piece.now[0] - last.now[1] > 2 * CONTEXT) all.push(piece);
    else all.splice(-1, 1, { old: [last.old[0], piece.old[1]], now: [last.now[0], piece.now[1]] });
  }
  return all;
}
