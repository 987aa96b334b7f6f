import type { Place } from "../../model/definition.ts";

/** A value of a Compose file; texts are as written, with their variables. */
export type Value = null | boolean | number | bigint | string | Value[] | Mapping;

/** A map of a Compose file, in its order. */
export type Mapping = Map<string, Value>;

// Beside the values and not in them: merging and reading stay plain code on plain data.
const places = new WeakMap<object, Map<string | number, Place>>();

/** Remembers where an entry of a map or list was written. */
export function setPlace(container: Mapping | Value[], key: string | number, place: Place | undefined): void {
  if (place === undefined) return;
  const known = places.get(container) ?? new Map<string | number, Place>();
  places.set(container, known.set(key, place));
}

/** Where an entry of a map or list was written. */
export function placeIn(container: Mapping | Value[], key: string | number): Place | undefined {
  return places.get(container)?.get(key);
}

/** Where the last part of a path that has a place was written. */
export function placeAt(root: Value, path: readonly (string | number)[]): Place | undefined {
  let place: Place | undefined;
  let value: Value | undefined = root;
  for (const key of path) {
    if (!isMapping(value) && !Array.isArray(value)) break;
    place = placeIn(value, key) ?? place;
    value = childOf(value, key);
  }
  return place;
}

/** A value inside a map or list. */
export function childOf(value: Value | undefined, key: string | number): Value | undefined {
  if (isMapping(value)) return value.get(String(key));
  return Array.isArray(value) ? value[Number(key)] : undefined;
}

/** Whether a value is a map. */
export function isMapping(value: unknown): value is Mapping {
  return value instanceof Map;
}

/** Every item of a list changed, with the places kept. */
export function mapItems(list: Value[], change: (item: Value, index: number) => Value): Value[] {
  const changed = list.map(change);
  for (const index of list.keys()) setPlace(changed, index, placeIn(list, index));
  return changed;
}

/** Every value of a map changed, with the places kept. */
export function mapEntries(map: Mapping, change: (value: Value, key: string) => Value): Mapping {
  const changed: Mapping = new Map();
  for (const [key, value] of map) {
    changed.set(key, change(value, key));
    setPlace(changed, key, placeIn(map, key));
  }
  return changed;
}

/** A copy of a map with one entry set or, with `undefined`, without it. */
export function withEntry(map: Mapping, key: string, value: Value | undefined, place?: Place): Mapping {
  const copy = mapEntries(map, (each) => each);
  if (value === undefined) copy.delete(key);
  else {
    copy.set(key, value);
    setPlace(copy, key, place ?? placeIn(map, key));
  }
  return copy;
}
