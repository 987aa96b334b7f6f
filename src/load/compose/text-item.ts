import type { Place } from "../../model/place.ts";
import { problem, type Tell } from "./problem.ts";
import { isMapping, type Value } from "./tree.ts";

/** Whether an item of a list is a text, as it has to be; told where it is not. */
export function isTextItem(item: Value, what: string, place: Place | undefined, tell: Tell): item is string {
  if (typeof item === "string" && item !== "") return true;
  tell(problem(`${shown(item)} is not ${what}`, place));
  return false;
}

/** A value as it is shown in a message. */
export function shown(value: Value): string {
  if (isMapping(value)) return "a map";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return value === "" ? "an empty text" : JSON.stringify(value);
  return String(value);
}
