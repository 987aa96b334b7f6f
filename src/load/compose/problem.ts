import { StackError } from "../../errors.ts";
import type { Place } from "../../model/definition.ts";

/** An error in a Compose file, at its place. */
export function problem(message: string, place?: Place, rest: { path?: string | undefined; hint?: string | undefined } = {}): StackError {
  const { path = "", hint } = rest;
  return StackError.of("invalid-stack", message, { path, source: sourceOf(place), hint });
}

/** A place as messages write it. */
export function sourceOf(place: Place | undefined): string | undefined {
  return place === undefined ? undefined : `${place.file}:${place.line}:${place.column}`;
}
