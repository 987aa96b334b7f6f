import { STACK_NAME } from "../check/rules/names.ts";
import { StackError } from "../errors.ts";
import { isDuration, seconds } from "../model/duration.ts";
import type { LaunchOptions } from "./launched.ts";

/**
 * Refuses what no compiler may have seen: test runners run TypeScript without checking it.
 *
 * @throws {StackError} `usage`
 */
export function requireOptions({ timeout, name }: LaunchOptions): void {
  if (timeout !== undefined && !(isDuration(timeout) && seconds(timeout) > 0))
    throw wrong("timeout", timeout, 'is no time (write "90s" or "2m")');
  if (name !== undefined && !STACK_NAME.test(name))
    throw wrong("name", name, 'can\'t name a launch (write lower-case letters, digits, "_" and "-")');
}

function wrong(option: keyof LaunchOptions, value: unknown, why: string): StackError {
  return StackError.of("usage", `${JSON.stringify(value)} ${why}`, { path: option });
}
