import { eventQueue } from "../drive/decide/event-queue.ts";
import type { Snapshot } from "../drive/decide/snapshot.ts";
import { ENGINE_TAKES } from "../plan/assumptions.ts";
import { FRESH, type Health } from "../plan/health-run.ts";
import type { Exit } from "./behaviour.ts";
import { nextHealth, type Probing, probedUntil } from "./probing.ts";
import { afterExit } from "./restart-policy.ts";
import { type ContainerPlan, createdContainer, type SimulatedContainer, seenState } from "./simulated-container.ts";

/** All that happens to containers. */
export const EVENTS = ["started", "restarted", "healthy", "unhealthy", "completed", "exited"] as const;

/** What happened to a container. */
export interface ContainerEvent {
  /** Seconds since the launch began. */
  readonly at: number;
  readonly service: string;
  /** The replica, from 1. */
  readonly replica: number;
  /** "completed" is a task's exit with 0; "restarted" is a start by the restart policy. */
  readonly event: (typeof EVENTS)[number];
  /** Of "completed" and "exited". */
  readonly exitCode?: number;
  readonly oomKilled?: boolean;
}

/** A Docker Engine on a virtual clock. */
export interface SimulatedEngine {
  now(): number;
  /** What the containers are doing now, with the probes until the last thing that an engine told of each. */
  look(): Snapshot;
  /** The same with all probes until now. */
  inspect(): Snapshot;
  /** Starts a container that was created; once, however often it is asked. */
  start(id: string): void;
  /** Lets time pass until something happens that an engine tells of, `until` at the latest. */
  advance(until: number): void;
}

/** Something to come; what belongs to a run that is over is ignored. */
type Coming =
  | { readonly kind: "up"; readonly container: SimulatedContainer }
  | { readonly kind: "exit"; readonly container: SimulatedContainer; readonly run: number; readonly exit: Exit }
  | { readonly kind: "probed"; readonly container: SimulatedContainer; readonly run: number; readonly health: Health };

/** An engine in which the containers were created and none was started. */
export function simulateEngine(
  plans: readonly ContainerPlan[],
  startsAtOnce: number,
  onEvent: (event: ContainerEvent) => void,
): SimulatedEngine {
  const all = plans.map(createdContainer);
  const containers = new Map(all.map((container) => [container.plan.id, container]));
  const seen = all.map((container) => seenState(container, 0));
  const coming = eventQueue<Coming>();
  const waiting: SimulatedContainer[] = [];
  const asked = new Set<string>();
  let starting = 0;
  let now = 0;

  const tell = (container: SimulatedContainer, event: Omit<ContainerEvent, "at" | "service" | "replica">): true => {
    const { plan, place } = container;
    seen[place] = seenState(container, now);
    onEvent({ at: now, service: plan.service, replica: plan.number, ...event });
    return true;
  };

  function startNext(): void {
    const container = starting < startsAtOnce ? waiting.shift() : undefined;
    if (container === undefined) return;
    starting++;
    coming.add(now + ENGINE_TAKES.start, { kind: "up", container });
    startNext();
  }

  function up(container: SimulatedContainer): true {
    const { plan } = container;
    const isFirst = container.runs === 0;
    container.status = "running";
    container.runs++;
    container.startedAt = now;
    container.firstRunAt ??= now;
    container.probing = probingOf(container);
    container.health = container.probing && FRESH;
    container.exitCode = 0;
    container.oomKilled = false;
    const exit = plan.behaviour.exitOf(container.runs);
    if (exit !== undefined) coming.add(now + exit.at + ENGINE_TAKES.exit, { kind: "exit", container, run: container.runs, exit });
    expectChange(container);
    if (isFirst) {
      starting--;
      startNext();
    }
    return tell(container, { event: isFirst ? "started" : "restarted" });
  }

  function exit(container: SimulatedContainer, { code, oomKilled }: Exit): true {
    const { plan } = container;
    const next = afterExit(plan.restart, container.restart, code, now - container.startedAt);
    container.status = next === undefined ? "exited" : "restarting";
    container.endedAt = now;
    container.exitCode = code;
    container.oomKilled = oomKilled;
    if (next !== undefined) {
      container.restart = next;
      coming.add(now + next.backOff + ENGINE_TAKES.restart, { kind: "up", container });
    }
    const event = plan.kind === "task" && code === 0 ? "completed" : "exited";
    return tell(container, { event, exitCode: code, ...(oomKilled ? { oomKilled } : {}) });
  }

  function expectChange(container: SimulatedContainer): void {
    const { probing, health: before, runs: run, startedAt } = container;
    const health = probing && before && nextHealth(probing, before);
    if (health !== undefined) coming.add(startedAt + health.endedAt, { kind: "probed", container, run, health });
  }

  function probed(container: SimulatedContainer, health: Health): boolean {
    const before = container.health?.status;
    container.health = health;
    expectChange(container);
    return health.status !== before && health.status !== "starting" && tell(container, { event: health.status });
  }

  // Whether an engine would tell of it.
  function happen(event: Coming): boolean {
    switch (event.kind) {
      case "up":
        return up(event.container);
      case "exit":
        return isCurrent(event) && exit(event.container, event.exit);
      case "probed":
        return isCurrent(event) && probed(event.container, event.health);
    }
  }

  return {
    now: () => now,
    look: () => ({ at: now, containers: seen.slice() }),
    inspect: () => ({ at: now, containers: all.map((container) => seenState(container, now)) }),
    start: (id) => {
      const container = containers.get(id);
      if (container === undefined || asked.has(id)) return;
      asked.add(id);
      waiting.push(container);
      startNext();
    },
    advance: (until) => {
      let told = false;
      while (coming.nextAt() <= until && (!told || coming.nextAt() === now)) {
        now = Math.max(now, coming.nextAt());
        const event = coming.take();
        if (event !== undefined && happen(event)) told = true;
      }
      if (!told) now = Math.max(now, until);
    },
  };
}

function isCurrent({ container, run }: { readonly container: SimulatedContainer; readonly run: number }): boolean {
  return container.runs === run && container.status === "running";
}

/** How the next run of a container is probed; `undefined` without a health check. */
function probingOf({ plan: { timing, behaviour }, startedAt, endedAt, probing }: SimulatedContainer): Probing | undefined {
  if (timing === undefined) return undefined;
  return { timing, behaviour, startedAt, before: probing === undefined ? [] : probedUntil(endedAt, probing).log };
}
