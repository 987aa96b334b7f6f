/** A place in a file. */
export interface Place {
  readonly file: string;
  /** From 1, as is the column. */
  readonly line: number;
  readonly column: number;
}

/** A place as issues say it: `file:line:column`. */
export function textOfPlace(place: Place | undefined): string | undefined {
  return place === undefined ? undefined : `${place.file}:${place.line}:${place.column}`;
}

/** The place that an issue says; `undefined` where it says none, or a file alone. */
export function placeOfText(source: string | undefined): Place | undefined {
  const [, file, line, column] = /^(.+):(\d+):(\d+)$/.exec(source ?? "") ?? [];
  return file === undefined ? undefined : { file, line: Number(line), column: Number(column) };
}
