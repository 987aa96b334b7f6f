import { STACK_NAME } from "../check/rules/names.ts";
import { StackError } from "../errors.ts";
import { isDuration, seconds } from "../model/duration.ts";
import { nearName } from "../model/near-name.ts";
import type { LaunchOptions } from "./launched.ts";

/**
 * Refuses what no compiler may have seen: test runners run TypeScript without checking it.
 *
 * @throws {StackError} `usage`
 */
export function requireOptions(options: LaunchOptions): void {
  const { timeout, name, ports, pull, signal, profiles = [] } = options;
  for (const option of Object.keys(options)) {
    if (!OPTIONS.has(option)) throw StackError.of("usage", `"${option}" is no option of launch()${didYouMean(option)}`, { path: option });
  }
  if (timeout !== undefined && !(isDuration(timeout) && seconds(timeout) > 0))
    throw wrong("timeout", timeout, 'is no time (write "90s" or "2m")');
  if (name !== undefined && !STACK_NAME.test(name))
    throw wrong("name", name, 'can\'t name a launch (write lower-case letters, digits, "_" and "-")');
  if (ports !== undefined && ports !== "free" && ports !== "asWritten") throw wrong("ports", ports, 'is neither "free" nor "asWritten"');
  if (pull !== undefined && !PULLS.has(pull)) throw wrong("pull", pull, `is none of ${[...PULLS].map((each) => `"${each}"`).join(", ")}`);
  if (signal !== undefined && !(signal instanceof AbortSignal)) throw wrong("signal", signal, "is no AbortSignal");
  if (!Array.isArray(profiles) || profiles.some((each) => typeof each !== "string"))
    throw wrong("profiles", profiles, "is no list of names");
}

const PULLS: ReadonlySet<string> = new Set(["always", "missing", "never"]);

const OPTIONS: ReadonlySet<string> = new Set(
  Object.keys({
    name: 0,
    ports: 0,
    timeout: 0,
    signal: 0,
    profiles: 0,
    build: 0,
    pull: 0,
    keepOnFailure: 0,
    onEvent: 0,
    onEngine: 0,
    folder: 0,
  } satisfies Record<keyof LaunchOptions, 0>),
);

function didYouMean(option: string): string {
  const near = nearName(option, OPTIONS);
  return near === undefined ? ` (accepted: ${[...OPTIONS].join(", ")})` : `; did you mean "${near}"?`;
}

function wrong(option: keyof LaunchOptions, value: unknown, why: string): StackError {
  return StackError.of("usage", `${JSON.stringify(value)} ${why}`, { path: option });
}
