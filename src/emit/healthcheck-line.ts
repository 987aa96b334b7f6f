import type { EscapeCharacter } from "../dockerfile/mask.ts";
import { StackError } from "../errors.ts";
import { type Duration, seconds } from "../model/duration.ts";
import { isSwitchedOff } from "../model/effective-healthcheck.ts";
import { isInterpolation } from "../model/interpolation.ts";
import type { Healthcheck } from "../model/schema/healthcheck.ts";
import { notInShellForm } from "../model/shell-form.ts";

/**
 * A health check as a Dockerfile's `HEALTHCHECK` instruction, in one line; Docker's own defaults are left out.
 * Nothing in it is expanded by the build: `$NAME` in the shell form is the container's variable, the exec form is literal.
 *
 * @param continuation the Dockerfile's line continuation character. Default: `\`.
 * @throws {StackError} `invalid-stack` for a health check without a test, or with variables of Compose in it.
 * @see https://docs.docker.com/reference/dockerfile/#healthcheck
 */
export function healthcheckLine(check: Healthcheck, continuation: EscapeCharacter = "\\"): string {
  const { test, disable } = literal(check);
  if (isSwitchedOff({ disable, test })) return "HEALTHCHECK NONE";
  return ["HEALTHCHECK", ...optionsOf(literal(check)), "CMD", commandOf(test, continuation)].join(" ");
}

/** The health check of a probe for a Dockerfile that says `SHELL`: its scripts are for `/bin/sh`, whatever the shell form is run by. */
export function besideShell(check: Healthcheck): Healthcheck {
  const { test } = check;
  return Array.isArray(test) && test[0] === "CMD-SHELL" ? { ...check, test: ["CMD", "/bin/sh", "-c", ...test.slice(1)] } : check;
}

/** A health check without variables. */
interface LiteralHealthcheck {
  readonly test?: string | readonly string[];
  readonly interval?: Duration;
  readonly timeout?: Duration;
  readonly retries?: number;
  readonly startPeriod?: Duration;
  readonly startInterval?: Duration;
  readonly disable?: boolean;
}

function literal(check: Healthcheck): LiteralHealthcheck {
  for (const [attribute, value] of Object.entries(check)) {
    if (![value].flat().some(isInterpolation)) continue;
    throw StackError.of("invalid-stack", "a variable of Compose can't stand in a Dockerfile: the image has to be the same everywhere", {
      path: `healthcheck.${attribute}`,
      hint: "write the value itself, or keep this health check in Compose",
    });
  }
  return check as LiteralHealthcheck;
}

// A value of zero stands for the default, in a Dockerfile as in Compose.
const DEFAULT_SECONDS = { interval: 30, timeout: 30, startPeriod: 0 } as const;
const DEFAULT_RETRIES = 3;

function optionsOf({ interval, timeout, retries, startPeriod, startInterval }: LiteralHealthcheck): readonly string[] {
  const isGiven = (value: Duration | undefined, usual: number): value is Duration =>
    value !== undefined && seconds(value) !== usual && seconds(value) !== 0;
  const period = isGiven(startPeriod, DEFAULT_SECONDS.startPeriod);
  return [
    ...(isGiven(interval, DEFAULT_SECONDS.interval) ? [`--interval=${interval}`] : []),
    ...(isGiven(timeout, DEFAULT_SECONDS.timeout) ? [`--timeout=${timeout}`] : []),
    ...(period ? [`--start-period=${startPeriod}`] : []),
    // It has no effect outside of a start period. Its default is not the same in every engine, so that it is always written.
    ...(period && isGiven(startInterval, 0) ? [`--start-interval=${startInterval}`] : []),
    ...(retries !== undefined && retries !== 0 && retries !== DEFAULT_RETRIES ? [`--retries=${retries}`] : []),
  ];
}

function commandOf(test: LiteralHealthcheck["test"], continuation: EscapeCharacter): string {
  if (typeof test === "string") return shellForm(test, continuation);
  const [kind, ...words] = test ?? [];
  if (kind === "CMD" && words.length > 0) return execForm(words);
  if (kind === "CMD-SHELL" && words.length === 1) return shellForm(words[0] ?? "", continuation);
  throw StackError.of("invalid-stack", `${JSON.stringify(test) ?? "nothing"} is not a test that a Dockerfile can carry`, {
    path: "healthcheck.test",
    hint: 'write ["CMD", "program", ...], ["CMD-SHELL", "script"], ["NONE"] or a script',
  });
}

function shellForm(script: string, continuation: EscapeCharacter): string {
  // What the build would change travels as JSON.
  const isKept = script !== "" && script === script.trim() && notInShellForm(script, continuation) === undefined;
  return isKept ? script : execForm(["/bin/sh", "-c", script]);
}

/** A command in the exec form: JSON, which no shell and no build expands. */
export function execForm(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(", ")}]`;
}
