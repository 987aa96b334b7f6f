import type { VariantFacts } from "./fact.ts";

interface Toolset {
  readonly has: string;
  readonly lacks: string;
}

/**
 * What the base images contain. Debian and Ubuntu have perl-base and coreutils (with `timeout`), which are essential
 * packages; Alpine has busybox, whose applets these are.
 */
export const BASES: Readonly<Record<VariantFacts["base"], Toolset>> = {
  debian: { has: "sh bash perl timeout", lacks: "curl wget nc python3 node busybox" },
  alpine: { has: "sh busybox wget nc ps timeout", lacks: "bash curl python3 node perl" },
  buildpack: { has: "sh bash curl wget perl timeout", lacks: "node busybox" },
  none: { has: "", lacks: "sh bash curl wget nc python3 node perl ps timeout busybox" },
  unknown: { has: "", lacks: "" },
};
