import { loadavg } from "node:os";
import { CASES, type Figure } from "./launch-cases.ts";

/**
 * How fast a launch is, from the command to the verdict, beside `docker compose up --detach --wait` on the very same file.
 *
 * npm run bench:launch -- [ROUNDS] [CASE...]
 */
async function main([rounds = "7", ...names]: readonly string[]): Promise<number> {
  const chosen = CASES.filter(({ name }) => names.length === 0 || names.includes(name));
  let missed = 0;
  console.log(`| what | ours, median (least to most) | the other | ratio | bar | |\n|---|---|---|---|---|---|`);
  for (const { measure } of chosen) {
    for (const figure of await measure(Number(rounds))) {
      if (!isMet(figure)) missed++;
      console.log(rowOf(figure));
    }
  }
  console.log(`\n${rounds} rounds, load average at the end ${loadavg()[0]?.toFixed(1)}; ${missed} bars missed`);
  return missed === 0 ? 0 : 1;
}

function rowOf(figure: Figure): string {
  const { what, bar, ours, other, unit = "s" } = figure;
  const ratio = other === undefined ? "" : result(figure).toFixed(2);
  const limit = Number.isFinite(bar) ? `${bar}${other === undefined ? ` ${unit}` : ""}` : "";
  const verdict = Number.isFinite(bar) ? (isMet(figure) ? "met" : "**missed**") : "";
  return `| ${what} | ${spread(ours, unit)} | ${other === undefined ? "" : spread(other, unit)} | ${ratio} | ${limit} | ${verdict} |`;
}

function isMet(figure: Figure): boolean {
  return result(figure) <= figure.bar;
}

function result({ ours, other }: Figure): number {
  return other === undefined ? median(ours) : median(ours) / median(other);
}

function spread(values: readonly number[], unit: string): string {
  const digits = unit === "MB" ? 0 : 2;
  return `${median(values).toFixed(digits)} ${unit} (${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)})`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

process.exitCode = await main(process.argv.slice(2));
