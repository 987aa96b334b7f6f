import { matching } from "./path-pattern.ts";
import { splitMount } from "./split-mount.ts";
import { isMapping, type Mapping, mapEntries, placeIn, setPlace, type Value } from "./tree.ts";

/** Lists in which a later item takes the place of an earlier one that speaks of the same thing. */
export function dropRepeated(value: Value, path: readonly string[]): Value {
  if (isMapping(value)) return mapEntries(value, (each, key) => (path.length > 4 ? each : dropRepeated(each, [...path, key])));
  const keyOf = Array.isArray(value) ? matching(path, KEYS) : undefined;
  return keyOf === undefined ? value : unique(value as Value[], keyOf);
}

type KeyOf = (item: Value) => string | undefined;

const beforeEquals: KeyOf = (item) => (typeof item === "string" ? item.split("=")[0] : undefined);
const plain: KeyOf = (item) => (typeof item === "string" || typeof item === "number" ? String(item) : undefined);
/** What an item speaks of: an attribute in its long form, or what its short one says. What has neither form is told by others. */
const either =
  (ofMap: (item: Mapping) => string | undefined, ofText: (item: string) => string): KeyOf =>
  (item) => {
    if (isMapping(item)) return ofMap(item);
    const text = plain(item);
    return text === undefined ? undefined : ofText(text);
  };
const target = either(
  (item) => textIn(item, "target"),
  (item) => splitMount(item).target,
);
const device = either(
  (item) => textIn(item, "target"),
  (item) => item.split(":")[1] ?? item,
);
const file = either(
  (item) => textIn(item, "path"),
  (item) => item,
);
const grant = (folder: string): KeyOf =>
  either(
    (item) => textIn(item, "target") ?? `${folder}/${textIn(item, "source")}`,
    (item) => `${folder}/${item}`,
  );
const port = either(
  (item) => [item.get("host_ip") ?? "0.0.0.0", item.get("published") ?? "", item.get("target"), item.get("protocol") ?? "tcp"].join(" "),
  (item) => item,
);

const KEYS: ReadonlyMap<string, KeyOf> = new Map<string, KeyOf>([
  ...[
    "networks.*.labels",
    "services.*.annotations",
    "services.*.build.args",
    "services.*.build.additional_contexts",
    "services.*.build.tags",
    "services.*.build.labels",
    "services.*.cap_add",
    "services.*.cap_drop",
    "services.*.deploy.labels",
    "services.*.dns",
    "services.*.dns_opt",
    "services.*.dns_search",
    "services.*.environment",
    "services.*.labels",
    "services.*.links",
    "services.*.networks.*.aliases",
    "services.*.networks.*.link_local_ips",
    "services.*.profiles",
    "services.*.sysctls",
    "services.*.tmpfs",
  ].map((pattern) => [pattern, beforeEquals] as const),
  ["services.*.expose", plain],
  ["services.*.env_file", file],
  ["services.*.configs", grant("")],
  ["services.*.secrets", grant("/run/secrets")],
  ["services.*.ports", port],
  ["services.*.volumes", target],
  ["services.*.devices", device],
]);

function unique(list: Value[], keyOf: KeyOf): Value[] {
  const kept: Value[] = [];
  const indexes = new Map<string, number>();
  for (const [index, item] of list.entries()) {
    const key = keyOf(item);
    const at = (key === undefined ? undefined : indexes.get(key)) ?? kept.length;
    if (key !== undefined) indexes.set(key, at);
    kept[at] = item;
    setPlace(kept, at, placeIn(list, index));
  }
  return kept.length === list.length ? list : kept;
}

function textIn(map: ReadonlyMap<string, Value>, key: string): string | undefined {
  const value = map.get(key);
  return typeof value === "string" ? value : undefined;
}
