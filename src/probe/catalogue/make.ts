import { StackError } from "../../errors.ts";
import type { Probe, Timing } from "../../model/schema/healthcheck.ts";
import type { Rules } from "./values.ts";

/**
 * A probe of the given options; plain data that never changes.
 * Whatever has no rule is taken for a timing, where the check refuses what is none: a misspelt option is reported.
 *
 * @throws {StackError} `invalid-stack` for a value that the probe does not accept.
 */
export function make<P extends Probe>(type: P["type"], options: object, rules: Rules, defaults: object = {}): P {
  const own: Record<string, unknown> = {};
  const timing: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const wrong = Object.hasOwn(rules, name) ? rules[name]?.wrong(value) : undefined;
    if (wrong !== undefined) throw wrongValue(type, name, `${show(value)} ${wrong}`);
    (Object.hasOwn(rules, name) ? own : timing)[name] = value;
  }
  return Object.freeze({ kind: "probe", type, ...defaults, ...own, timing: timing as Timing }) as unknown as P;
}

/** A mistake in an option of a probe. */
export function wrongValue(type: string, name: string, message: string): StackError {
  return StackError.of("invalid-stack", message, { path: `probe.${type}.${name}`, kind: "attribute" });
}

// A secret may have been given by mistake, and a list of probes says little.
function show(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "this list" : "this object";
  return JSON.stringify(value) ?? String(value);
}
