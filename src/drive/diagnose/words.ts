import type { ContainerState, ProbeResult } from "../decide/snapshot.ts";
import { harmless, oneLine } from "../harmless.ts";

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

/** A line of a text that a pattern matches. */
export interface FoundLine {
  readonly line: string;
  readonly match: RegExpExecArray;
}

// What Node.js prints of an error's properties, below its message and its stack; loggers write the same as JSON.
const PROPERTY = /^\s*["']?(?:errno|code|syscall|path|dest|address|port|hostname)["']?: (?:-?\d+|'[^']*'|"[^"]*"),?\s*$/;

/** The last line of a text that a pattern matches, with the match; a property of an error only where no other line does. */
export function lastMatch(text: string, pattern: RegExp): FoundLine | undefined {
  let property: FoundLine | undefined;
  for (const line of text.split("\n").reverse()) {
    const match = pattern.exec(line.slice(0, 1000));
    if (match === null) continue;
    const found = { line: oneLine(line), match };
    if (!PROPERTY.test(line.slice(0, 1000))) return found;
    property ??= found;
  }
  return property;
}

/** The path that a line complains of: the nearest before what was found in it, else behind that; where it is a property, that beside it. */
export function pathIn({ line, match }: FoundLine, log: string): string | undefined {
  const at = Math.max(0, line.indexOf(match[0]));
  const beside = PROPERTY.test(line) ? lastMatch(log, /^\s*["']?path["']?: ["'](\/[^"']{1,200})["']/)?.match[1] : undefined;
  const path = pathsOf(line.slice(0, at)).at(-1) ?? pathsOf(line.slice(at))[0] ?? beside;
  return path === undefined ? undefined : harmless(path, 200);
}

// Neither a date's numbers, nor the script and the line from which a shell complains.
function pathsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?<![^\s'"`\u2018(=])(\/[^\s:;,'"`\u2019)\\]+)(: (?:line )?\d+:)?/g)].flatMap(([, path = "", place]) =>
    place === undefined ? [path] : [],
  );
}

/** A text as a regular expression that matches it. */
export function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
