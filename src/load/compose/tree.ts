import type { Place } from "../../model/place.ts";

/** A value of a Compose file; texts are as written, with their variables. */
export type Value = null | boolean | number | bigint | string | Value[] | Mapping;

/** A map of a Compose file, in its order. */
export type Mapping = Map<string, Value>;

// Beside the values and not in them: merging and reading stay plain code on plain data.
const places = new WeakMap<object, Map<string | number, Place>>();

/** Remembers where an entry of a map or list was written. */
export function setPlace(container: Mapping | Value[], key: string | number, place: Place | undefined): void {
  if (place === undefined) return;
  const known = places.get(container);
  if (known === undefined) places.set(container, new Map([[key, place]]));
  else known.set(key, place);
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

/** Every item of a list changed, with the places kept; the list itself where nothing changes. */
export function mapItems(list: Value[], change: (item: Value, index: number) => Value): Value[] {
  const changed = list.map(change);
  if (changed.every((item, index) => item === list[index])) return list;
  copyPlaces(list, changed);
  return changed;
}

/** Every value of a map changed, with the places kept; the map itself where nothing changes. */
export function mapEntries(map: Mapping, change: (value: Value, key: string) => Value): Mapping {
  let changed: Mapping | undefined;
  for (const [key, value] of map) {
    const next = change(value, key);
    if (next === value) continue;
    changed ??= copyOf(map);
    changed.set(key, next);
  }
  return changed ?? map;
}

/** A map of its own with the same entries, at the same places. */
export function copyOf(map: Mapping): Mapping {
  const copy: Mapping = new Map(map);
  copyPlaces(map, copy);
  return copy;
}

function copyPlaces(from: Mapping | Value[], to: Mapping | Value[]): void {
  const known = places.get(from);
  if (known !== undefined) places.set(to, new Map(known));
}

/** A copy of a map with one entry set or, with `undefined`, without it. */
export function withEntry(map: Mapping, key: string, value: Value | undefined, place?: Place): Mapping {
  if (value === undefined && !map.has(key)) return map;
  const copy = copyOf(map);
  if (value === undefined) copy.delete(key);
  else {
    copy.set(key, value);
    setPlace(copy, key, place ?? placeIn(map, key));
  }
  return copy;
}
