import type { ServiceState, ServiceStatus } from "../../drive/decide.ts";
import { harmless, oneLine } from "../../drive/harmless.ts";
import type { LaunchProgress } from "../../drive/launch.ts";
import type { Console, Style } from "./console.ts";

/** Shows a launch while it runs. */
export interface LaunchView {
  /** A line of Compose's progress: builds, pulls. */
  compose(line: string): void;
  progress(progress: LaunchProgress): void;
  /** Takes away what moves, before the report. */
  close(): void;
}

/** One JSON object a line, for each change of state. */
export function jsonView(console: Console): LaunchView {
  return changes((status, at) => {
    console.line(JSON.stringify({ type: "service", service: status.service, state: status.state, at: round(at) }));
  });
}

/** One line for each change of state; for pipes and logs. */
export function plainView(console: Console): LaunchView {
  const view = changes((status, at) => console.line(`${seconds(at)}  ${status.service}  ${describe(status)}`));
  return { ...view, compose: (line) => console.line(harmless(line)) };
}

/** Nothing at all while it runs. */
export function quietView(): LaunchView {
  return { compose: () => undefined, progress: () => undefined, close: () => undefined };
}

/** One live line a service; for people. */
export function liveView(console: Console): LaunchView {
  let lines = 0;
  const erase = (): string => (lines === 0 ? "" : `\u001b[${lines}A\u001b[0J`);
  let last: LaunchProgress | undefined;
  const draw = (): void => {
    if (last === undefined) return;
    const width = Math.max(0, ...last.services.map(({ service }) => service.length));
    const { snapshot } = last;
    const { shown, hidden } = withinRows(last.services, console.rows - 3);
    const body = shown.map((status) => liveLine(status, lastProbe(status, snapshot), width, console));
    if (hidden.length > 0)
      body.push(console.style.dim(`  and ${hidden.length} more: ${countStates(hidden)}`.slice(0, console.columns - 1)));
    const text = [...body, console.style.dim(`${seconds(last.at)} elapsed`)];
    console.raw(`${erase()}${text.join("\n")}\n`);
    lines = text.length;
  };
  // The clock goes on while nothing happens.
  const clock = setInterval(() => {
    if (last !== undefined) last = { ...last, at: last.at + TICK / 1000 };
    draw();
  }, TICK);
  clock.unref();
  return {
    compose: (line) => {
      console.raw(`${erase()}${console.style.dim(harmless(line, console.columns - 2))}\n`);
      lines = 0;
      draw();
    },
    progress: (progress) => {
      last = progress;
      draw();
    },
    close: () => {
      clearInterval(clock);
      console.raw(erase());
      lines = 0;
      last = undefined;
    },
  };
}

const TICK = 200;

// What scrolled out of sight can't be drawn over: where there is no room for all, those that are not ready yet come first.
function withinRows(
  services: readonly ServiceStatus[],
  rows: number,
): { shown: readonly ServiceStatus[]; hidden: readonly ServiceStatus[] } {
  if (services.length <= rows) return { shown: services, hidden: [] };
  const byUrgency = [...services].sort((a, b) => urgency(b) - urgency(a));
  const shown = new Set(byUrgency.slice(0, Math.max(1, rows - 1)));
  return { shown: services.filter((status) => shown.has(status)), hidden: services.filter((status) => !shown.has(status)) };
}

function urgency({ ready, waitsFor, state }: ServiceStatus): number {
  if (state === "failed" || state === "unhealthy") return 3;
  if (ready) return 0;
  return waitsFor.length > 0 || state === "waiting" ? 1 : 2;
}

function countStates(services: readonly ServiceStatus[]): string {
  const counts = new Map<string, number>();
  for (const { state } of services) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].map(([state, count]) => `${count} ${state}`).join(", ");
}

/** A state in words, with what it waits for. */
export function describe({ state, waitsFor, restarts }: ServiceStatus): string {
  const waits = waitsFor.length > 0 ? ` for ${waitsFor.join(", ")}` : "";
  const again = restarts > 0 ? ` (restarted ${restarts}x)` : "";
  return `${state}${waits}${again}`;
}

/** The sign of a state. */
export function sign(state: ServiceState, style: Style): string {
  if (state === "failed" || state === "unhealthy") return style.red("✗");
  return state === "healthy" || state === "running" || state === "completed" ? style.green("✓") : style.yellow("·");
}

/** Seconds, aligned. */
export function seconds(value: number): string {
  return `${value.toFixed(1).padStart(6)}s`;
}

function changes(onChange: (status: ServiceStatus, at: number) => void): LaunchView {
  const before = new Map<string, string>();
  return {
    compose: () => undefined,
    progress: ({ services, at }) => {
      for (const status of services) {
        const now = describe(status);
        if (before.get(status.service) !== now) onChange(status, at);
        before.set(status.service, now);
      }
    },
    close: () => undefined,
  };
}

function liveLine(status: ServiceStatus, probe: string, width: number, { style, columns }: Console): string {
  // A line that wraps could not be drawn over.
  const names = Math.min(width, Math.max(10, columns - 26));
  const room = Math.max(10, columns - names - 6);
  const words = describe(status).slice(0, room);
  return `${sign(status.state, style)} ${style.bold(status.service.slice(0, names).padEnd(names))}  ${words}${style.dim(probe.slice(0, Math.max(0, room - words.length)))}`;
}

// What the last probe of a service that is not ready yet said.
function lastProbe({ service, ready }: ServiceStatus, { containers }: LaunchProgress["snapshot"]): string {
  const probe = ready ? undefined : containers.find((container) => container.service === service)?.probes.at(-1);
  return probe === undefined || probe.exitCode === 0 ? "" : `  ${oneLine(probe.output, 80)}`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
