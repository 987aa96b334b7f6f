import type { Probe, Timing } from "../../model/schema/healthcheck.ts";

/**
 * A probe of the given options; plain data that never changes.
 * Whatever is not among `names` is taken for a timing, where the check refuses what is none: a misspelt option is reported.
 */
export function make<P extends Probe>(type: P["type"], options: object, names: readonly string[], defaults: object = {}): P {
  const own: Record<string, unknown> = {};
  const timing: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined) (names.includes(name) ? own : timing)[name] = value;
  }
  return Object.freeze({ kind: "probe", type, ...defaults, ...own, timing: timing as Timing }) as unknown as P;
}
