import { STACK_NAME } from "../check/rules/names.ts";
import { StackError } from "../errors.ts";
import { BOOLEAN, isText, LINE, listOf, oneOf, options, problemsOf, type Rule, rule } from "../model/accepted.ts";
import { isDuration, seconds } from "../model/duration.ts";
import type { LaunchOptions } from "./launched.ts";

/**
 * Refuses what no compiler may have seen: test runners run TypeScript without checking it.
 *
 * @throws {StackError} `usage`
 */
export function requireOptions(given: LaunchOptions): void {
  const problems = problemsOf(OPTIONS, given);
  if (problems.length > 0)
    throw new StackError(
      "usage",
      problems.map(({ path, message }) => ({ path: ["launch", ...path].join("."), message })),
    );
}

const FUNCTION = rule("a function", (value) => typeof value === "function");

const OPTIONS = options({
  name: rule('a name of a launch (write lower-case letters, digits, "_" and "-")', (value) => isText(value) && STACK_NAME.test(value)),
  ports: oneOf("free", "asWritten"),
  timeout: rule('a time to wait (write "90s" or "2m")', (value) => isDuration(value) && seconds(value) > 0),
  signal: rule("an AbortSignal", (value) => value instanceof AbortSignal),
  profiles: listOf(LINE, { accepted: "a list of names" }),
  build: BOOLEAN,
  pull: oneOf("always", "missing", "never"),
  keepOnFailure: BOOLEAN,
  onEvent: FUNCTION,
  onEngine: FUNCTION,
  folder: LINE,
} satisfies Record<keyof LaunchOptions, Rule>);
