import type { LaunchPlan } from "../../drive/decide/launch-plan.ts";
import type { ServiceState, ServiceStatus } from "../../drive/decide/service-status.ts";
import type { Snapshot } from "../../drive/decide/snapshot.ts";
import { saidBy } from "../../drive/diagnose/words.ts";
import { harmless } from "../../drive/harmless.ts";
import type { LaunchProgress } from "../../drive/launch.ts";
import type { EngineSilence } from "../../drive/patience.ts";
import { firstLook } from "../../model/health-bounds.ts";
import { seconds as inWords } from "../../plan/warnings.ts";
import type { Console, Style } from "./console.ts";
import { silenceLine } from "./engine-silence.ts";
import { liveRegion } from "./live-region.ts";
import { cutToWidth } from "./text-width.ts";
import { withinRows } from "./within-rows.ts";

/** Shows a launch while it runs. */
export interface LaunchView {
  /** A line of Compose's progress: builds, pulls. */
  compose(line: string): void;
  progress(progress: LaunchProgress): void;
  /** The engine gives no answer, or answers again. */
  engine(silence: EngineSilence): void;
  /** Takes away what moves, before the report. */
  close(): void;
}

/** One JSON object a line, for each change of state. */
export function jsonView(console: Console): LaunchView {
  const view = changes((status, at) => {
    console.line(JSON.stringify({ type: "service", service: status.service, state: status.state, at: round(at) }));
  });
  const engine = ({ answers, seconds, patience }: EngineSilence): void =>
    console.line(JSON.stringify({ type: "engine", answers, seconds: round(seconds), patience }));
  return { ...view, engine };
}

/** One line for each change of state; for pipes and logs. */
export function plainView(console: Console, plan: LaunchPlan): LaunchView {
  const view = changes((status, at, snapshot) => {
    const first = firstProbe(status, snapshot, plan);
    console.line(`${seconds(at)}  ${status.service}  ${describe(status)}${first === undefined ? "" : ` (${first})`}`);
  });
  return { ...view, compose: (line) => console.line(harmless(line)), engine: (silence) => console.line(silenceLine(silence)) };
}

/** Nothing at all while it runs. */
export function quietView(): LaunchView {
  return { compose: () => undefined, progress: () => undefined, engine: () => undefined, close: () => undefined };
}

/** One live line a service; for people. */
export function liveView(console: Console, plan: LaunchPlan): LaunchView {
  const region = liveRegion(console);
  const began = performance.now();
  const since = sinceWhen();
  let creating: readonly string[] = [];
  let last: { readonly progress: LaunchProgress; readonly seenAt: number } | undefined;
  const draw = (): void => {
    const now = performance.now();
    if (last === undefined) region.draw([...creating, elapsed((now - began) / 1000, console.style)]);
    else region.draw(linesOf(last.progress, last.progress.at + (now - last.seenAt) / 1000, { since, console, plan }));
  };
  // The clock goes on while nothing happens.
  const clock = setInterval(draw, TICK);
  clock.unref();
  return {
    compose: (line) => {
      if (line.trim() === "") return;
      const text = console.style.dim(harmless(line));
      // Of what Compose does to many things in a moment the present one is enough; what is built stays to be read.
      if (PASSING.test(line)) creating = [text];
      else region.above(text);
      draw();
    },
    engine: (silence) => {
      region.above(console.style.yellow(silenceLine(silence)));
      draw();
    },
    progress: (progress) => {
      last = { progress, seenAt: performance.now() };
      since.see(progress);
      draw();
    },
    close: () => {
      clearInterval(clock);
      region.clear();
    },
  };
}

const TICK = 200;

// "Container shop-db-1  Creating", and the layers of an image: "3f1b66a1f1f2 Downloading [==>  ] 1.2MB/3.6MB".
const PASSING = /^ *(?:(?:Container|Network|Volume) |[0-9a-f]{12} )/;

/** Remembers since when each service is in its state. */
function sinceWhen() {
  const known = new Map<string, { readonly words: string; readonly at: number }>();
  return {
    see: ({ services, at }: LaunchProgress): void => {
      for (const status of services) {
        const words = describe(status);
        if (known.get(status.service)?.words !== words) known.set(status.service, { words, at });
      }
    },
    of: (service: string): number => known.get(service)?.at ?? 0,
  };
}

