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
