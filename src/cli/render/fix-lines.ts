import { readFileSync } from "node:fs";
import type { FixableFinding } from "./check-result.ts";
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