interface Drawing {
  readonly since: ReturnType<typeof sinceWhen>;
  readonly console: Console;
  readonly plan: LaunchPlan;
}

function linesOf({ services, snapshot }: LaunchProgress, at: number, { since, console, plan }: Drawing): readonly string[] {
  const { style } = console;
  // One row is for the clock, one for the cursor, one for what was there before.
  const { shown, rest } = withinRows(services, console.rows - 3);
  const width = Math.min(Math.max(0, ...services.map(({ service }) => service.length)), Math.max(10, Math.floor(console.columns * 0.4)));
  const ready = services.filter((status) => status.ready).length;
  return [
    ...shown.map((status) =>
      liveLine(status, { width, seconds: at - since.of(status.service), probe: probeOf(status, snapshot, plan) }, style),
    ),
    ...(rest === undefined ? [] : [style.dim(rest)]),
    elapsed(at, style, `, ${ready} of ${services.length} ready`),
  ];
}

function elapsed(at: number, { dim }: Style, more = ""): string {
  return dim(`${seconds(at)} elapsed${more}`);
}

/** A state in words, with what it waits for. */
export function describe({ state, waitsFor, restarts }: ServiceStatus): string {
  const waits = waitsFor.length > 0 ? ` for ${waitsFor.join(", ")}` : "";
  const again = restarts > 0 ? ` (restarted ${restarts}x)` : "";
  return `${state}${waits}${again}`;
}

/** The sign of a state. */
export function sign(state: ServiceState, style: Style): string {
  if (state === "off") return style.dim("-");
  if (state === "failed" || state === "unhealthy") return style.red("✗");
  return state === "healthy" || state === "running" || state === "completed" ? style.green("✓") : style.yellow("·");
}

/** Seconds, aligned. */
export function seconds(value: number): string {
  return `${value.toFixed(1).padStart(6)}s`;
}

function changes(onChange: (status: ServiceStatus, at: number, snapshot: Snapshot) => void): LaunchView {
  const before = new Map<string, string>();
  return {
    compose: () => undefined,
    progress: ({ changed, at, snapshot }) => {
      for (const status of changed) {
        const now = describe(status);
        if (before.get(status.service) !== now) onChange(status, at, snapshot);
        before.set(status.service, now);
      }
    },
    engine: () => undefined,
    close: () => undefined,
  };
}

function liveLine(
  status: ServiceStatus,
  { width, seconds, probe }: { readonly width: number; readonly seconds: number; readonly probe: string },
  style: Style,
): string {
  const name = style.bold(cutToWidth(status.service, width).padEnd(width));
  // How long it lasted is of interest while it lasts.
  const time = status.ready ? "" : ` ${seconds.toFixed(1)}s`;
  return `${sign(status.state, style)} ${name}  ${describe(status)}${style.dim(`${time}${probe}`)}`;
}

// What the last probe said, or when the first comes.
function probeOf(status: ServiceStatus, snapshot: Snapshot, plan: LaunchPlan): string {
  const first = firstProbe(status, snapshot, plan);
  return first === undefined ? lastProbe(status, snapshot) : `  ${first}`;
}

/** Seconds after which a first probe is late: until it comes there is nothing else to be seen of a service. */
const LATE_PROBE = 10;

// A task is done when it ends, whatever its probes say.
function firstProbe({ service, state }: ServiceStatus, { containers }: Snapshot, { services }: LaunchPlan): string | undefined {
  if (state !== "starting" || services.get(service)?.kind === "task") return undefined;
  const container = containers.find((each) => each.service === service);
  const check = container?.probes.length === 0 ? container.settings?.healthcheck : undefined;
  if (check === undefined || check.test[0] === "NONE" || firstLook(check) <= LATE_PROBE) return undefined;
  return `first probe ${inWords(firstLook(check))} after the start`;
}

// What the last probe of a service that is not ready yet said.
function lastProbe({ service, ready }: ServiceStatus, { containers }: Snapshot): string {
  const probe = ready ? undefined : containers.find((container) => container.service === service)?.probes.at(-1);
  return probe === undefined || probe.exitCode === 0 ? "" : `  ${saidBy(probe)}`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
