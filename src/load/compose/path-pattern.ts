/** Whether a path matches a pattern such as `services.*.build.args`; `*` is any one key or index. */
export function matches(path: readonly string[], pattern: string): boolean {
  const parts = partsOf(pattern);
  return parts.length === path.length && parts.every((part, index) => part === "*" || part === path[index]);
}

const known = new Map<string, readonly string[]>();

function partsOf(pattern: string): readonly string[] {
  const parts = known.get(pattern) ?? pattern.split(".");
  known.set(pattern, parts);
  return parts;
}

/** The entry of a table by pattern that a path matches. */
export function matching<T>(path: readonly string[], table: ReadonlyMap<string, T>): T | undefined {
  for (const [pattern, entry] of table) if (matches(path, pattern)) return entry;
  return undefined;
}
