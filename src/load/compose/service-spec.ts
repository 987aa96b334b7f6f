import { camelCase } from "../../model/attribute-name.ts";
import type { Condition, Dependency } from "../../model/dependency.ts";
import type { Model, ModelUse } from "../../model/model.ts";
import type { Network } from "../../model/network.ts";
import { type Definitions, referred } from "./definitions.ts";
import { problem } from "./problem.ts";
import { longMount, longPort } from "./short-forms.ts";
import { type Spec, toSpec, toValue } from "./to-spec.ts";
import { isMapping, type Mapping, placeIn, setPlace, type Value } from "./tree.ts";

/** The attributes of a service as a stack in TypeScript would give them: handles for what it uses, dependencies by name. */
export function serviceSpec(service: Mapping, definitions: Definitions): object {
  const plain: Mapping = new Map();
  const converted: Record<string, unknown> = {};
  for (const [key, value] of service) {
    const convert = CONVERSIONS.get(key);
    if (convert === undefined || value === null) {
      plain.set(key, value);
      setPlace(plain, key, placeIn(service, key));
    } else converted[camelCase(key)] = convert(value, definitions, service, key);
  }
  const spec: Record<string, unknown> = { ...toSpec(plain), ...converted };
  return withCredentialSpec(withBuildSecrets(spec, service.get("build") ?? null, definitions), service, definitions);
}

type Convert = (value: Value, definitions: Definitions, service: Mapping, key: string) => unknown;

const CONVERSIONS: ReadonlyMap<string, Convert> = new Map<string, Convert>([
  ["depends_on", (value) => dependenciesOf(value)],
  [
    "networks",
    (value, { networks }) =>
      named(value, (name, spec, at) => attachment(referred(networks, name, "network", at, placeKey(value, name)), spec)),
  ],
  [
    "models",
    (value, { models }) => named(value, (name, spec, at) => use(referred(models, name, "model", at, placeKey(value, name)), spec)),
  ],
  [
    "volumes",
    (value, definitions, service, key) =>
      listOf(value, service, key).map((item, index) => mountOf(item, definitions, value as Value[], index)),
  ],
  ["ports", (value, _, service, key) => listOf(value, service, key).flatMap((item, index) => portOf(item, value as Value[], index))],
  ["secrets", (value, { secrets }, service, key) => grants(listOf(value, service, key), secrets, "secret")],
  ["configs", (value, { configs }, service, key) => grants(listOf(value, service, key), configs, "config")],
]);

function dependenciesOf(value: Value): readonly Dependency[] {
  return named(value, (on, spec): Dependency => {
    const {
      condition = "service_started",
      restart,
      required = true,
    } = spec as { condition?: Condition; restart?: boolean; required?: boolean };
    return { kind: "dependency", on, condition, required, ...(restart === undefined ? {} : { restart }) };
  });
}

/** Names in a list, or a map from names to attributes. */
function named<T>(value: Value, make: (name: string, spec: object, container: Mapping | Value[]) => T): readonly T[] {
  if (isMapping(value)) return [...value].map(([name, spec]) => make(name, isMapping(spec) ? toSpec(spec) : {}, value));
  if (!Array.isArray(value)) return [];
  // A name that is a variable is known only at launch.
  return value.filter((name) => !String(name).startsWith("$")).map((name) => make(String(name), {}, value));
}

function placeKey(value: Value, name: string): string | number {
  return Array.isArray(value) ? value.indexOf(name) : name;
}

function attachment(network: Network, spec: object): object {
  return Object.keys(spec).length === 0 ? network : { kind: "network attachment", network, spec };
}

function use(model: Model, spec: object): Model | ModelUse {
  return Object.keys(spec).length === 0 ? model : { kind: "model use", model, spec: spec as ModelUse["spec"] };
}

function mountOf(item: Value, { volumes }: Definitions, list: Value[], index: number): unknown {
  const place = placeIn(list, index);
  const mount = isMapping(item) ? (toSpec(item) as ReturnType<typeof longMount>) : longMount(String(item), place);
  const { type, source, ...rest } = mount;
  if (type !== "volume" || typeof source !== "string") return mount;
  const { target, ...spec } = rest;
  return { kind: "volume mount", volume: referred(volumes, source, "volume", list, index), target, spec };
}

function portOf(item: Value, list: Value[], index: number): Spec | readonly Spec[] {
  const place = placeIn(list, index);
  if (typeof item === "string") return longPort(item, place);
  const port = toValue(item, "", place);
  // The port of the container is a number; elsewhere a target is a text.
  const target = isMapping(item) ? Number(item.get("target")) : Number.NaN;
  return Number.isNaN(target) ? port : { ...(port as object), target };
}

function grants(list: Value[], handles: ReadonlyMap<string, object>, what: string): readonly unknown[] {
  return list.map((item, index) => {
    if (!isMapping(item)) return referred(handles, String(item), what, list, index);
    const { source, target, ...spec } = toSpec(item);
    return { kind: "grant", of: referred(handles, String(source), what, list, index), target, spec };
  });
}

function withCredentialSpec(spec: object, service: Mapping, { configs }: Definitions): object {
  const credentials = service.get("credential_spec") ?? null;
  const name = isMapping(credentials) ? credentials.get("config") : undefined;
  if (!isMapping(credentials) || typeof name !== "string") return spec;
  return { ...spec, credentialSpec: { ...toSpec(credentials), config: referred(configs, name, "config", credentials, "config") } };
}

function withBuildSecrets(spec: Record<string, unknown>, build: Value, { secrets }: Definitions): object {
  const used = isMapping(build) ? build.get("secrets") : undefined;
  if (!Array.isArray(used)) return spec;
  return { ...spec, build: { ...(spec["build"] as object), secrets: grants(used, secrets, "secret") } };
}

function listOf(value: Value, service: Mapping, key: string): Value[] {
  if (Array.isArray(value)) return value;
  throw problem("is not a list", placeIn(service, key), { path: key });
}
