import type { ContainerState, ProbeResult } from "../decide/snapshot.ts";
import { oneLine } from "../harmless.ts";

/** Seconds in words, e.g. "2.5 s". */
export function inSeconds(value: number): string {
  return `${Math.round(value * 10) / 10} s`;
}

/** How often it was started, where that is more than once. */
export function startedAgain({ runs }: ContainerState): string {
  return runs > 1 ? ` (after ${runs} starts)` : "";
}

/** The probe that failed last. */
export function lastFailure({ probes }: ContainerState): ProbeResult | undefined {
  return probes.findLast(({ exitCode }) => exitCode !== 0);
}

/** What a probe left, in a line. */
export function resultOf({ exitCode, output }: ProbeResult): string {
  return oneLine(output) || `exit code ${exitCode}`;
}

/** The last line of a text that a pattern matches, with the match. */
export function lastMatch(text: string, pattern: RegExp): { readonly line: string; readonly match: RegExpExecArray } | undefined {
  for (const line of text.split("\n").reverse()) {
    const match = pattern.exec(line.slice(0, 1000));
    if (match !== null) return { line: oneLine(line), match };
  }
  return undefined;
}

/** A text as a regular expression that matches it. */
export function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
