import type { HealthTiming } from "../model/health-timing.ts";
import { FRESH, type Health, type ProbeStep, runProbe } from "../plan/health-run.ts";
import type { Behaviour } from "./behaviour.ts";

/** How a run of a container is probed. */
export interface Probing {
  readonly timing: HealthTiming;
  readonly behaviour: Behaviour;
  /** When the run began, in seconds since the launch began. */
  readonly startedAt: number;
  /** The last probes of the runs before, oldest first. */
  readonly before: readonly LoggedProbe[];
}

/** A probe, and when its run began. */
export interface LoggedProbe {
  readonly runAt: number;
  readonly step: ProbeStep;
}

/** Probes that are run ahead at most: some never change anything any more. */
const AHEAD = 100;

/**
 * Runs ahead to the probe that changes the health, or to one at which to ask again: what it leaves behind; `undefined` where none
 * changes it any more. The probes between are no event, as an engine tells of changes only.
 */
export function nextHealth({ timing, behaviour }: Probing, now: Health): Health | undefined {
  let last = now;
  for (let probes = 0; probes < AHEAD && last.status === now.status; probes++) {
    const { start, outcome, health } = runProbe(timing, last, behaviour.probeAt);
    const isSame = start >= behaviour.steadyFrom && health.status === (outcome.exitCode === 0 ? "healthy" : "unhealthy");
    if (isSame && health.status === now.status) return undefined;
    last = health;
  }
  return last;
}

/** What the engine remembers of the probes that have ended by then: the health, and the last of them, oldest first. */
export function probedUntil(
  now: number,
  { timing, behaviour, startedAt, before }: Probing,
): { health: Health; log: readonly LoggedProbe[] } {
  const log = [...before];
  let health = FRESH;
  for (;;) {
    const step = runProbe(timing, health, behaviour.probeAt);
    if (startedAt + step.health.endedAt > now) return { health, log: log.slice(-PROBES_KEPT) };
    log.push({ runAt: startedAt, step });
    health = step.health;
  }
}

const PROBES_KEPT = 5;
