/** How one text becomes another: at an offset, one part of it is taken out and another one put in. */
export interface TextDifference {
  readonly at: number;
  readonly removed: string;
  readonly inserted: string;
}

/** The one part in which two texts differ, as far to the left as it can be seen: "a c" becomes "a b c" by " b" after "a". */
export function textDifference(before: string, after: string): TextDifference {
  let at = 0;
  while (at < Math.min(before.length, after.length) && before[at] === after[at]) at++;
  let tail = 0;
  while (tail < Math.min(before.length, after.length) - at && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const removed = before.slice(at, before.length - tail);
  let inserted = after.slice(at, after.length - tail);
  while (removed === "" && at > 0 && inserted.at(-1) === before[at - 1]) {
    inserted = inserted.slice(-1) + inserted.slice(0, -1);
    at--;
  }
  return { at, removed, inserted };
}
