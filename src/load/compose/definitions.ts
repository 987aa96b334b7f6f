import { snakeCase } from "../../model/attribute-name.ts";
import type { Definition } from "../../model/definition.ts";
import { type Model, model } from "../../model/model.ts";
import { nearNameAmong } from "../../model/near-name.ts";
import { type Network, network } from "../../model/network.ts";
import type { Place } from "../../model/place.ts";
import { type Config, config, type Secret, secret } from "../../model/secret.ts";
import { type Volume, volume } from "../../model/volume.ts";
import { problem, type Tell, tellAt } from "./problem.ts";
import { noAttributes, toSpec } from "./to-spec.ts";
import { childOf, isMapping, type Mapping, placeAt, placeIn, type Value } from "./tree.ts";

/** What the services of a Compose file can use, by name. */
export interface Definitions {
  readonly models: ReadonlyMap<string, Model>;
  readonly networks: ReadonlyMap<string, Network>;
  readonly volumes: ReadonlyMap<string, Volume>;
  readonly secrets: ReadonlyMap<string, Secret>;
  readonly configs: ReadonlyMap<string, Config>;
  /** Whether a section may have more definitions than could be read. */
  readonly lacks: (section: DefinedSection) => boolean;
  /** The name in a section that was probably meant by another one. */
  readonly nearest: Readonly<Record<DefinedSection, (name: string) => string | undefined>>;
  /** What stands for names that are not defined, by section and name. */
  readonly unknown: Map<string, unknown>;
}

/** What a Compose file defines beside services. */
export type DefinedSection = "models" | "networks" | "volumes" | "secrets" | "configs";

/** Everything beside services that a document defines. */
export function definitionsOf(document: Mapping, isWhole: boolean, tell: Tell): Definitions {
  const all = <Handle>(section: DefinedSection, make: (name: string, spec: never) => Handle): ReadonlyMap<string, Handle> =>
    new Map(
      entriesOf(document, section, tell).map(([name, value]) => [
        name,
        { ...make(name, {} as never), spec: resourceSpec(value, tellAt(tell, name)), definition: definitionOf(document, section, name) },
      ]),
    );
  const found = {
    models: all("models", model),
    networks: withDefault(all("networks", network), document),
    volumes: all("volumes", volume),
    secrets: all("secrets", secret),
    configs: all("configs", config),
  };
  return {
    ...found,
    nearest: {
      models: nearNameAmong(found.models.keys()),
      networks: nearNameAmong(found.networks.keys()),
      volumes: nearNameAmong(found.volumes.keys()),
      secrets: nearNameAmong(found.secrets.keys()),
      configs: nearNameAmong(found.configs.keys()),
    },
    unknown: new Map(),
    lacks: (section) => !isWhole || !isMapping(document.get(section) ?? new Map()),
  };
}

// Compose adds the network that services without `networks` join; it may be named without being defined.
function withDefault(networks: ReadonlyMap<string, Network>, document: Mapping): ReadonlyMap<string, Network> {
  if (networks.has("default")) return networks;
  return new Map([...networks, ["default", { ...network("default"), definition: definitionOf(document, "services", "default") }]]);
}

/** The definitions of a section, by name. */
export function entriesOf(document: Mapping, section: string, tell: Tell): readonly [string, Value][] {
  const definitions = document.get(section) ?? null;
  if (definitions === null) return [];
  if (isMapping(definitions)) return [...definitions];
  tell(problem("is not a map of definitions by name", placeIn(document, section), { path: section }));
  return [];
}

/** A definition that knows where each of its attributes was written. */
export function definitionOf(document: Mapping, section: string, name: string): Definition {
  const root = document.get(section) ?? null;
  const own = childOf(root, name) ?? null;
  return {
    placeOf: (path) => placeAt(root, [name, ...writtenPath(own, path).map(({ key }) => key)]),
    namesOf: (path) => writtenPath(own, path).map(({ name: each }) => each),
  };
}

/** A path of the model as it stands in a file. What is a map in the model may be a list there: `["A=1"]`, `["db"]`. */
export function writtenPath(root: Value, path: readonly string[]): readonly { key: string | number; name: string }[] {
  let value: Value | undefined = root;
  return path.map((attribute) => {
    const key = keyIn(value, attribute);
    value = childOf(value, key);
    return { key, name: typeof key === "number" ? attribute : key };
  });
}

function keyIn(value: Value | undefined, attribute: string): string | number {
  if (Array.isArray(value)) {
    const index = value.findIndex((item) => item === attribute || (typeof item === "string" && item.startsWith(`${attribute}=`)));
    if (index >= 0) return index;
    // A range of ports is one item there, and several ports in the model: which item is meant is not known then.
    return isIndex(attribute) && !value.some(isRange) ? Number(attribute) : attribute;
  }
  if (!isMapping(value)) return snakeCase(attribute);
  // A key of the user's stands as it is; what is a list in the model may be a map by name there.
  return value.has(attribute)
    ? attribute
    : ((isIndex(attribute) ? [...value.keys()][Number(attribute)] : undefined) ?? snakeCase(attribute));
}

function isIndex(attribute: string): boolean {
  return /^\d+$/.test(attribute);
}

function isRange(item: Value): boolean {
  return typeof item === "string" && /\d-\d+(?:[:/]|$)/.test(item);
}

/** The definition of a name; where there is none what was probably meant, so that it does not seem to be unused, or something unknown. */
export function referred<Section extends DefinedSection>(
  definitions: Definitions,
  section: Section,
  name: string,
  place: Place | undefined,
  tell: Tell,
): ReturnType<(typeof UNKNOWN)[Section]> {
  const handles: ReadonlyMap<string, unknown> = definitions[section];
  if (handles.has(name)) return handles.get(name) as never;
  const near = definitions.nearest[section](name);
  if (!definitions.lacks(section)) {
    const meant = near === undefined ? "" : `; did you mean "${near}"?`;
    tell(problem(`there is no ${section.slice(0, -1)} "${name}"${meant}`, place, { kind: "reference" }));
  }
  return (handles.get(near ?? name) ?? unknownHandle(definitions, section, name)) as never;
}

/** Each name stands for one thing, known or not. */
function unknownHandle({ unknown }: Definitions, section: DefinedSection, name: string): unknown {
  // What can't be a name is told where it stands.
  const key = `${section} ${/^[\w.-]+$/.test(name) ? name : "unknown"}`;
  const handle = unknown.get(key) ?? { ...UNKNOWN[section](key.slice(section.length + 1)), definition: { placeOf: () => undefined } };
  unknown.set(key, handle);
  return handle;
}

/** In the place of what is not defined: nothing is wrong with it. */
const UNKNOWN = {
  models: (name: string): Model => model(name, { model: name }),
  networks: (name: string): Network => network(name),
  volumes: (name: string): Volume => volume(name),
  secrets: (name: string): Secret => secret(name, { external: true }),
  configs: (name: string): Config => config(name, { external: true }),
};

// The old `external: { name: X }` says what `external: true` and `name: X` say.
function resourceSpec(value: Value, tell: Tell): unknown {
  if (!isMapping(value)) return noAttributes(value);
  const external = value.get("external");
  if (!isMapping(external)) return toSpec(value, tell);
  const name = external.has("name") ? [["name", external.get("name") ?? null] as const] : [];
  return toSpec(new Map([...value, ["external", true], ...name]), tell);
}
