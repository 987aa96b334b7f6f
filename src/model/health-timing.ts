import type { CheckedService } from "./checked-stack.ts";
import { type Duration, seconds } from "./duration.ts";
import { effectiveHealthcheck, isSwitchedOff } from "./effective-healthcheck.ts";
import type { Healthcheck } from "./schema/healthcheck.ts";

/** When the engine probes a container; times in seconds. */
export interface HealthTiming {
  readonly interval: number;
  readonly timeout: number;
  readonly retries: number;
  readonly startPeriod: number;
  readonly startInterval: number;
}

/** The engine's own values, where nothing is said. @see https://docs.docker.com/reference/dockerfile/#healthcheck */
export const ENGINE_TIMING: HealthTiming = { interval: 30, timeout: 30, retries: 3, startPeriod: 0, startInterval: 30 };

/**
 * When the engine probes a service; `undefined` where it has no health check.
 * What a variable or an image will say is not known: the engine's defaults stand for it.
 */
export function healthTimingOf(service: Pick<CheckedService, "model" | "probe" | "dockerfile">): HealthTiming | undefined {
  const check = effectiveHealthcheck(service);
  if (check === undefined) return service.probe?.type === "fromImage" ? ENGINE_TIMING : undefined;
  if (isSwitchedOff(check)) return undefined;
  return healthTiming(check);
}

/** When the engine probes with a health check, whatever it tests. */
export function healthTiming(check: Healthcheck): HealthTiming {
  const interval = time(check.interval, ENGINE_TIMING.interval);
  return {
    interval,
    timeout: time(check.timeout, ENGINE_TIMING.timeout),
    retries: typeof check.retries === "number" && check.retries > 0 ? check.retries : ENGINE_TIMING.retries,
    startPeriod: time(check.startPeriod, ENGINE_TIMING.startPeriod),
    // Engine 26 falls back to the interval; the documentation promises 5 s.
    startInterval: time(check.startInterval, interval),
  };
}

// For the engine zero means "not given".
function time(value: unknown, fallback: number): number {
  return (typeof value === "string" ? seconds(value as Duration) : 0) || fallback;
}
