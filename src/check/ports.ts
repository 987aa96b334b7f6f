import type { Issue } from "../errors.ts";
import type { CheckedService } from "../model/checked-stack.ts";
import { isInterpolation } from "../model/interpolation.ts";
import { type Port, portRange } from "../model/schema/port.ts";
import { type Draft, issueAt } from "./draft.ts";

/** Host ports that two containers would fight for, and what only one container can have. */
export function checkPorts({ services }: Draft): readonly Issue[] {
  const issues: Issue[] = [];
  const owners: Owners = new Map();
  for (const service of services.values()) {
    issues.push(...replicaIssues(service));
    // Services of different profiles may never run together.
    if (service.model.profiles?.length) continue;
    for (const key of fixedPorts(service)) {
      const taken = owners.get(key.port) ?? [];
      const other = taken.find((each) => overlap(each.hostIp, key.hostIp));
      if (other !== undefined)
        issues.push(
          issueAt(service.definition, `${service.name}.ports`, `host port ${key.port} is published by "${other.service}" already`),
        );
      owners.set(key.port, [...taken, { service: service.name, hostIp: key.hostIp }]);
    }
  }
  // What is fixed stands first: a range takes what is left.
  return [...issues, ...[...services.values()].flatMap((service) => rangeIssues(service, owners))];
}

interface Owner {
  readonly service: string;
  readonly hostIp: string;
}

/** Who publishes a host port, by `PORT/PROTOCOL`. */
type Owners = Map<string, Owner[]>;

function rangeIssues({ name, definition, model }: CheckedService, owners: Owners): readonly Issue[] {
  if (model.profiles?.length) return [];
  return (model.ports ?? []).flatMap((port) => {
    const { published, protocol = "tcp" } = port;
    // What a variable will say is not known yet.
    if (isFixed(port) || typeof published !== "string" || isInterpolation(port.hostIp) || isInterpolation(protocol)) return [];
    const hostIp = addressOf(port);
    const range = portRange(published) ?? [];
    const taken = range.map((each) => owners.get(`${each}/${protocol}`)?.find((owner) => overlap(owner.hostIp, hostIp)));
    if (taken.length === 0 || taken.includes(undefined)) return [];
    const names = [...new Set(taken.map((owner) => `"${owner?.service}"`))];
    const message = `none of the host ports ${published}/${protocol} is free: ${names.join(", ")} ${names.length === 1 ? "publishes" : "publish"} them`;
    return [issueAt(definition, `${name}.ports`, message)];
  });
}

// An empty address stands for all of them.
function overlap(one: string, other: string): boolean {
  return one === other || one === "" || other === "";
}

function addressOf({ hostIp }: Port): string {
  return typeof hostIp === "string" && hostIp !== "0.0.0.0" && hostIp !== "::" ? hostIp : "";
}

function fixedPorts({ model }: CheckedService): readonly { port: string; hostIp: string }[] {
  return (model.ports ?? []).flatMap((port) => {
    if (!isFixed(port)) return [];
    const hostIp = addressOf(port);
    const protocol = port.protocol ?? "tcp";
    // What a variable will say is not known yet.
    return isInterpolation(protocol) || isInterpolation(port.hostIp) ? [] : [{ port: `${String(port.published)}/${protocol}`, hostIp }];
  });
}

function isFixed({ published }: Port): boolean {
  return typeof published === "string" && /^\d+$/.test(published) && published !== "0";
}

function replicaIssues({ name, definition, model }: CheckedService): readonly Issue[] {
  const replicas = model.scale ?? model.deploy?.replicas;
  if (typeof replicas !== "number" || isInterpolation(replicas) || replicas < 2) return [];
  const issues: Issue[] = [];
  if (model.containerName !== undefined)
    issues.push(issueAt(definition, `${name}.containerName`, `${replicas} replicas can't share one container name`));
  const fixed = (model.ports ?? []).find(isFixed);
  if (fixed !== undefined)
    issues.push(
      issueAt(
        definition,
        `${name}.ports`,
        `${replicas} replicas can't share host port ${String(fixed.published)}`,
        'publish a range, e.g. "8000-8002:80", or no host port',
      ),
    );
  return issues;
}
