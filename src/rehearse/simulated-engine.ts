import type { Snapshot } from "../drive/snapshot.ts";
import type { HealthTiming } from "../model/health-timing.ts";
import { ENGINE_TAKES } from "../plan/assumptions.ts";
import { FRESH, nextProbeStart, type ProbeOutcome, runProbe } from "../plan/health-run.ts";
import type { Exit } from "./behaviour.ts";
import { eventQueue } from "./event-queue.ts";
import { afterExit } from "./restart-policy.ts";
import { type ContainerPlan, createdContainer, logProbe, type SimulatedContainer, seenState } from "./simulated-container.ts";

/** What happened to a container. */
export interface ContainerEvent {
  /** Seconds since the launch began. */
  readonly at: number;
  readonly service: string;
  /** The replica, from 1. */
  readonly replica: number;
  /** "completed" is a task's exit with 0; "restarted" is a start by the restart policy. */
  readonly event: "started" | "restarted" | "healthy" | "unhealthy" | "completed" | "exited";
  /** Of "completed" and "exited". */
  readonly exitCode?: number;
  readonly oomKilled?: boolean;
}

/** A Docker Engine on a virtual clock. */
export interface SimulatedEngine {
  now(): number;
  /** What the containers are doing now. */
  look(): Snapshot;
  /** Starts a container that was created; once, however often it is asked. */
  start(id: string): void;
  /** Lets time pass until something happens that an engine tells of, `until` at the latest. */
  advance(until: number): void;
}

/** Something to come; what belongs to a run that is over is ignored. */
type Coming =
  | { readonly kind: "up"; readonly container: SimulatedContainer }
  | { readonly kind: "exit"; readonly container: SimulatedContainer; readonly run: number; readonly exit: Exit }
  | { readonly kind: "probe"; readonly container: SimulatedContainer; readonly run: number };

/** An engine in which the containers were created and none was started. */
export function simulateEngine(
  plans: readonly ContainerPlan[],
  startsAtOnce: number,
  onEvent: (event: ContainerEvent) => void,
): SimulatedEngine {
  const containers = new Map(plans.map((plan) => [plan.id, createdContainer(plan)]));
  const coming = eventQueue<Coming>();
  const waiting: SimulatedContainer[] = [];
  const asked = new Set<string>();
  let starting = 0;
  let now = 0;

  const tell = ({ plan }: SimulatedContainer, event: Omit<ContainerEvent, "at" | "service" | "replica">): true => {
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
    container.health = plan.timing === undefined ? undefined : FRESH;
    container.exitCode = 0;
    container.oomKilled = false;
    container.seen = undefined;
    const exit = plan.behaviour.exitOf(container.runs);
    if (exit !== undefined) coming.add(now + exit.at + ENGINE_TAKES.exit, { kind: "exit", container, run: container.runs, exit });
    if (plan.timing !== undefined) expectProbe(container, plan.timing);
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
    container.exitCode = code;
    container.oomKilled = oomKilled;
    container.seen = undefined;
    if (next !== undefined) {
      container.restart = next;
      coming.add(now + next.backOff + ENGINE_TAKES.restart, { kind: "up", container });
    }
    const event = plan.kind === "task" && code === 0 ? "completed" : "exited";
    return tell(container, { event, exitCode: code, ...(oomKilled ? { oomKilled } : {}) });
  }

  // A probe is an event at its end; what it does was decided when it began.
  function expectProbe(container: SimulatedContainer, timing: HealthTiming): void {
    const health = container.health ?? FRESH;
    const { behaviour } = container.plan;
    // A container that is healthy, and stays so, is left alone: nothing that could be told happens to it any more.
    if (health.status === "healthy" && health.endedAt >= behaviour.passesFrom) return;
    const start = nextProbeStart(timing, health);
    const took = Math.min(outcomeAt(container, start).seconds, timing.timeout);
    coming.add(container.startedAt + start + took, { kind: "probe", container, run: container.runs });
  }

  function probe(container: SimulatedContainer): boolean {
    const { timing } = container.plan;
    if (timing === undefined) return false;
    const before = container.health ?? FRESH;
    logProbe(
      container,
      runProbe(timing, before, (age) => outcomeAt(container, age)),
    );
    expectProbe(container, timing);
    const status = container.health?.status;
    if (status === before.status || status === undefined || status === "starting") return false;
    return tell(container, { event: status });
  }

  // Whether an engine would tell of it.
  function happen(event: Coming): boolean {
    switch (event.kind) {
      case "up":
        return up(event.container);
      case "exit":
        return isCurrent(event) && exit(event.container, event.exit);
      case "probe":
        return isCurrent(event) && probe(event.container);
    }
  }

  return {
    now: () => now,
    look: () => ({ at: now, containers: [...containers.values()].map(seenState) }),
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

function outcomeAt({ plan }: SimulatedContainer, age: number): ProbeOutcome {
  const outcome = plan.behaviour.probeAt(age);
  return { ...outcome, seconds: outcome.seconds + ENGINE_TAKES.probe };
}
