import { snakeCase } from "../../model/attribute-name.ts";
import type { Definition } from "../../model/definition.ts";
import { type Model, model } from "../../model/model.ts";
import { nearName } from "../../model/near-name.ts";
import { type Network, network } from "../../model/network.ts";
import { type Config, config, type Secret, secret } from "../../model/secret.ts";
import { type Volume, volume } from "../../model/volume.ts";
import { problem } from "./problem.ts";
import { toSpec } from "./to-spec.ts";
import { childOf, isMapping, type Mapping, placeAt, placeIn, type Value } from "./tree.ts";

/** What the services of a Compose file can use, by name. */
export interface Definitions {
  readonly models: ReadonlyMap<string, Model>;
  readonly networks: ReadonlyMap<string, Network>;
  readonly volumes: ReadonlyMap<string, Volume>;
  readonly secrets: ReadonlyMap<string, Secret>;
  readonly configs: ReadonlyMap<string, Config>;
}

/** Everything beside services that a document defines. */
export function definitionsOf(document: Mapping): Definitions {
  const all = <Handle>(section: string, make: (name: string, spec: never) => Handle): ReadonlyMap<string, Handle> =>
    new Map(
      entriesOf(document, section).map(([name, value]) => [
        name,
        { ...make(name, toSpec(resourceOf(value)) as never), definition: definitionOf(document, section, name) },
      ]),
    );
  return {
    models: all("models", model),
    networks: withDefault(all("networks", network), document),
    volumes: all("volumes", volume),
    secrets: all("secrets", secret),
    configs: all("configs", config),
  };
}

// Compose adds the network that services without `networks` join; it may be named without being defined.
function withDefault(networks: ReadonlyMap<string, Network>, document: Mapping): ReadonlyMap<string, Network> {
  if (networks.has("default")) return networks;
  return new Map([...networks, ["default", { ...network("default"), definition: definitionOf(document, "services", "default") }]]);
}

/** The definitions of a section, by name. */
export function entriesOf(document: Mapping, section: string): readonly [string, Value][] {
  const definitions = document.get(section) ?? null;
  if (definitions === null) return [];
  if (!isMapping(definitions)) throw problem("is not a map of definitions by name", placeIn(document, section), { path: section });
  return [...definitions];
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
    return /^\d+$/.test(attribute) && !value.some(isRange) ? Number(attribute) : attribute;
  }
  // A key of the user's stands as it is.
  return isMapping(value) && value.has(attribute) ? attribute : snakeCase(attribute);
}

function isRange(item: Value): boolean {
  return typeof item === "string" && /\d-\d+(?:[:/]|$)/.test(item);
}

/** The definition of a name. */
export function referred<Handle>(
  handles: ReadonlyMap<string, Handle>,
  name: string,
  what: string,
  list: Mapping | Value[],
  key: string | number,
): Handle {
  const handle = handles.get(name);
  if (handle !== undefined) return handle;
  const near = nearName(name, handles.keys());
  throw problem(`there is no ${what} "${name}"${near === undefined ? "" : `; did you mean "${near}"?`}`, placeIn(list, key), {
    kind: "reference",
  });
}

// The old `external: { name: X }` says what `external: true` and `name: X` say.
function resourceOf(value: Value): Mapping {
  if (!isMapping(value)) return new Map();
  const external = value.get("external");
  if (!isMapping(external)) return value;
  return new Map([...value, ["external", true], ...(external.has("name") ? [["name", external.get("name") ?? null] as const] : [])]);
}
