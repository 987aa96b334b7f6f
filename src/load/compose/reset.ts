import { isMapping, type Mapping, type Value, withEntry } from "./tree.ts";

/** A document without what a later file marks `!reset` or `!override`. */
export function applyResets(document: Mapping, resets: readonly (readonly string[])[]): Mapping {
  return resets.reduce(without, document);
}

function without(map: Mapping, [key = "", ...rest]: readonly string[]): Mapping {
  const value: Value | undefined = map.get(key);
  if (value === undefined) return map;
  if (rest.length === 0) return withEntry(map, key, undefined);
  return isMapping(value) ? withEntry(map, key, without(value, rest)) : map;
}
