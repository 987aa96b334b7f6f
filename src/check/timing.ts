import type { CheckedService } from "../model/checked-stack.ts";
import { effectiveHealthcheck } from "../model/effective-healthcheck.ts";
import { type HealthTiming, healthTimingOf } from "../model/health-timing.ts";
import { isInterpolation } from "../model/interpolation.ts";
import type { Healthcheck } from "../model/schema/healthcheck.ts";
import { usualText } from "./images.ts";

/**
 * When a service is probed; variables have their defaults. `undefined` where it has no test of its own, so that the image
 * may say more, and where a variable without default decides.
 */
export function timingOf(service: CheckedService): HealthTiming | undefined {
  const healthcheck = effectiveHealthcheck(service);
  if (healthcheck?.test === undefined) return undefined;
  const usual: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(healthcheck)) {
    usual[key] = isInterpolation(value) ? usualText(value) : value;
    if (value !== undefined && usual[key] === undefined) return undefined;
  }
  return healthTimingOf({ ...service, model: { ...service.model, healthcheck: numbered(usual) } });
}

// A default is a text: "5" retries are 5.
function numbered({ retries, ...rest }: Record<string, unknown>): Healthcheck {
  return { ...rest, ...(retries === undefined ? {} : { retries: Number(retries) }) } as Healthcheck;
}

/** The seconds after its start at which a container is called unhealthy at the earliest: every probe fails at once. */
export function earliestUnhealthy({ startPeriod, startInterval, interval, retries }: HealthTiming): number {
  const firstLook = startPeriod > 0 ? startInterval : interval;
  // Failures count from the end of the start period on.
  return Math.max(startPeriod, firstLook) + (retries - 1) * interval;
}

/** The most seconds from a failure until a container is called unhealthy: every probe takes all of its time. */
export function latestDetection({ interval, timeout, retries }: HealthTiming): number {
  return retries * (interval + timeout);
}
