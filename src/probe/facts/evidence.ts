import type { Confidence, VariantFacts } from "./fact.ts";
import { SOURCES } from "./sources.ts";

const WORDS: Readonly<Record<Confidence, string>> = {
  verified: "measured",
  high: "documented",
  medium: "likely",
  low: "not checked",
};

/** How sure the facts of a variant are, and where they come from: ` (documented: https://...)`. */
export function evidenceOf({ confidence, sources }: Pick<VariantFacts, "confidence" | "sources">): string {
  const places = sources.flatMap((name) => SOURCES[name]?.url ?? []);
  return ` (${[WORDS[confidence], ...(places.length === 0 ? [] : [places.join(", ")])].join(": ")})`;
}
