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
export function resultOf(probe: ProbeResult): string {
  return saidBy(probe) || `exit code ${probe.exitCode}`;
}

/** What a probe printed, in a line. */
export function saidBy({ output }: ProbeResult): string {
  return oneLine(withoutMeter(output));
}

// Its two headings, and its rows of twelve columns; older versions write their message behind a row.
const METER =
  /^ *% Total +% Received .*$|^ *Dload +Upload +Total .*$|^ *(?:\d[\d.]{0,9}[kMGTP]? +){8}(?:(?:[-\d]{1,3}:[-\d]{2}:[-\d]{2}|\d{1,9}d(?: \d\dh)?) +){3}\d[\d.]{0,9}[kMGTP]?/gm;

/** What a probe printed, without the meter that curl draws while it loads. */
export function withoutMeter(output: string): string {
  // A carriage return begins a new line for the pattern, too.
  return output.includes("% Total") ? output.replaceAll(METER, "") : output;
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
