import type { Place } from "./place.ts";

/** Where a value of the DSL was written; the place is worked out only when someone asks. */
export interface Definition {
  readonly stack?: string;
  /** The place of an attribute, in a Compose file that was read in; of the definition itself for the empty path. */
  readonly placeOf?: (path: readonly string[]) => Place | undefined;
  /** The keys of a path as they are written in that file: `start_interval`, and names of the user's as they are. */
  readonly namesOf?: (path: readonly string[]) => readonly string[];
}

/**
 * Remembers the place that called `caller`.
 * V8 keeps the frames and formats them only on access, so that this costs microseconds.
 */
// biome-ignore lint/complexity/noBannedTypes: V8's captureStackTrace takes any function
export function definedBy(caller: Function): Definition {
  const definition = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  Error.captureStackTrace(definition, caller);
  Error.stackTraceLimit = limit;
  return definition;
}

/** The place itself, and through how many functions it is followed to who called them. */
const FRAMES = 6;

/** The file, line and column (from 1) of a definition, or of an attribute of it; `undefined` where the engine did not say. */
export function placeOf(definition: Definition, path: readonly string[] = []): Place | undefined {
  if (definition.placeOf !== undefined) return definition.placeOf(path);
  return placeOfFrame(framesOf(definition)[0]);
}

/** Where the functions were called in which a value was written; `undefined` where it was written in none. */
export function callOf(definition: Definition): Place | undefined {
  const [, ...outer] = framesOf(definition);
  const foreign = outer.findIndex((frame) => !frame.includes("<anonymous>") && (FOREIGN.test(frame) || !placeOfFrame(frame)));
  const own = foreign < 0 ? outer : outer.slice(0, foreign);
  return own.map(placeOfFrame).findLast((place) => place !== undefined);
}

// Node, jiti and, in a checkout, the bundle that jiti is part of: V8 may know it by the name that it has in another one.
const FOREIGN = /node:|\/node_modules\/|\/dist\/start\/stackwright\.cjs/;

function framesOf({ stack }: Definition): readonly string[] {
  return stack?.split("\n").slice(1) ?? [];
}

function placeOfFrame(frame: string | undefined): Place | undefined {
  const match = frame?.match(/(?:\(|at )(?:async )?(file:\/\/)?([^()]+):(\d+):(\d+)\)?$/);
  if (match === null || match === undefined) return undefined;
  const [, url, file = "", line, column] = match;
  return { file: url === undefined ? file : decodeURIComponent(file), line: Number(line), column: Number(column) };
}
