import { type Issue, StackError } from "../../errors.ts";
import { nearName } from "../../model/near-name.ts";
import type { Probe, Timing } from "../../model/schema/healthcheck.ts";
import { DEFAULT_TIMING } from "../timing.ts";
import { isRecord, type Rules } from "./values.ts";

/**
 * A probe of the given options; plain data that never changes.
 *
 * @throws {StackError} `invalid-stack` for options that the probe does not have or needs, and values that it does not accept, all at once.
 */
export function make<P extends Probe>(type: P["type"], options: object = {}, rules: Rules, defaults: object = {}): P {
  if (!isRecord(options)) throw wrongValue(type, undefined, `takes its options in an object (${accepted(rules)})`);
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const issues = [...missing(type, options, rules), ...given.flatMap(([name, value]) => wrong(type, rules, name, value))];
  if (issues.length > 0) throw new StackError("invalid-stack", issues);
  const isOwn = ([name]: readonly [string, unknown]): boolean => Object.hasOwn(rules, name);
  const own = Object.fromEntries(given.filter(isOwn));
  const timing = Object.fromEntries(given.filter((each) => !isOwn(each))) as Timing;
  return Object.freeze({ kind: "probe", type, ...defaults, ...own, timing }) as unknown as P;
}

function missing(type: string, options: Readonly<Record<string, unknown>>, rules: Rules): readonly Issue[] {
  return Object.entries(rules).flatMap(([name, { accepted, required }]) =>
    required === true && options[name] === undefined ? [issueAt(type, name, `is missing: ${accepted}`)] : [],
  );
}

// The values of timings are looked at by their schema, where the stack is checked.
function wrong(type: string, rules: Rules, name: string, value: unknown): readonly Issue[] {
  if (Object.hasOwn(rules, name)) {
    const message = rules[name]?.wrong(value);
    return message === undefined ? [] : [issueAt(type, name, `${show(value)} ${message}`)];
  }
  if (isTiming(name)) return [];
  const near = nearName(name, namesOf(rules));
  return [issueAt(type, name, `is not an option${near === undefined ? "" : `; did you mean "${near}"?`} (${accepted(rules)})`)];
}

function accepted(rules: Rules): string {
  return `accepted: ${namesOf(rules).join(", ")}`;
}

function namesOf(rules: Rules): readonly string[] {
  return [...Object.keys(rules), ...Object.keys(DEFAULT_TIMING)];
}

// Extensions are the user's, and Compose ignores them.
function isTiming(name: string): boolean {
  return Object.hasOwn(DEFAULT_TIMING, name) || name.startsWith("x-");
}

/** A mistake in an option of a probe. */
export function wrongValue(type: string, name: string | undefined, message: string): StackError {
  return new StackError("invalid-stack", [issueAt(type, name, message)]);
}

function issueAt(type: string, name: string | undefined, message: string): Issue {
  return { path: name === undefined ? `probe.${type}` : `probe.${type}.${name}`, message, kind: "attribute" };
}

// A secret may have been given by mistake, and a list of probes says little.
function show(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "this list" : "this object";
  return JSON.stringify(value) ?? String(value);
}
