import type { LaunchResult } from "../drive/launch.ts";
import type { ContainerPlan } from "./simulated-container.ts";
import type { ContainerEvent } from "./simulated-engine.ts";

/** What a fault did not do in a rehearsal, though it was asked for. */
export interface RehearsalNote {
  readonly service: string;
  /** The fault, as it was written. */
  readonly fault: string;
  /** E.g. "never took effect: it would have 10.2 s after the beginning, and the launch was ready after 0.8 s". */
  readonly message: string;
}

export interface Rehearsed {
  readonly containers: readonly ContainerPlan[];
  readonly faults: Readonly<Record<string, string>>;
  readonly result: Pick<LaunchResult, "verdict" | "seconds">;
  readonly events: readonly ContainerEvent[];
  /** Until when it was rehearsed, in seconds. */
  readonly end: number;
}

/** Names the faults that never took effect, or only after the verdict, and those that no health check noticed. */
export function notesOf({ containers, faults, result, events, end }: Rehearsed): readonly RehearsalNote[] {
  const plans = new Map(containers.map((plan) => [plan.service, plan]));
  const startedAt = new Map<string, number>();
  const unhealthy = new Set<string>();
  for (const { service, event, at } of events) {
    if (event === "started" && !startedAt.has(service)) startedAt.set(service, at);
    if (event === "unhealthy") unhealthy.add(service);
  }
  const verdict = `the launch ${WORDS[result.verdict]} after ${inSeconds(result.seconds)}`;
  return Object.entries(faults).flatMap(([service, fault]) => {
    const plan = plans.get(service);
    const started = startedAt.get(service);
    if (plan === undefined) return [];
    const messages =
      started === undefined
        ? [`never took effect: the service was not started, ${verdict}`]
        : effect(plan, started, unhealthy.has(service));
    return messages.map((message) => ({ service, fault, message }));
  });

  function effect({ behaviour, timing }: ContainerPlan, started: number, isUnhealthy: boolean): readonly string[] {
    const at = started + behaviour.faultAt;
    if (at > end) return [`never took effect: it would have at ${inSeconds(at)}, and ${verdict}`];
    const late = at > result.seconds ? [`took effect at ${inSeconds(at)} only: ${verdict}`] : [];
    if (!behaviour.failsLater || isUnhealthy || timing === undefined) return late;
    const { retries, interval } = timing;
    return [
      ...late,
      `was noticed by nobody until ${inSeconds(end)}: unhealthy takes ${retries} failed probes in a row, one every ${interval} s`,
    ];
  }
}

const WORDS: Readonly<Record<LaunchResult["verdict"], string>> = {
  ready: "was ready",
  started: "was started",
  failed: "failed",
  timeout: "was out of time",
  interrupted: "was interrupted",
};

function inSeconds(value: number): string {
  return `${value.toFixed(1)} s`;
}
