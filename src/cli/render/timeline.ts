import type { ServiceState } from "../../drive/decide/service-status.ts";
import type { Segment } from "../../rehearse/state-changes.ts";
import type { Console, Style } from "./console.ts";

const MARKS: Readonly<Record<ServiceState, string>> = {
  off: " ",
  waiting: "·",
  starting: "░",
  restarting: "r",
  paused: "p",
  running: "█",
  healthy: "█",
  completed: "█",
  unhealthy: "x",
  failed: "x",
};

const LEGEND = "· waiting  ░ starting  r restarting  █ ready  x unhealthy or failed";

/** A line for each service, from left to right: what it was when. */
export function timelineLines(
  segments: ReadonlyMap<string, readonly Segment[]>,
  end: number,
  { columns, style }: Pick<Console, "columns" | "style">,
): readonly string[] {
  const names = Math.max(0, ...[...segments.keys()].map((name) => name.length));
  const width = Math.max(20, Math.min(100, columns) - names - 4);
  const rows = [...segments].map(([name, own]) => `${name.padEnd(names)}  ${bar(own, end, width, style)}`);
  return [`${" ".repeat(names)}  ${style.dim(axis(end, width))}`, ...rows, style.dim(LEGEND)];
}

function bar(segments: readonly Segment[], end: number, width: number, style: Style): string {
  const cells = Array.from({ length: width }, (_, index) => stateAt(segments, (index / Math.max(1, width - 1)) * end));
  return cells.map((state) => (state === undefined ? " " : coloured(state, style))).join("");
}

function coloured(state: ServiceState, style: Style): string {
  if (state === "failed" || state === "unhealthy") return style.red(MARKS[state]);
  if (state === "restarting") return style.yellow(MARKS[state]);
  return state === "healthy" || state === "running" || state === "completed" ? style.green(MARKS[state]) : MARKS[state];
}

function stateAt(segments: readonly Segment[], time: number): ServiceState | undefined {
  return segments.findLast(({ from }) => from <= time)?.state;
}

function axis(end: number, width: number): string {
  const right = `${end.toFixed(1)}s`;
  const middle = `${(end / 2).toFixed(1)}s`;
  const left = "0s".padEnd(Math.floor((width - middle.length) / 2));
  return `${left}${middle}`.padEnd(width - right.length) + right;
}
