import type { Place } from "../../model/place.ts";
import { problem } from "./problem.ts";
import { isMapping, type Value } from "./tree.ts";

/** What `include` and `extends` have brought in so far. */
export interface Brought {
  /** How much it is, in values; what is brought in again counts again. */
  values: number;
  /** Whether nothing is missing: a file that can't be read may define what others refer to. */
  isWhole: boolean;
}

/** Far beyond any real project, far below what fills the memory. */
const MOST_VALUES = 1_000_000;

/** What reading one more file, or extending one more service, costs beside its values. */
const EACH = 100;

/** How deep files include files, and services extend services. */
const MOST_DEPTH = 100;

/**
 * Counts what is brought in, so that files which bring each other in again and again end with an error.
 *
 * @throws {StackError} `invalid-stack` at the place that brings in too much.
 */
export function countBrought(brought: Brought, value: Value, depth: number, place: Place | undefined, path: string): void {
  brought.values += EACH + sizeOf(value);
  if (brought.values > MOST_VALUES) throw problem("brings in more than a Compose file can hold", place, { path });
  if (depth > MOST_DEPTH) throw problem(`nests more than ${MOST_DEPTH} deep`, place, { path });
}

function sizeOf(value: Value): number {
  let size = 1;
  if (isMapping(value)) for (const each of value.values()) size += sizeOf(each);
  else if (Array.isArray(value)) for (const each of value) size += sizeOf(each);
  return size;
}
