import type { HealthTiming } from "./health-timing.ts";

/** Seconds between two moments: where every look is done at once, and where looks take all of their time. */
export interface Bounds {
  readonly quick: number;
  readonly worst: number;
}

/** The seconds after its start at which a container is looked at for the first time. */
export function firstLook({ startPeriod, startInterval, interval }: HealthTiming): number {
  return startPeriod > 0 ? startInterval : interval;
}

/** The second of a container's life up to which looks surely follow one another in the start interval. */
export function endOfQuickLooks({ startPeriod, timeout }: HealthTiming): number {
  // A look that begins within the start period may end one timeout after it, and then the interval counts.
  return Math.max(0, startPeriod - timeout);
}

/** From really ready to healthy, for a container that is ready before or after `endOfQuickLooks`. */
export function toHealthy(timing: HealthTiming, when: "before" | "after"): Bounds {
  const { interval, startInterval, timeout, startPeriod } = timing;
  const pause = when === "before" ? startInterval : Math.max(interval, startPeriod > 0 ? startInterval : 0);
  // At worst the look that just missed it hangs until its end, and the one that sees it takes as long.
  return { quick: pause, worst: timeout + pause + timeout };
}

/** The seconds after its start at which a container is called unhealthy at the earliest: every look fails at once. */
export function earliestUnhealthy(timing: HealthTiming): number {
  // Failures count from the end of the start period on.
  return Math.max(timing.startPeriod, firstLook(timing)) + (timing.retries - 1) * timing.interval;
}

/** The seconds after its start at which a container that is never ready is called unhealthy at the latest. */
export function latestUnhealthy(timing: HealthTiming): number {
  const { interval, timeout, retries, startPeriod, startInterval } = timing;
  // The last look that does not count begins just before the end of the start period, and takes all of its time.
  const firstCounted = startPeriod > 0 ? startPeriod + Math.max(timeout + interval, startInterval) : interval;
  return firstCounted + timeout + (retries - 1) * (interval + timeout);
}

/** The most seconds from a failure in service, after the look that passed last, until a container is called unhealthy. */
export function latestDetection({ interval, timeout, retries }: HealthTiming): number {
  return retries * (interval + timeout);
}
