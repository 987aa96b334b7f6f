import type { Dependency } from "../../model/dependency.ts";
import { type AnyService, type ServiceSpec, service, type TaskSpec, task } from "../../model/service.ts";
import type { Stack } from "../../model/stack.ts";
import type { WrittenCompose } from "../../model/written.ts";
import { definitionOf, definitionsOf, entriesOf } from "./definitions.ts";
import { problem } from "./problem.ts";
import { serviceSpec } from "./service-spec.ts";
import { isMapping, type Mapping, placeAt } from "./tree.ts";

/** The stack that a merged Compose file describes. */
export function toStack(name: string, document: Mapping, written: WrittenCompose): Stack {
  const definitions = definitionsOf(document);
  const specs = new Map<string, object>();
  for (const [service, attributes] of entriesOf(document, "services")) {
    if (!isMapping(attributes)) throw problem("is not a map of attributes", placeAt(document, ["services", service]), { path: service });
    specs.set(service, serviceSpec(attributes, definitions));
  }
  const completing = new Set([...specs.values()].flatMap(dependenciesOf).filter(({ condition }) => condition === "service_completed_successfully").map(({ on }) => on));
  const services = inOrder(specs).map(([each, spec]): AnyService => {
    const definition = definitionOf(document, "services", each);
    // What another service waits for until it has ended is a task; nothing else in a Compose file says so.
    return completing.has(each) ? { ...task(each, spec as TaskSpec), definition } : { ...service(each, spec as ServiceSpec), definition };
  });
  const { networks, volumes, secrets, configs } = definitions;
  return Object.freeze<Stack>({
    kind: "stack",
    name,
    services,
    options: { networks: [...networks.values()], volumes: [...volumes.values()], secrets: [...secrets.values()], configs: [...configs.values()] },
    definition: definitionOf(new Map([["", document]]), "", "name"),
    written,
  });
}

function dependenciesOf(spec: object): readonly Dependency[] {
  return (spec as { dependsOn?: readonly Dependency[] }).dependsOn ?? [];
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
