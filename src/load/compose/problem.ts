import { type Issue, StackError } from "../../errors.ts";
import type { Place } from "../../model/definition.ts";

/** An error in a Compose file, at its place. */
export function problem(message: string, place?: Place, rest: Partial<Pick<Issue, "path" | "hint" | "kind">> = {}): StackError {
  return StackError.of("invalid-stack", shortened(message), { source: sourceOf(place), ...rest });
}

const LONGEST = 600;

// A name or a circle of a thousand files would fill the screen; both ends say the most.
function shortened(message: string): string {
  return message.length <= LONGEST ? message : `${message.slice(0, LONGEST * 0.6)} ... ${message.slice(-LONGEST * 0.3)}`;
}

/** A place as messages write it. */
export function sourceOf(place: Place | undefined): string | undefined {
  return place === undefined ? undefined : `${place.file}:${place.line}:${place.column}`;
}
