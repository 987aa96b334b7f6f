import type { Instruction } from "./structure.ts";

/** The instruction inside of an `ONBUILD`, which images and stages that are based on this one run first; `undefined` for others. */
export function triggerOf({ keyword, joined, heredocs, end }: Instruction): Instruction | undefined {
  const [prefix = "", trigger] = keyword === "ONBUILD" ? (/^onbuild\s+([a-z]+)/i.exec(joined.text) ?? []) : [];
  if (trigger === undefined) return undefined;
  const from = prefix.length - trigger.length;
  const spanOf = (first: number, last: number) => joined.spanOf(first + from, last + from);
  const { start } = joined.spanOf(from, from + 1);
  return { keyword: trigger.toUpperCase(), start, end, heredocs, joined: { text: joined.text.slice(from), spanOf } };
}
