/** The numbers that a tag begins with: `[3, 5, 1]` for `v3.5.1-alpine`; none for `latest`. */
export function versionOf(tag: string): readonly number[] {
  const [, numbers] = /^v?(\d+(?:\.\d+){0,3})(?![\d.])/.exec(tag) ?? [];
  return numbers === undefined ? [] : numbers.split(".").map(Number);
}

/** Whether a tag names a version before another one; a tag without numbers names the newest. */
export function isOlder(tag: string, than: readonly number[]): boolean {
  const version = versionOf(tag);
  if (version.length === 0) return false;
  for (const [index, number] of than.entries()) {
    const own = version[index];
    // "3" is the newest 3.x that there is.
    if (own === undefined || own > number) return false;
    if (own < number) return true;
  }
  return false;
}
