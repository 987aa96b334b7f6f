import type { PlannedService } from "../drive/decide/launch-plan.ts";
import { SETTLE } from "../drive/decide/service-status.ts";
import { firstLook, latestUnhealthy } from "../model/health-bounds.ts";
import type { HealthTiming } from "../model/health-timing.ts";
import { ENGINE_TAKES } from "./assumptions.ts";
import { FRESH, type Health, type ProbeOutcome, runProbe } from "./health-run.ts";

/** When one container of a service is ready; seconds since its start. */
export interface Readiness {
  /** When the first probe begins; absent without a health check. */
  readonly firstLook?: number;
  /** If the application takes as long as assumed; Infinity if it is called unhealthy before, and for ever. */
  readonly expected: number;
  /** The latest at which it can still be ready. */
  readonly worst: number;
  /** When it is called unhealthy if every probe fails at once, and at the latest, where probes take all of their timeout. */
  readonly unhealthy?: { readonly earliest: number; readonly latest: number };
  /** Seconds of the expected time in which the application was ready already, and nobody had looked. */
  readonly waste: number;
}

/** Works out when a service is ready whose application takes `applicationTakes` seconds. */
export function readinessOf(service: PlannedService, timing: HealthTiming | undefined, applicationTakes: number): Readiness {
  if (service.kind === "task") return { expected: applicationTakes + ENGINE_TAKES.exit, worst: service.budget, waste: 0 };
  if (timing === undefined) return { expected: SETTLE, worst: SETTLE, waste: 0 };
  const quick = (exitCode: number): ProbeOutcome => ({ seconds: ENGINE_TAKES.probe, exitCode, output: "" });
  const expected = ageOf("healthy", timing, (age) => quick(age >= applicationTakes ? 0 : 1));
  const earliest = ageOf("unhealthy", timing, () => quick(1));
  const latest = latestUnhealthy(timing);
  return {
    firstLook: firstLook(timing),
    expected,
    // The probe that would have made it unhealthy may just as well be the one that passes.
    worst: latest,
    unhealthy: { earliest, latest },
    waste: Number.isFinite(expected) ? Math.max(0, expected - applicationTakes - ENGINE_TAKES.probe) : 0,
  };
}

/** The age at which a container becomes healthy or unhealthy; Infinity where it becomes the other one first. */
function ageOf(wanted: "healthy" | "unhealthy", timing: HealthTiming, outcomeAt: (age: number) => ProbeOutcome): number {
  let health: Health = FRESH;
  while (health.status === "starting") health = runProbe(timing, health, outcomeAt).health;
  return health.status === wanted ? health.endedAt : Number.POSITIVE_INFINITY;
}
