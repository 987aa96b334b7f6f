import { camelCase } from "../../model/attribute-name.ts";
import type { Condition, Dependency } from "../../model/dependency.ts";
import { isInterpolation } from "../../model/interpolation.ts";
import type { Model, ModelUse } from "../../model/model.ts";
import type { Network } from "../../model/network.ts";
import type { Place } from "../../model/place.ts";
import { ABSENT_IF_EMPTY } from "./attribute-forms.ts";
import { type Definitions, referred } from "./definitions.ts";
import { problem, type Tell, tellAt } from "./problem.ts";
import { isOpenMount, longMount } from "./short-forms.ts";
import { isTextItem, shown } from "./text-item.ts";
import { attributeOf, type Spec, toSpec, toText, toValue } from "./to-spec.ts";
import { isMapping, type Mapping, placeIn, setPlace, type Value } from "./tree.ts";

/** The attributes of a service as a stack in TypeScript would give them: handles for what it uses, dependencies by name. */
export function serviceSpec(name: string, service: Mapping, definitions: Definitions, tell: Tell): object {
  const plain: Mapping = new Map();
  const converted: Record<string, unknown> = {};
  for (const [written, value] of service) {
    const key = attributeOf(written, placeIn(service, written), tellAt(tell, `${name}.${written}`));
    if (value === "" && ABSENT_IF_EMPTY.has(key)) continue;
    const convert = CONVERSIONS.get(key);
    if (convert === undefined || value === null || !canBeTaken(key, value)) {
      plain.set(key, value);
      setPlace(plain, key, placeIn(service, written));
    } else converted[camelCase(key)] = convert(value, definitions, tellAt(tell, `${name}.${key}`));
  }
  const spec: Record<string, unknown> = { ...toSpec(plain, tellAt(tell, name)), ...converted };
  const build = service.get("build") ?? null;
  return withCredentialSpec(
    withBuildSecrets(spec, build, definitions, tellAt(tell, `${name}.build.secrets`)),
    service,
    definitions,
    tellAt(tell, `${name}.credential_spec`),
  );
}

type Convert = (value: Value, definitions: Definitions, tell: Tell) => unknown;

const CONVERSIONS: ReadonlyMap<string, Convert> = new Map<string, Convert>([
  ["depends_on", (value, _, tell) => dependenciesOf(value, tell)],
  [
    "networks",
    (value, definitions, tell) =>
      named(value, tell, (name, spec, ...at) => attachment(referred(definitions, "networks", name, ...at), spec)),
  ],
  [
    "models",
    (value, definitions, tell) => named(value, tell, (name, spec, ...at) => use(referred(definitions, "models", name, ...at), spec)),
  ],
  ["volumes", (value, definitions, tell) => items(value, (item, place) => mountOf(item, definitions, place, tell))],
  ["ports", (value, _, tell) => items(value, (item, place) => portOf(item, place, tell))],
  ["secrets", (value, definitions, tell) => grants(value, definitions, "secrets", tell)],
  ["configs", (value, definitions, tell) => grants(value, definitions, "configs", tell)],
]);

/** Whether a value has a form that can be converted; what is wrong with any other one says the check. */
function canBeTaken(key: string, value: Value): boolean {
  return Array.isArray(value) || (isMapping(value) && ["depends_on", "networks", "models"].includes(key));
}

function items(value: Value, read: (item: Value, place: Place | undefined) => readonly unknown[]): readonly unknown[] {
  const list = value as Value[];
  return list.flatMap((item, index) => read(item, placeIn(list, index)));
}

function dependenciesOf(value: Value, tell: Tell): readonly Dependency[] {
  if (isMapping(value))
    for (const [on, spec] of value)
      if (spec === null) tell(problem("is not a map of attributes (write { condition: ... })", placeIn(value, on), { path: on }));
  return named(value, tell, (on, spec): Dependency => {
    const {
      condition = "service_started",
      restart,
      required = true,
    } = spec as { condition?: Condition; restart?: boolean; required?: boolean };
    return { kind: "dependency", on, condition, required, ...(restart === undefined ? {} : { restart }) };
  });
}

type MakeNamed<T> = (name: string, spec: object, place: Place | undefined, tell: Tell) => T;

