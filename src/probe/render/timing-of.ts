import { type Duration, seconds } from "../../model/duration.ts";
import { isInterpolation } from "../../model/interpolation.ts";
import type { Timing } from "../../model/schema/healthcheck.ts";
import type { CommandedProbe } from "../catalog.ts";
import { DEFAULT_TIMING, HEAVY_TIMING, SLOW_START } from "../timing.ts";

const SLOW = new Set(["cassandra", "elasticsearch", "kafka", "keycloak", "mssql", "neo4j", "opensearch", "rabbitmq", "temporal"]);

/** When a probe is done: what the user said, else what suits its kind and does not contradict it. */
export function timingOf(probe: CommandedProbe): Timing {
  const given = Object.fromEntries(Object.entries(probe.timing).filter(([, value]) => value !== undefined)) as Timing;
  const usual = isHeavy(probe) ? HEAVY_TIMING : DEFAULT_TIMING;
  const startInterval = shorter(given.interval, usual.startInterval);
  const timing: Timing = { ...usual, startInterval, ...(SLOW.has(probe.type) ? SLOW_START : {}), ...given };
  if (given.startInterval !== undefined || startsWithin(timing.startPeriod, startInterval)) return timing;
  const { startInterval: _, ...rest } = timing;
  return rest;
}

// Whoever wants many looks later wants no fewer at the start.
function shorter(interval: Timing["interval"], startInterval: Duration): Duration {
  return interval === undefined || isInterpolation(interval) || seconds(interval) >= seconds(startInterval) ? startInterval : interval;
}

function startsWithin(startPeriod: Timing["startPeriod"], startInterval: Duration): boolean {
  return startPeriod === undefined || isInterpolation(startPeriod) || seconds(startPeriod) >= seconds(startInterval);
}

/** Whether each look starts a whole runtime. */
export function isHeavy(probe: CommandedProbe): boolean {
  return probe.type === "mongo" || (probe.type === "rabbitmq" && "diagnostics" in probe && probe.diagnostics === true);
}
