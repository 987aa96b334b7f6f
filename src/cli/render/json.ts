import type { Redact } from "../../drive/secrets/redact.ts";
import type { ErrorCode, Issue } from "../../errors.ts";
import { shownIssue } from "./shown-lines.ts";

/** A value as JSON without the values of secrets: texts are redacted before quotes and line breaks in them are escaped. */
export function json(value: unknown, redact: Redact): string {
  return JSON.stringify(value, (_, each: unknown) => (typeof each === "string" ? redact(each) : each));
}

/** An error for programs, in one line: the last one where a command had something to say before. */
export function errorJson(code: ErrorCode | "bug" | "interrupted", issues: readonly Issue[], redact: Redact): string {
  const told = issues.map(shownIssue).map(({ path, message, source, hint }) => ({ path, message, source, hint }));
  return json({ type: "error", code, issues: told }, redact);
}

/** Whether the arguments of the command line ask for JSON; those behind `--` are for another program. */
export function asksForJson(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  const own = end < 0 ? args : args.slice(0, end);
  return own.some((each, index) => each === "--json" || each === "--format=json" || (each === "--format" && own[index + 1] === "json"));
}
