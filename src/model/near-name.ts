// Nobody misspells a name as long as that, and to compare long ones takes the square of their length.
const LONGEST = 100;

// Nobody reads as many messages as take longer than that; the rest of them go without a suggestion.
const MOST_COMPARISONS = 500_000;

/** The name among `names` that the user most probably meant; `undefined` where none is near. */
export function nearName(wrong: string, names: Iterable<string>): string | undefined {
  return nearestOf(names)(wrong);
}

/** The same for many wrong names, of which the first ones are looked for where there are very many of both. */
export function nearNameAmong(names: Iterable<string>): (wrong: string) => string | undefined {
  const all = [...names];
  const nearest = nearestOf(all);
  let comparisons = 0;
  return (wrong) => {
    comparisons += all.length;
    return comparisons > MOST_COMPARISONS ? undefined : nearest(wrong);
  };
}

interface Known {
  readonly name: string;
  readonly plain: string;
  readonly letters: number;
}

/** The same for a few names, about which is asked again and again: they are prepared once. */
export function nearestOf(names: Iterable<string>): (wrong: string) => string | undefined {
  let known: readonly Known[] | undefined;
  return (wrong) => {
    if (wrong.length > LONGEST) return undefined;
    known ??= [...names]
      .filter((name) => name.length <= 2 * LONGEST)
      .map((name) => ({ name, plain: plain(name), letters: lettersIn(plain(name)) }));
    return nearest(wrong, known);
  };
}

function nearest(wrong: string, names: readonly Known[]): string | undefined {
  const meant = plain(wrong);
  const letters = lettersIn(meant);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(wrong.length * 0.4)) + 1;
  for (const known of names) {
    // Each letter that only one of them has is a mistake of its own: that much can be said of most names at a glance.
    if (countOf(letters & ~known.letters) >= bestDistance || countOf(known.letters & ~letters) >= bestDistance) continue;
    const distance = editDistance(meant, known.plain, bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [known.name, distance];
    if (bestDistance === 0) break;
  }
  return best;
}

/** Which letters and digits a name has, one bit each; those that share a bit count as one. */
function lettersIn(name: string): number {
  let letters = 0;
  for (let at = 0; at < name.length; at++) letters |= 1 << (name.charCodeAt(at) & 31);
  return letters;
}

/** How many bits of a number are set. */
function countOf(bits: number): number {
  let rest = bits - ((bits >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

// `stop_grace_period` and `StopGracePeriod` are both meant for `stopGracePeriod`.
function plain(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, "");
}

/** The rows of the table that `editDistance` fills, used again by the next call. */
const ROWS = [0, 1, 2].map(() => new Int32Array(2 * LONGEST + 1));

/** How many letters must be replaced, added, left out or swapped with the next one; `enough` where it is that or more. */
function editDistance(a: string, b: string, enough: number): number {
  if (Math.abs(a.length - b.length) >= enough) return enough;
  let [above, row, next] = ROWS as [Int32Array, Int32Array, Int32Array];
  let leastAbove = 0;
  for (let j = 0; j <= b.length; j++) row[j] = j;
  for (let i = 1; i <= a.length; i++) {
    next[0] = i;
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const isSame = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let distance = Math.min((row[j - 1] ?? 0) + (isSame ? 0 : 1), (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      const isSwap = i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (isSwap) distance = Math.min(distance, (above[j - 2] ?? 0) + 1);
      next[j] = distance;
      if (distance < least) least = distance;
    }
    // A row is at least as far as the nearer of the two above it.
    if (Math.min(least, leastAbove) >= enough) return enough;
    leastAbove = least;
    [above, row, next] = [row, next, above];
  }
  return Math.min(row[b.length] ?? 0, enough);
}
