import { profileSign } from "../../model/schema/security.ts";
import type { WrittenPath } from "../../model/written.ts";
import { beginsWithVariable } from "./interpolate.ts";
import { matching } from "./path-pattern.ts";
import { isPathOfHost, splitMount } from "./split-mount.ts";
import { isMapping, type Mapping, mapEntries, mapItems, type Value } from "./tree.ts";

/** Finds the path in a text; `undefined` where it has none that is relative to a folder. */
type FindPath = (text: string, siblings: Mapping, above: Mapping) => WrittenPath | undefined;

/** What to put in the place of a path. */
export type ChangePath<To> = (path: WrittenPath) => To;

/** A document whose paths of the host are changed; `change` sees no URLs, no names of volumes and no absolute paths. */
export function changePaths(document: Mapping, change: ChangePath<Value>): Mapping {
  return changed(document, [], PATHS, change) as Mapping;
}

/** The same for what is written to another folder: also the paths that start at the project's folder, in whatever file they stand. */
export function changeAllPaths(document: Mapping, change: ChangePath<Value>): Mapping {
  return changed(document, [], ALL_PATHS, change) as Mapping;
}

/** The text that contains a path, with another path in it. */
export function withPath({ before, after }: WrittenPath, path: string): string {
  return `${before}${path}${after}`;
}

const whole: FindPath = (text) => relative("", text, "");

const context: FindPath = (text) => (isRemote(text) ? undefined : relative("", text, ""));

const namedContext: FindPath = (text) => {
  const [, name = "", path = ""] = /^([^=]*=)(.*)$/s.exec(text) ?? [];
  return isRemote(path) ? undefined : relative(name, path, "");
};

const sshKey: FindPath = (text) => {
  const [, id = "", path = ""] = /^([^=]*=)(.*)$/s.exec(text) ?? [];
  return relative(id, path, "");
};

const shortMount: FindPath = (text) => {
  const { source } = splitMount(text);
  // A variable may turn out to be a path: Compose decides once it has its value.
  if (source === undefined || !(isPathOfHost(source) || beginsWithVariable(source))) return undefined;
  return relative("", source, text.slice(source.length));
};

const mountSource: FindPath = (text, siblings) => (siblings.get("type") === "bind" ? relative("", text, "") : undefined);

// A volume that names the local driver, with `o: bind`, is a folder of the host; what a variable says only Compose knows.
const boundDevice: FindPath = (text, siblings, above) => {
  const others = [above.get("driver"), siblings.get("o")].filter((each, index) => each !== ["local", "bind"][index]);
  const found = others.every((each) => typeof each === "string" && each.includes("$")) ? relative("", text, "") : undefined;
  return found === undefined || others.length === 0 ? found : { ...found, isOpen: true };
};

const seccompProfile: FindPath = (text) => {
  const sign = profileSign(text) ?? text;
  return relative(sign, text.slice(sign.length), "");
};

const PATHS: ReadonlyMap<string, FindPath> = new Map<string, FindPath>([
  ["services.*.build", context],
  ["services.*.build.context", context],
  ["services.*.build.additional_contexts.*", context],
  ["services.*.build.ssh.*", whole],
  ["services.*.env_file", whole],
  ["services.*.env_file.*", whole],
  ["services.*.env_file.*.path", whole],
  ["services.*.label_file", whole],
  ["services.*.label_file.*", whole],
  ["services.*.extends.file", whole],
  ["services.*.develop.watch.*.path", whole],
  ["services.*.volumes.*", shortMount],
  ["services.*.volumes.*.source", mountSource],
  ["configs.*.file", whole],
  ["secrets.*.file", whole],
  ["volumes.*.driver_opts.device", boundDevice],
]);

const ALL_PATHS: ReadonlyMap<string, FindPath> = new Map([...PATHS, ["services.*.security_opt.*", seccompProfile]]);

// The list forms `KEY=PATH` of what is a map otherwise.
const LISTED_PATHS: ReadonlyMap<string, FindPath> = new Map<string, FindPath>([
  ["services.*.build.additional_contexts.*", namedContext],
  ["services.*.build.ssh.*", sshKey],
]);

const NONE: Mapping = new Map();
const DEEPEST = 6;

/** @param around what the value stands in, the nearest first. */
function changed(
  value: Value,
  path: readonly string[],
  paths: ReadonlyMap<string, FindPath>,
  change: ChangePath<Value>,
  around: readonly Value[] = [],
): Value {
  if (path.length > DEEPEST) return value;
  const inside = [value, ...around];
  if (isMapping(value)) return mapEntries(value, (each, key) => changed(each, [...path, key], paths, change, inside));
  if (Array.isArray(value)) return mapItems(value, (each, index) => changed(each, [...path, String(index)], paths, change, inside));
  if (typeof value !== "string" || value === "") return value;
  const [siblings, above] = around;
  const find = (Array.isArray(siblings) ? matching(path, LISTED_PATHS) : undefined) ?? matching(path, paths);
  const found = find?.(value, isMapping(siblings) ? siblings : NONE, isMapping(above) ? above : NONE);
  return found === undefined ? value : change(found);
}

function relative(before: string, path: string, after: string): WrittenPath | undefined {
  if (path === "" || /^([/~]|\\\\|[A-Za-z]:[\\/])/.test(path)) return undefined;
  return { kind: "written path", before, path, after, isOpen: beginsWithVariable(path) };
}

// https://docs.docker.com/reference/compose-file/build/#context
function isRemote(text: string): boolean {
  return text.includes("://") || /^(service:|github\.com\/|git@)/.test(text);
}
