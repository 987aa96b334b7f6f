import type { Probe, Timing } from "../../model/schema/healthcheck.ts";
import { make } from "./make.ts";
import { PROBES, required } from "./values.ts";

/** See `probe.all` and `probe.any`. */
export interface CombinedProbe extends Probe<"all" | "any"> {
  readonly probes: readonly Probe[];
}

/** See `probe.all`. */
export function all(probes: readonly Probe[], timing: Timing = {}): CombinedProbe {
  return make("all", { ...timing, probes }, { probes: required(PROBES) });
}

/** See `probe.any`. */
export function any(probes: readonly Probe[], timing: Timing = {}): CombinedProbe {
  return make("any", { ...timing, probes }, { probes: required(PROBES) });
}
