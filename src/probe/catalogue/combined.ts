import { required } from "../../model/accepted.ts";
import { accepting } from "../../model/accepting.ts";
import type { Probe, Timing } from "../../model/schema/healthcheck.ts";
import { make, probeOptions } from "./make.ts";
import { PROBES } from "./values.ts";

/** See `probe.all` and `probe.any`. */
export interface CombinedProbe extends Probe<"all" | "any"> {
  readonly probes: readonly Probe[];
}

/** See `probe.all`. */
export const all = combined("all");

/** See `probe.any`. */
export const any = combined("any");

function combined(type: "all" | "any"): (probes: readonly Probe[], timing?: Timing) => CombinedProbe {
  return accepting(`probe.${type}`, { probes: required(PROBES), timing: probeOptions() }, (probes: readonly Probe[], timing: Timing = {}) =>
    make<CombinedProbe>(type, { ...timing, probes }),
  );
}
