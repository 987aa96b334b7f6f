import { ANYTHING, type Options, options, type Rules } from "../../model/accepted.ts";
import type { Probe, Timing } from "../../model/schema/healthcheck.ts";
import { DEFAULT_TIMING } from "../timing.ts";

/** The options of a probe: its own, and when it runs. */
export function probeOptions(rules: Rules = {}): Options {
  return options({ ...rules, ...TIMING }, { extensions: true });
}

// The values of timings are looked at by their schema, where the stack is checked.
const TIMING: Rules = Object.fromEntries(Object.keys(DEFAULT_TIMING).map((name) => [name, ANYTHING]));

/** A probe of options that were accepted; plain data that never changes. */
export function make<P extends Probe>(type: P["type"], given: object = {}, defaults: object = {}): P {
  const all = Object.entries(given).filter(([, value]) => value !== undefined);
  const own = Object.fromEntries(all.filter(([name]) => !isTiming(name)));
  const timing = Object.fromEntries(all.filter(([name]) => isTiming(name))) as Timing;
  return Object.freeze({ kind: "probe", type, ...defaults, ...own, timing }) as unknown as P;
}

// Extensions are the user's, and Compose ignores them.
function isTiming(name: string): boolean {
  return Object.hasOwn(TIMING, name) || name.startsWith("x-");
}
