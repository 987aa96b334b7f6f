import { type Contents, contentsOfVariant } from "../facts/contents.ts";
import { evidenceOf } from "../facts/evidence.ts";
import { splitImage } from "../facts/image-name.ts";
import type { Way } from "./way.ts";

/** Why a probe can't be done, and the ways out. */
export interface Refusal {
  readonly message: string;
  readonly hint: string;
}

type Reason =
  | { readonly kind: "tool"; readonly via: string | undefined; readonly ways: readonly Way[] }
  | {
      readonly kind: "image";
      readonly image: string;
      readonly contents: Contents | undefined;
      /** The ways that were asked for, and all there are. */
      readonly ways: readonly Way[];
      readonly all: readonly Way[];
    };

/** Puts a refusal into words. */
export function refusal(reason: Reason): Refusal {
  if (reason.kind === "tool") {
    return {
      message: reason.via === undefined ? "no program can do this probe as it is asked for" : `${reason.via} can't do this probe`,
      hint: `write via: ${list(toolsOf(reason.ways).map((tool) => `"${tool}"`))}, or leave it out`,
    };
  }
  const { image, contents, ways, all } = reason;
  const missing = list(toolsOf(ways));
  return {
    message: `${image} has no ${missing.replace(" or ", " nor ")}, so that nothing in it can do this probe${evidence(contents)}`,
    hint: [...variants(image, contents, all), ...others(ways, all, contents), ...general(image, ways)].join("; "),
  };
}

function evidence(contents: Contents | undefined): string {
  return contents?.row === undefined ? "" : evidenceOf(contents.row.variant);
}

function variants(name: string, contents: Contents | undefined, ways: readonly Way[]): readonly string[] {
  if (contents?.row === undefined) return [];
  const { image, variant } = contents.row;
  return image.variants.flatMap((other) => {
    const way =
      other === variant ? undefined : ways.find(({ needs }) => needs.every((each) => contentsOfVariant(image, other).has.has(each)));
    return way === undefined
      ? []
      : [`take a variant that has ${way.tool} (${splitImage(name).repository}:${other.tags.replace(/^:/, "")})`];
  });
}

function others(ways: readonly Way[], all: readonly Way[], contents: Contents | undefined): readonly string[] {
  const possible = all.filter((way) => !ways.includes(way) && !way.needs.some((each) => contents?.lacks.has(each)));
  return possible.length === 0 ? [] : [`write via: ${list(toolsOf(possible).map((tool) => `"${tool}"`))}`];
}

function general(image: string, ways: readonly Way[]): readonly string[] {
  const tool = ways[0]?.needs.filter((program) => program !== "sh").at(-1) ?? "sh";
  return [
    `if it is there all the same, say so: image("${image}", { has: ["${tool}"] })`,
    "build an image of your own from it that has a check utility copied in, and probe with probe.command",
  ];
}

function toolsOf(ways: readonly Way[]): readonly string[] {
  return [...new Set(ways.map(({ tool }) => tool))];
}

function list(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
