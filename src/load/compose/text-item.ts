import type { Place } from "../../model/place.ts";
import { problem, type Tell } from "./problem.ts";
import { isMapping, type Value } from "./tree.ts";

/** Whether an item of a list is a text, as it has to be; told where it is not. */
export function isTextItem(item: Value, what: string, place: Place | undefined, tell: Tell): item is string {
  if (typeof item === "string" && item !== "") return true;
  const shown = isMapping(item) ? "a map" : Array.isArray(item) ? "a list" : item === "" ? "an empty text" : String(item);
  tell(problem(`${shown} is not ${what}`, place));
  return false;
}
