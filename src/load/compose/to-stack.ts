import { isRecord } from "../../model/accepted.ts";
import type { Definition } from "../../model/definition.ts";
import type { Dependency } from "../../model/dependency.ts";
import { type AnyService, type ServiceSpec, service, type TaskSpec, task } from "../../model/service.ts";
import type { Stack, StackOptions } from "../../model/stack.ts";
import { type Definitions, definitionOf, definitionsOf, entriesOf, writtenPath } from "./definitions.ts";
import type { LoadedFiles } from "./load-files.ts";
import type { Tell } from "./problem.ts";
import { serviceSpec } from "./service-spec.ts";
import { noAttributes, toSpec } from "./to-spec.ts";
import { copyOf, isMapping, type Mapping, placeAt } from "./tree.ts";

/** The stack that merged Compose files describe. What can't be read is told, and something unknown stands in its place. */
export function toStack(name: string, { document, parts, isWhole }: LoadedFiles, file: string, tell: Tell): Stack {
  const definitions = definitionsOf(document, isWhole, tell);
  const specs = new Map<string, object>();
  for (const [service, attributes] of entriesOf(document, "services", tell)) {
    specs.set(service, isMapping(attributes) ? serviceSpec(service, attributes, definitions, tell) : noAttributes(attributes));
  }
  const completing = new Set(
    [...specs.values()]
      .flatMap(dependenciesOf)
      .filter(({ condition }) => condition === "service_completed_successfully")
      .map(({ on }) => on),
  );
  const services = inOrder(specs).map(([each, spec]): AnyService => {
    const definition = definitionOf(document, "services", each);
    // What another service waits for until it has ended is a task; nothing else in a Compose file says so.
    // What is no object of attributes is refused with the rest.
    const attributes = (isRecord(spec) ? spec : {}) as TaskSpec & ServiceSpec;
    return { ...(completing.has(each) ? task(each, attributes) : service(each, attributes)), spec, definition } as AnyService;
  });
  return Object.freeze<Stack>({
    kind: "stack",
    name,
    services,
    options: optionsOf(document, definitions, tell),
    definition: definitionOfStack(document, file),
    written: { parts },
  });
}

const KNOWN = new Set(["name", "version", "services", "include", "models", "networks", "volumes", "secrets", "configs"]);

// Whatever else stands at the top is an extension, or wrong: the check says so.
function optionsOf(document: Mapping, definitions: Definitions, tell: Tell): StackOptions {
  const rest = copyOf(document);
  for (const key of KNOWN) rest.delete(key);
  const { models, networks, volumes, secrets, configs } = definitions;
  return {
    ...(toSpec(rest, tell) as object),
    models: [...models.values()],
    networks: [...networks.values()].filter(
      ({ name }) => isMapping(document.get("networks")) && (document.get("networks") as Mapping).has(name),
    ),
    volumes: [...volumes.values()],
    secrets: [...secrets.values()],
    configs: [...configs.values()],
  };
}

function definitionOfStack(document: Mapping, file: string): Definition {
  const keys = (path: readonly string[]): readonly (string | number)[] => writtenPath(document, path).map(({ key }) => key);
  return { placeOf: (path) => placeAt(document, path.length === 0 ? ["name"] : keys(path)) ?? { file, line: 1, column: 1 } };
}

function dependenciesOf(spec: object): readonly Dependency[] {
  const { dependsOn } = spec as { dependsOn?: readonly Dependency[] };
  return Array.isArray(dependsOn) ? dependsOn : [];
}

/** Services after those they depend on. A list of open visits: a long chain must not overflow the call stack. */
function inOrder(specs: ReadonlyMap<string, object>): readonly [string, object][] {
  const ordered = new Map<string, object>();
  const seen = new Set<string>();
  const open = [...specs.keys()].map((name) => ({ name, entered: false })).reverse();
  for (let visit = open.pop(); visit !== undefined; visit = open.pop()) {
    const { name, entered } = visit;
    const spec = specs.get(name);
    if (spec === undefined) continue;
    if (entered) ordered.set(name, spec);
    else if (!seen.has(name)) {
      seen.add(name);
      open.push({ name, entered: true }, ...dependenciesOf(spec).map(({ on }) => ({ name: on, entered: false })));
    }
  }
  return [...ordered];
}
