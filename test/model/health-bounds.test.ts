import fc from "fast-check";
import { expect, it } from "vitest";
import { endOfQuickLooks, latestUnhealthy, toHealthy } from "../../src/model/health-bounds.ts";
import type { HealthTiming } from "../../src/model/health-timing.ts";
import { FRESH, type Health, runProbe } from "../../src/plan/health-run.ts";

const timings: fc.Arbitrary<HealthTiming> = fc.record({
  interval: fc.integer({ min: 1, max: 20 }),
  timeout: fc.integer({ min: 1, max: 20 }),
  retries: fc.integer({ min: 1, max: 4 }),
  startPeriod: fc.integer({ min: 0, max: 60 }),
  startInterval: fc.integer({ min: 1, max: 70 }),
});
/** How much of its timeout each look takes. */
const shares = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });

it("by the engine's rules no container that is never ready is called unhealthy later", () => {
  fc.assert(
    fc.property(timings, shares, (timing, taken) => {
      let health: Health = FRESH;
      for (let look = 0; health.status === "starting"; look++) health = runProbe(timing, health, () => failing(timing, taken, look)).health;
      expect(health.endedAt).toBeLessThanOrEqual(latestUnhealthy(timing) + 1e-6);
    }),
  );
});

it("by the engine's rules no container that is ready is called healthy later", () => {
  fc.assert(
    fc.property(timings, shares, fc.double({ min: 0.1, max: 100, noNaN: true }), (given, taken, readyAt) => {
      const timing = { ...given, retries: 1000 };
      let health: Health = FRESH;
      for (let look = 0; health.status === "starting"; look++) {
        health = runProbe(timing, health, (age) => ({ ...failing(timing, taken, look), exitCode: age >= readyAt ? 0 : 1 })).health;
      }
      // Where nothing has looked yet, the first look is what there is to wait for.
      const { worst } = toHealthy(timing, readyAt < endOfQuickLooks(timing) ? "before" : "after");
      expect(health.endedAt - readyAt).toBeLessThanOrEqual(worst + 1e-6);
    }),
  );
});

function failing({ timeout }: HealthTiming, taken: readonly number[], look: number) {
  return { seconds: timeout * (taken[look % taken.length] ?? 0) * 0.999, exitCode: 1, output: "" };
}
