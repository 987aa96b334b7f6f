import type { Issue } from "../errors.ts";
import type { CheckedService } from "../model/checked-stack.ts";
import { isInterpolation } from "../model/interpolation.ts";
import type { Port } from "../model/schema/port.ts";
import { type Draft, issueAt } from "./draft.ts";

/** Host ports that two containers would fight for, and what only one container can have. */
export function checkPorts({ services }: Draft): readonly Issue[] {
  const issues: Issue[] = [];
  const owners = new Map<string, { service: string; hostIp: string }[]>();
  for (const service of services.values()) {
    issues.push(...replicaIssues(service));
    // Services of different profiles may never run together.
    if (service.model.profiles?.length) continue;
    for (const key of fixedPorts(service)) {
      const taken = owners.get(key.port) ?? [];
      const other = taken.find((each) => each.hostIp === key.hostIp || each.hostIp === "" || key.hostIp === "");
      if (other !== undefined)
        issues.push(
          issueAt(service.definition, `${service.name}.ports`, `host port ${key.port} is published by "${other.service}" already`),
        );
      owners.set(key.port, [...taken, { service: service.name, hostIp: key.hostIp }]);
    }
  }
  return issues;
}

function fixedPorts({ model }: CheckedService): readonly { port: string; hostIp: string }[] {
  return (model.ports ?? []).flatMap((port) => {
    if (!isFixed(port)) return [];
    const hostIp = typeof port.hostIp === "string" && port.hostIp !== "0.0.0.0" && port.hostIp !== "::" ? port.hostIp : "";
    const protocol = port.protocol ?? "tcp";
    // What a variable will say is not known yet.
    return isInterpolation(protocol) || isInterpolation(port.hostIp) ? [] : [{ port: `${String(port.published)}/${protocol}`, hostIp }];
  });
}

function isFixed({ published }: Port): boolean {
  return typeof published === "string" && /^\d+$/.test(published) && published !== "0";
}

function replicaIssues({ name, definition, model }: CheckedService): readonly Issue[] {
  const replicas = model.deploy?.replicas;
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
