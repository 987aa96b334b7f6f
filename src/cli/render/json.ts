import type { Redact } from "../../drive/redact.ts";

/** A value as JSON without the values of secrets: texts are redacted before quotes and line breaks in them are escaped. */
export function json(value: unknown, redact: Redact): string {
  return JSON.stringify(value, (_, each: unknown) => (typeof each === "string" ? redact(each) : each));
}
