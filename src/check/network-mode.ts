import type { Issue } from "../errors.ts";
import type { CheckedService } from "../model/checked-stack.ts";
import { type Draft, issueAt } from "./draft.ts";

/** What a service can't have beside a network that is not its own. */
export function checkNetworkModes({ services }: Draft): readonly Issue[] {
  return [...services.values()].flatMap((service) => issuesOf(service));
}

function issuesOf({ name, definition, model }: CheckedService): readonly Issue[] {
  const { networkMode: mode } = model;
  if (typeof mode !== "string") return [];
  const issues: Issue[] = [];
  if (model.networks !== undefined && model.networks.size > 0) {
    const message = `"networkMode" and "networks" contradict each other: a service has either the network of "${mode}" or networks of its own`;
    issues.push(issueAt(definition, `${name}.networkMode`, message));
  }
  if (model.ports !== undefined && model.ports.length > 0 && !hasOwnNetwork(mode)) {
    const hint = mode === "host" ? "what it listens on can be reached on the host as it is" : undefined;
    issues.push(issueAt(definition, `${name}.ports`, `ports can't be published with networkMode: "${mode}"`, hint));
  }
  return issues;
}

function hasOwnNetwork(mode: string): boolean {
  return !["none", "host"].includes(mode) && !/^(service|container):/.test(mode);
}
