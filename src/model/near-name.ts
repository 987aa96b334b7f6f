// Nobody misspells a name as long as that, and to compare long ones takes the square of their length.
const LONGEST = 100;

// Nobody reads as many messages as take longer than that; the rest of them go without a suggestion.
const MOST_COMPARISONS = 500_000;

/** The name among `names` that the user most probably meant; `undefined` where none is near. */
export function nearName(wrong: string, names: Iterable<string>): string | undefined {
  return nearNameAmong(names)(wrong);
}

/** The same for many wrong names, of which the first ones are looked for where there are very many of both. */
export function nearNameAmong(names: Iterable<string>): (wrong: string) => string | undefined {
  let known: readonly (readonly [name: string, plain: string])[] | undefined;
  let comparisons = 0;
  return (wrong) => {
    known ??= [...names].filter((name) => name.length <= 2 * LONGEST).map((name) => [name, plain(name)]);
    comparisons += known.length;
    return wrong.length > LONGEST || comparisons > MOST_COMPARISONS ? undefined : nearest(wrong, known);
  };
}

function nearest(wrong: string, names: readonly (readonly [name: string, plain: string])[]): string | undefined {
  const meant = plain(wrong);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(wrong.length * 0.4)) + 1;
  for (const [name, compared] of names) {
    const distance = editDistance(meant, compared, bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
    if (bestDistance === 0) break;
  }
  return best;
}

// `stop_grace_period` and `StopGracePeriod` are both meant for `stopGracePeriod`.
function plain(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, "");
}

/** How many letters must be replaced, added, left out or swapped with the next one; `enough` where it is that or more. */
function editDistance(a: string, b: string, enough: number): number {
  if (Math.abs(a.length - b.length) >= enough) return enough;
  let above: readonly number[] = [];
  let leastAbove = 0;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? (above[j - 2] ?? 0) + 1 : replaced;
      const distance = Math.min(replaced, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      next.push(distance);
      if (distance < least) least = distance;
    }
    // A row is at least as far as the nearer of the two above it.
    if (Math.min(least, leastAbove) >= enough) return enough;
    leastAbove = least;
    above = row;
    row = next;
  }
  return Math.min(row[b.length] ?? 0, enough);
}
