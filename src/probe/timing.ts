import type { Duration } from "../model/duration.ts";
import type { Timing } from "../model/schema/healthcheck.ts";

type Times = Readonly<Record<"interval" | "timeout" | "startPeriod" | "startInterval", Duration>> & { readonly retries: number };

/** When a probe of ours runs, where nothing else is said: seen within half a second, cheap at rest. */
export const DEFAULT_TIMING = {
  interval: "10s",
  timeout: "5s",
  retries: 3,
  startPeriod: "30s",
  startInterval: "500ms",
} as const satisfies Times;

/** The same for a probe that starts a whole runtime at each look (a JVM, an Erlang node): looked at less often. */
export const HEAVY_TIMING = {
  interval: "30s",
  timeout: "15s",
  retries: 3,
  startPeriod: "2m",
  startInterval: "2s",
} as const satisfies Times;

/** Servers that take their time to start: as often, for longer. */
export const SLOW_START = { startPeriod: "2m" } as const satisfies Timing;