/** Names in a list, or a map from names to attributes. */
function named<T>(value: Value, tell: Tell, make: MakeNamed<T>): readonly T[] {
  if (isMapping(value)) return [...value].map(([name, spec]) => namedByKey(name, spec, placeIn(value, name), tellAt(tell, name), make));
  const list = value as Value[];
  const seen = new Set<Value>();
  return list.flatMap((name, index) => {
    const place = placeIn(list, index);
    if (!isTextItem(name, "a name", place, tell)) return [];
    if (seen.has(name)) tell(problem(`"${name}" stands in the list already`, place));
    seen.add(name);
    // A name that is a variable is known only at launch.
    return name.startsWith("$") ? [] : [make(name, {}, place, tell)];
  });
}

function namedByKey<T>(name: string, spec: Value, place: Place | undefined, tell: Tell, make: MakeNamed<T>): T {
  if (spec !== null && !isMapping(spec)) tell(problem(`${shown(spec)} is not a map of attributes`, place));
  return make(name, isMapping(spec) ? toSpec(spec, tell) : {}, place, tell);
}

function attachment(network: Network, spec: object): object {
  return Object.keys(spec).length === 0 ? network : { kind: "network attachment", network, spec };
}

function use(model: Model, spec: object): Model | ModelUse {
  return Object.keys(spec).length === 0 ? model : { kind: "model use", model, spec: spec as ModelUse["spec"] };
}

function mountOf(item: Value, definitions: Definitions, place: Place | undefined, tell: Tell): readonly unknown[] {
  if (!isMapping(item) && !isTextItem(item, 'a mount (write "./data:/data" or { type, source, target })', place, tell)) return [item];
  if (!isMapping(item) && isOpenMount(item)) return [toText(item, place, tell)];
  const mount = isMapping(item) ? (toSpec(item, tell) as ReturnType<typeof longMount>) : longMount(item, place, tell);
  const { type, source, ...rest } = mount;
  if (type !== "volume" || typeof source !== "string") return [mount];
  // A volume of no name is a new one for each container.
  if (source === "") return [{ type, ...rest }];
  const { target, ...spec } = rest;
  return [{ kind: "volume mount", volume: referred(definitions, "volumes", source, place, tell), target, spec }];
}

function portOf(item: Value, place: Place | undefined, tell: Tell): readonly unknown[] {
  if (typeof item === "string") return [toText(item, place, tell)];
  const port = toValue(item, "", place, tell);
  // The port of the container is a number; elsewhere a target is a text.
  const target = isMapping(item) ? Number(item.get("target")) : Number.NaN;
  return [Number.isNaN(target) ? port : { ...(port as object), target }];
}

function grants(value: Value, definitions: Definitions, section: "secrets" | "configs", tell: Tell): readonly unknown[] {
  return items(value, (item, place) => {
    if (!isMapping(item) && !isTextItem(item, "a name", place, tell)) return [item];
    const { source = null, target, ...spec }: { readonly [key: string]: Spec } = isMapping(item) ? toSpec(item, tell) : { source: item };
    // A name that is a variable is known only at launch.
    if (isInterpolation(source) || (typeof source === "string" && source.startsWith("$"))) return [];
    if (typeof source !== "string") tell(problem(`names no ${section.slice(0, -1)} (write source: NAME)`, place));
    if (typeof source !== "string") return [item];
    const of = referred(definitions, section, source, place, tell);
    return [isMapping(item) ? { kind: "grant", of, target, spec } : of];
  });
}

function withCredentialSpec(spec: object, service: Mapping, definitions: Definitions, tell: Tell): object {
  const credentials = service.get("credential_spec") ?? null;
  const name = isMapping(credentials) ? credentials.get("config") : undefined;
  if (!isMapping(credentials) || typeof name !== "string") return spec;
  // A name that is unknown stays a name: the check says so.
  const config = definitions.configs.get(name);
  return config === undefined ? spec : { ...spec, credentialSpec: { ...toSpec(credentials, tell), config } };
}

function withBuildSecrets(spec: Record<string, unknown>, build: Value, definitions: Definitions, tell: Tell): object {
  const used = isMapping(build) ? build.get("secrets") : undefined;
  if (!Array.isArray(used)) return spec;
  return { ...spec, build: { ...(spec["build"] as object), secrets: grants(used, definitions, "secrets", tell) } };
}
