import type { Timing } from "../../model/schema/healthcheck.ts";
import type { CommandedProbe } from "../catalog.ts";
import { DEFAULT_TIMING, HEAVY_TIMING, SLOW_START } from "../timing.ts";

const SLOW = new Set(["cassandra", "elasticsearch", "kafka", "keycloak", "mssql", "neo4j", "opensearch", "rabbitmq", "temporal"]);

/** When a probe is done: what the user said, else what suits its kind. */
export function timingOf(probe: CommandedProbe): Required<Timing> {
  const given = Object.fromEntries(Object.entries(probe.timing).filter(([, value]) => value !== undefined));
  const usual = isHeavy(probe) ? HEAVY_TIMING : DEFAULT_TIMING;
  return { ...usual, ...(SLOW.has(probe.type) ? SLOW_START : {}), ...given };
}

/** Whether each look starts a whole runtime. */
function isHeavy(probe: CommandedProbe): boolean {
  return probe.type === "mongo" || (probe.type === "rabbitmq" && "diagnostics" in probe && probe.diagnostics === true);
}
