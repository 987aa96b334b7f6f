import type { CheckedService } from "../model/checked-stack.ts";
import { ENGINE_TIMING, type HealthTiming, healthTimingOf } from "../model/health-timing.ts";
import { factsOf } from "../probe/facts/contents.ts";

/**
 * When the engine is going to probe a service, as far as known; `undefined` where it has no health check, and neither is its image
 * known to bring one. One that the image brings has the engine's default timings.
 */
export function expectedTiming(service: CheckedService): HealthTiming | undefined {
  return healthTimingOf(service) ?? (inheritsCheck(service) ? ENGINE_TIMING : undefined);
}

function inheritsCheck({ model }: CheckedService): boolean {
  if (model.build !== undefined || typeof model.image !== "string" || model.healthcheck !== undefined) return false;
  return factsOf(model.image)?.ownHealthcheck !== undefined;
}
