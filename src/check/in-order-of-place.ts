import type { Issue } from "../errors.ts";
import { type Place, placeOfText } from "../model/place.ts";

/** Issues of one file stand together, from its top to its end; those of one place in the order in which they were found. */
export function inOrderOfPlace<Some extends Issue>(issues: readonly Some[]): readonly Some[] {
  return issues
    .map((issue) => ({ issue, place: placeOf(issue) }))
    .toSorted(({ place: one }, { place: other }) =>
      one.file === other.file ? one.line - other.line || one.column - other.column : one.file < other.file ? -1 : 1,
    )
    .map(({ issue }) => issue);
}

function placeOf({ source = "" }: Issue): Place {
  return placeOfText(source) ?? { file: source, line: 0, column: 0 };
}
