import type { HealthTiming } from "../model/health-timing.ts";

/** What the engine knows of the health of one run of a container; ages are seconds since the run began. */
export interface Health {
  readonly status: "starting" | "healthy" | "unhealthy";
  /** Failed probes in a row; those of the start period do not count. */
  readonly failingStreak: number;
  /** The age at which the last probe ended; 0 before the first. */
  readonly endedAt: number;
}

/** What a probe does, left alone. */
export interface ProbeOutcome {
  readonly seconds: number;
  readonly exitCode: number;
  readonly output: string;
}

/** A probe that ran, and the health it left behind. */
export interface ProbeStep {
  readonly start: number;
  /** What it did, cut off at its timeout. */
  readonly outcome: ProbeOutcome;
  readonly health: Health;
}

/** The health of every run at its beginning: a restart forgets what was before. */
export const FRESH: Health = { status: "starting", failingStreak: 0, endedAt: 0 };

/** The age at which the next probe begins. The interval runs from the end of a probe, and precedes the first one too. */
export function nextProbeStart({ interval, startPeriod, startInterval }: HealthTiming, { status, endedAt }: Health): number {
  return endedAt + (status === "starting" && endedAt < startPeriod ? startInterval : interval);
}

/**
 * Runs the next probe by the engine's rules.
 *
 * @see https://github.com/moby/moby/blob/v26.1.5/daemon/health.go
 */
export function runProbe(timing: HealthTiming, before: Health, outcomeAt: (age: number) => ProbeOutcome): ProbeStep {
  const start = nextProbeStart(timing, before);
  const outcome = withinTimeout(outcomeAt(start), timing.timeout);
  return { start, outcome, health: healthAfter(timing, before, start, outcome) };
}

function withinTimeout(outcome: ProbeOutcome, timeout: number): ProbeOutcome {
  if (outcome.seconds < timeout) return outcome;
  return { seconds: timeout, exitCode: -1, output: `Health check exceeded timeout (${timeout}s)` };
}

function healthAfter({ retries, startPeriod }: HealthTiming, before: Health, start: number, { exitCode, seconds }: ProbeOutcome): Health {
  const endedAt = start + seconds;
  if (exitCode === 0) return { status: "healthy", failingStreak: 0, endedAt };
  // The first success ends the start period's leniency, however much of it is left.
  const counts = before.status !== "starting" || start >= startPeriod;
  const failingStreak = before.failingStreak + (counts ? 1 : 0);
  return { status: counts && failingStreak >= retries ? "unhealthy" : before.status, failingStreak, endedAt };
}
