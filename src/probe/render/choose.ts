import type { Contents } from "../facts/contents.ts";
import { type Refusal, refusal } from "./refusal.ts";
import type { Way } from "./way.ts";

/** How a probe is done in an image, and how sure that is. */
export type Choice =
  | { readonly kind: "way"; readonly way: Way; readonly assumed: readonly string[] }
  | { readonly kind: "search"; readonly ways: readonly Way[] }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/**
 * Chooses the first way whose programs are known to be there.
 * Background knowledge alone never refuses; where nothing is known, the command itself finds out.
 */
export function choose(ways: readonly Way[], contents: Contents | undefined, image: string | undefined, via: string | undefined): Choice {
  const wanted = via === undefined ? ways : ways.filter(({ tool }) => tool === via);
  if (wanted.length === 0) return refused(refusal({ kind: "tool", via, ways }));
  const certain = wanted.find(({ needs }) => needs.every((program) => contents?.has.has(program)));
  if (certain !== undefined) return { kind: "way", way: certain, assumed: contents?.confidence === "assumed" ? certain.needs : [] };
  const possible = isSure(contents) ? wanted.filter(({ needs }) => !needs.some((program) => contents?.lacks.has(program))) : wanted;
  if (possible.length === 0) return refused(refusal({ kind: "image", image: image ?? "", contents, ways: wanted, all: ways }));
  return assumed(possible, contents);
}

function assumed(possible: readonly Way[], contents: Contents | undefined): Choice {
  const likely = possible.filter(({ needs }) => !needs.some((program) => contents?.lacks.has(program)));
  const some = likely.length > 0 ? likely : possible;
  const common = some.filter(({ rare }) => rare !== true);
  const ways = common.length > 0 ? common : some;
  const [first] = ways;
  if (first !== undefined && (ways.length === 1 || contents?.lacks.has("sh"))) {
    return { kind: "way", way: first, assumed: first.needs.filter((program) => !contents?.has.has(program)) };
  }
  return { kind: "search", ways };
}

function refused(refusal: Refusal): Choice {
  return { kind: "refused", refusal };
}

/** Whether what an image lacks is sure enough to refuse a probe. */
export function isSure(contents: Contents | undefined): boolean {
  return contents?.confidence === "verified" || contents?.confidence === "high" || contents?.confidence === "medium";
}
