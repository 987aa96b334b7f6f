import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkStack } from "../../src/check/check-stack.ts";
import { type LaunchPlan, type PlannedService, planLaunch } from "../../src/drive/decide/launch-plan.ts";
import { SETTLE } from "../../src/drive/decide/service-status.ts";
import { type ContainerEvent, type Rehearsal, rehearse } from "../../src/index.ts";
import { ENGINE_TAKES } from "../../src/plan/assumptions.ts";
import { type RandomLaunch, randomLaunch } from "./random-stack.ts";

const RUNS = { numRuns: 2000 };
// Times are sums of floating point numbers.
const ROUNDING = 1e-6;
const TICK = 0.001;

interface Run {
  readonly launch: RandomLaunch;
  readonly plan: LaunchPlan;
  readonly run: Rehearsal;
  /** Whether every replica of a service is what the stack wants it to be, when the launch ends or at another time. */
  readonly isReady: (service: string, at?: number) => boolean;
  /** Services that others await, and none of them requires: the launch does without them. */
  readonly optional: ReadonlySet<string>;
}

const forAllLaunches = (holds: (run: Run) => void): void =>
  fc.assert(
    fc.property(randomLaunch, (launch) => {
      const checked = checkStack(launch.stack);
      const plan = planLaunch(checked);
      const run = rehearse(checked, launch.options);
      const probed = new Set([...checked.services.values()].filter(({ model }) => model.healthcheck !== undefined).map(({ name }) => name));
      const isReady = (name: string, at = run.seconds): boolean => {
        const service = plan.services.get(name);
        return service !== undefined && isReadyAt(service, probed.has(name), run, at + ROUNDING);
      };
      holds({ launch, plan, run, isReady, optional: optionalIn(plan) });
    }),
    RUNS,
  );

describe("in every launch of a random graph with random faults", () => {
  it("no service starts before its conditions held", () => {
    forAllLaunches(({ plan, run }) => {
      for (const { service, event, at } of run.timeline) {
        if (event !== "started") continue;
        const asked = at - ENGINE_TAKES.start + ROUNDING;
        for (const [on, { condition, required }] of plan.services.get(service)?.dependsOn ?? []) {
          const held = everHeld(eventsOf(run, on), replicasOf(plan, on), condition, asked);
          expect(held || (!required && hasFailed(plan, run, on, asked)), `${service} started, ${on} ${condition}`).toBe(true);
        }
      }
    });
  });

  it("nothing waits past its deadline", () => {
    forAllLaunches(({ launch, plan, run, isReady, optional }) => {
      const { timeout } = launch.options;
      if (timeout !== undefined) expect(run.seconds).toBeLessThanOrEqual(Number.parseInt(timeout, 10) / 1000 + TICK + ROUNDING);
      else {
        for (const service of plan.services.values()) {
          if (optional.has(service.name)) continue;
          const deadline = run.at(service.name, "started") + service.budget;
          // Who is ready at its deadline may fail later, and then waits for nothing any more.
          if (run.seconds > deadline + TICK + ROUNDING) expect(isReady(service.name, deadline), service.name).toBe(true);
        }
      }
    });
  });

  it("every failure names culprits, and each of them really failed", () => {
    forAllLaunches(({ run, isReady }) => {
      expect(run.culprits.length > 0).toBe(run.verdict !== "ready");
      for (const { service, cause } of run.culprits) {
        expect(isReady(service), `${service} ${cause}`).toBe(false);
        expect(proves(eventsOf(run, service), cause), `${service} ${cause}`).toBe(true);
      }
    });
  });

  it("a victim is never a culprit, and was not ready", () => {
    forAllLaunches(({ run, isReady }) => {
      const culprits = new Set(run.culprits.map(({ service }) => service));
      for (const { service, culprit } of run.victims) {
        expect([culprits.has(service), culprits.has(culprit)]).toEqual([false, true]);
        expect(isReady(service)).toBe(false);
      }
    });
  });

  it('the verdict is "ready" if and only if every service is that is not optional', () => {
    forAllLaunches(({ plan, run, isReady, optional }) => {
      const all = [...plan.services.keys()].every((name) => optional.has(name) || isReady(name));
      // An optional service that may still come is waited for: then the launch ends by its deadline.
      if (run.verdict === "timeout" && run.culprits.every(({ service }) => optional.has(service))) return;
      expect(all).toBe(run.verdict === "ready");
    });
  });

  it("what happens is the same each time", () => {
    forAllLaunches(({ launch, run }) => {
      expect(JSON.stringify(rehearse(launch.stack, launch.options))).toBe(JSON.stringify(run));
    });
  });
});

// What follows judges a launch by the events alone, and not by what `decide` thinks of them.

function eventsOf({ timeline }: Rehearsal, service: string): readonly ContainerEvent[] {
  return timeline.filter((event) => event.service === service);
}

function optionalIn({ services }: LaunchPlan): ReadonlySet<string> {
  const edges = [...services.values()].flatMap(({ dependsOn }) => [...dependsOn].map(([on, { required }]) => ({ on, required })));
  return new Set(edges.map(({ on }) => on).filter((on) => edges.every((edge) => edge.on !== on || !edge.required)));
}

function replicasOf({ services }: LaunchPlan, service: string): number {
  return services.get(service)?.replicas ?? 0;
}

/** Whether there was a moment, at `by` or before, at which a condition held for every replica. */
function everHeld(events: readonly ContainerEvent[], replicas: number, condition: string, by: number): boolean {
  const holding = new Set<number>();
  for (const { at, replica, event } of events) {
    if (at > by) return false;
    if (event === HOLDS[condition]) holding.add(replica);
    else if (condition !== "service_started") holding.delete(replica);
    if (holding.size === replicas) return true;
  }
  return false;
}

/** Whether a service had failed by then: its container ended, was called unhealthy, or used up its time. */
function hasFailed({ services }: LaunchPlan, run: Rehearsal, service: string, by: number): boolean {
  const deadline = run.at(service, "started") + (services.get(service)?.budget ?? 0);
  return (
    by >= deadline ||
    eventsOf(run, service).some(({ event, at }) => at <= by && (event === "exited" || event === "unhealthy" || event === "completed"))
  );
}

const HOLDS: Readonly<Record<string, ContainerEvent["event"]>> = {
  service_started: "started",
  service_healthy: "healthy",
  service_completed_successfully: "completed",
};

function isReadyAt({ name, kind, replicas }: PlannedService, isProbed: boolean, run: Rehearsal, time: number): boolean {
  return Array.from({ length: replicas }, (_, index) => {
    const last = eventsOf(run, name).findLast(({ replica, at }) => replica === index + 1 && at <= time);
    if (kind === "task") return last?.event === "completed";
    if (isProbed) return last?.event === "healthy";
    return last?.event === "started" && time - last.at >= SETTLE;
  }).every(Boolean);
}

/** Whether the events show a failure of that kind. */
function proves(events: readonly ContainerEvent[], cause: string): boolean {
  const has = (event: ContainerEvent["event"]): boolean => events.some((each) => each.event === event);
  switch (cause) {
    case "unhealthy":
      return has("unhealthy");
    case "exited":
    case "crash-loop":
      return has("exited") || has("completed");
    case "out-of-memory":
      return events.some(({ oomKilled }) => oomKilled === true);
    default:
      return [
        "not-ready",
        "not-started",
        "still-starting",
        "start-period-too-short",
        "no-probe-yet",
        "probe-timeout",
        "ended",
        "stopped",
        "killed",
      ].includes(cause);
  }
}
