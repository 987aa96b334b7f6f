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
  Error.stackTraceLimit = 1;
  Error.captureStackTrace(definition, caller);
  Error.stackTraceLimit = limit;
  return definition;
}

/** The place of a definition. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The file, line and column (from 1) of a definition, or of an attribute of it; `undefined` where the engine did not say. */
export function placeOf(definition: Definition, path: readonly string[] = []): Place | undefined {
  if (definition.placeOf !== undefined) return definition.placeOf(path);
  const frame = definition.stack?.split("\n")[1];
  const match = frame?.match(/(?:\(|at )(?:async )?(file:\/\/)?([^()]+):(\d+):(\d+)\)?$/);
  if (match === null || match === undefined) return undefined;
  const [, url, file = "", line, column] = match;
  return { file: url === undefined ? file : decodeURIComponent(file), line: Number(line), column: Number(column) };
}
