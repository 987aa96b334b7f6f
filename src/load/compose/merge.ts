import { dropRepeated } from "./drop-repeated.ts";
import { matching } from "./path-pattern.ts";
import { problem, type Tell } from "./problem.ts";
import { copyOf, isMapping, type Mapping, placeIn, setPlace, type Value } from "./tree.ts";

/**
 * A Compose file with a later one over it, by the rules of `docker compose -f a -f b`.
 *
 * @see https://docs.docker.com/reference/compose-file/merge/
 */
export function mergeDocuments(base: Mapping, over: Mapping, tell: Tell): Mapping {
  return dropRepeated(mergeMaps(base, over, [], tell), []) as Mapping;
}

/** A service with one that extends it over it. @see https://docs.docker.com/reference/compose-file/services/#extends */
export function mergeServices(base: Mapping, over: Mapping, name: string, tell: Tell): Mapping {
  return mergeMaps(base, over, ["services", name], tell);
}

type Rule = (base: Value, over: Value, path: readonly string[], tell: Tell) => Value;

const started = (): Value =>
  new Map<string, Value>([
    ["condition", "service_started"],
    ["required", true],
  ]);

const replace: Rule = (_, over) => over;
const append: Rule = (base, over) => joined(asList(base), asList(over));
const appendNew: Rule = (base, over) => {
  const first = asList(base);
  return joined(
    first,
    asList(over).filter((item) => !first.includes(item)),
  );
};
// Two lists stay a list: in a list a name may be a variable, as a key it can't.
const mergeNamed =
  (missing: () => Value): Rule =>
  (base, over, path, tell) =>
    Array.isArray(base) && Array.isArray(over)
      ? appendNew(base, over, path, tell)
      : mergeMaps(asMap(base, missing), asMap(over, missing), path, tell);
const mergeBuild: Rule = (base, over, path, tell) => mergeMaps(asBuild(base), asBuild(over), path, tell);
// Options belong to a driver: another driver starts anew.
const mergeLogging: Rule = (base, over, path, tell) => {
  if (!isMapping(base) || !isMapping(over)) return over ?? base;
  const drivers = [base.get("driver"), over.get("driver")];
  return drivers.includes(undefined) || drivers[0] === drivers[1] ? mergeMaps(base, over, path, tell) : over;
};

// The rules of compose-go, attribute by attribute; everything else merges by what it is: maps merge, lists append, scalars replace.
const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["networks.*.ipam.config", mergeIpam],
  ["networks.*.labels", append],
  ["volumes.*.labels", append],
  ["services.*.annotations", append],
  ["services.*.build", mergeBuild],
  ["services.*.build.args", append],
  ["services.*.build.additional_contexts", append],
  ["services.*.build.extra_hosts", appendNew],
  ["services.*.build.labels", append],
  ["services.*.command", replace],
  ["services.*.depends_on", mergeNamed(started)],
  ["services.*.deploy.labels", append],
  ["services.*.dns", append],
  ["services.*.dns_opt", append],
  ["services.*.dns_search", append],
  ["services.*.entrypoint", replace],
  ["services.*.env_file", append],
  ["services.*.label_file", append],
  ["services.*.environment", append],
  ["services.*.extra_hosts", appendNew],
  ["services.*.healthcheck.test", replace],
  ["services.*.labels", append],
  ["services.*.volumes.*.volume.labels", append],
  ["services.*.logging", mergeLogging],
  ["services.*.models", mergeNamed(() => null)],
  ["services.*.networks", mergeNamed(() => null)],
  ["services.*.sysctls", append],
  ["services.*.tmpfs", append],
  ["services.*.ulimits.*", replace],
]);

function mergeMaps(base: Mapping, over: Mapping, path: readonly string[], tell: Tell): Mapping {
  const merged = copyOf(base);
  for (const [key, value] of over) {
    const before = base.get(key);
    const place = placeIn(over, key);
    const next = [...path, key];
    const isNew = !base.has(key);
    if (!isNew && hasOtherForm(before as Value, value, next)) {
      tell(problem("has another form in the file before it", place, { path: next.slice(1).join(".") }));
      continue;
    }
    merged.set(key, isNew ? value : mergeValues(before as Value, value, next, tell));
    // A definition that is only added to keeps the place where it began.
    if (isNew || !isMapping(before)) setPlace(merged, key, place);
  }
  return merged;
}

function mergeValues(base: Value, over: Value, path: readonly string[], tell: Tell): Value {
  const rule = matching(path, RULES);
  if (rule !== undefined) return rule(base, over, path, tell);
  if (over === null) return base;
  if (isMapping(base) && isMapping(over)) return mergeMaps(base, over, path, tell);
  return Array.isArray(base) && Array.isArray(over) ? joined(base, over) : over;
}

/** Whether two values can't be merged: a map or a list, and something else. */
function hasOtherForm(base: Value, over: Value, path: readonly string[]): boolean {
  if (over === null || matching(path, RULES) !== undefined) return false;
  return isMapping(base) ? !isMapping(over) : Array.isArray(base) && !Array.isArray(over);
}

/** Address ranges are the same where their subnet is. */
function mergeIpam(base: Value, over: Value, path: readonly string[], tell: Tell): Value {
  if (!Array.isArray(base) || !Array.isArray(over)) return over ?? base;
  const subnets = new Map<Value | undefined, Mapping>();
  for (const range of base.filter(isMapping)) {
    for (const other of over.filter(isMapping)) {
      const same = other.get("subnet") === range.get("subnet");
      if (!same && !subnets.has(other.get("subnet"))) subnets.set(other.get("subnet"), other);
      else {
        const merged = mergeMaps(range, other, path, tell);
        subnets.set(merged.get("subnet"), merged);
      }
    }
  }
  return [...subnets.values()];
}

function joined(first: Value[], second: Value[]): Value[] {
  const list = [...first, ...second];
  for (const index of list.keys()) {
    setPlace(list, index, index < first.length ? placeIn(first, index) : placeIn(second, index - first.length));
  }
  return list;
}

/** A map, list or single text as the list of `KEY=VALUE` that Compose merges. */
function asList(value: Value): Value[] {
  if (Array.isArray(value)) return value;
  if (isMapping(value)) return [...value].flatMap(([key, each]) => pairs(key, each)).sort();
  return typeof value === "string" ? [value] : [];
}

function pairs(key: string, value: Value): string[] {
  if (value === null) return [key];
  return Array.isArray(value) ? value.map((each) => `${key}=${String(each)}`) : [`${key}=${String(value)}`];
}

function asMap(value: Value, missing: () => Value): Mapping {
  if (isMapping(value)) return value;
  const map: Mapping = new Map();
  if (!Array.isArray(value)) return map;
  for (const [index, name] of value.entries()) {
    map.set(String(name), missing());
    setPlace(map, String(name), placeIn(value, index));
  }
  return map;
}

function asBuild(value: Value): Mapping {
  if (isMapping(value)) return value;
  return typeof value === "string" ? new Map<string, Value>([["context", value]]) : new Map();
}
