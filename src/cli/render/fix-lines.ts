import { readFileSync } from "node:fs";
import type { CheckResult, FixableFinding } from "./check-result.ts";
import { type Style, shown } from "./console.ts";
import { differingLines } from "./difference.ts";

/**
 * What was mended, a line each.
 *
 * @param unwritten the files that would change and did not: their differences follow.
 */
export function fixLines(applied: readonly FixableFinding[], unwritten: ReadonlyMap<string, string>, style: Style): readonly string[] {
  const word = unwritten.size > 0 ? "would fix" : "fixed";
  const lines = applied.map(({ source, path, fix, rule }) => {
    const place = [shown(source ?? ""), path].filter((part) => part !== "").join("  ");
    return `${style.green(word)}  ${place}  ${fix?.title}  ${style.dim(rule)}`;
  });
  const differences = [...unwritten].flatMap(([file, text]) => [
    shown(file),
    ...differingLines(readFileSync(file, "utf8"), text).map((line) => `    ${line}`),
  ]);
  return lines.length === 0 ? [] : [...lines, "", ...differences, ...(differences.length === 0 ? [] : [""])];
}

/** What is left after mending, a line for each file: which rules found it, and why it is left. */
export function leftLines(results: readonly CheckResult[], { yellow }: Style): readonly string[] {
  const rulesByPlace = new Map<string, string[]>();
  for (const { name, findings } of results) {
    for (const { source, rule } of findings) {
      const place = shown(source?.replace(/:\d+:\d+$/, "") ?? name);
      rulesByPlace.set(place, [...(rulesByPlace.get(place) ?? []), rule]);
    }
  }
  const lines = [...rulesByPlace].map(([place, rules]) => {
    const why = /\.[cm]?[jt]s$/.test(place)
      ? "--fix edits Compose files and Dockerfiles, and no modules"
      : "nothing mends it without a doubt";
    const count = rules.length === 1 ? "1 finding" : `${rules.length} findings`;
    return `${yellow("left")}  ${place}  ${count}, ${why}: ${[...new Set(rules)].join(", ")}`;
  });
  return lines.length === 0 ? [] : [...lines, ""];
}
