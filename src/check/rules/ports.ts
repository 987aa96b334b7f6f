import type { Issue } from "../../errors.ts";
import type { CheckedService } from "../../model/checked-stack.ts";
import { placeOf } from "../../model/definition.ts";
import { isInterpolation } from "../../model/interpolation.ts";
import { type Port, portRange } from "../../model/schema/port.ts";
import { type Draft, issueAt } from "../draft.ts";
import { atService, eachService } from "../judging.ts";
import { rule } from "../rule.ts";

export const CONTAINER_NAME_WITH_REPLICAS = rule({
  name: "container-name-with-replicas",
  severity: "error",
  refuses: "every stack",
  summary: "A service with several replicas has a container name.",
  why: "A name can be had by one container only: Compose refuses the file.",
  fix: "Take `container_name` out: Compose numbers the containers.",
  bad: `services:
  web:
    image: nginx:1.29
    container_name: front
    deploy:
      replicas: 2
`,
  good: `services:
  web:
    image: nginx:1.29
    deploy:
      replicas: 2
`,
  sources: ["Measured: `docker compose config` 2.40 refuses it"],
  judge: eachService((service) => {
    const replicas = replicasOf(service);
    if (replicas === undefined || service.model.containerName === undefined) return [];
    return [atService(service, "containerName", `${replicas} replicas can't share one container name`)];
  }),
});

export const HOST_PORT_WITH_REPLICAS = rule({
  name: "host-port-with-replicas",
  severity: "error",
  refuses: "typescript",
  summary: "A service with several replicas publishes one fixed host port.",
  why: "The first container gets the port, and the others fail to start. (Only Swarm shares a port between replicas.)",
  fix: "Publish a range, no host port, or put a proxy in front.",
  bad: `services:
  web:
    image: nginx:1.29
    ports: ["8080:80"]
    deploy:
      replicas: 2
`,
  good: `services:
  web:
    image: nginx:1.29
    ports: ["8080-8081:80"]
    deploy:
      replicas: 2
`,
  sources: ["https://docs.docker.com/reference/compose-file/services/#ports", "Measured: `docker compose config` 2.40 accepts it"],
  judge: eachService((service) => {
    const replicas = replicasOf(service);
    const fixed = (service.model.ports ?? []).find(isFixed);
    if (replicas === undefined || fixed === undefined) return [];
    const hint = 'publish a range, e.g. "8000-8002:80", or no host port';
    // A stack for Swarm, where they can, says things that Compose alone does not know, or is called so: docker-stack.yml.
    const { updateConfig, rollbackConfig, placement, endpointMode } = service.model.deploy ?? {};
    const isForSwarm =
      [updateConfig, rollbackConfig, placement, endpointMode].some((each) => each !== undefined) ||
      /(?:stack|swarm)\.ya?ml$/.test(placeOf(service.definition)?.file ?? "");
    const severity = isForSwarm ? "warning" : "error";
    return [atService(service, "ports", `${replicas} replicas can't share host port ${String(fixed.published)}`, { hint, severity })];
  }),
});

export const PORT_CONFLICT = rule({
  name: "port-conflict",
  severity: "error",
  refuses: "typescript",
  summary: "One host port is published twice.",
  why: 'The second container fails to start: "port is already allocated".',
  fix: "Publish another port, or give the services different addresses or profiles.",
  bad: `services:
  web:
    image: nginx:1.29
    ports: ["8080:80"]
  api:
    image: nginx:1.29
    ports: ["127.0.0.1:8080:80"]
`,
  good: `services:
  web:
    image: nginx:1.29
    ports: ["8080:80"]
  api:
    image: nginx:1.29
    ports: ["127.0.0.1:8081:80"]
`,
  sources: ["Measured: `docker compose config` 2.40 accepts it"],
  judge: checkPorts,
});

function checkPorts({ services }: Draft): readonly Issue[] {
  const issues: Issue[] = [];
  const owners: Owners = new Map();
  for (const service of services.values()) {
    // Services of different profiles may never run together.
    if (service.model.profiles?.length) continue;
    const collisions = new Map<string, Collision>();
    for (const { port, hostIp } of fixedPorts(service)) {
      const taken = owners.get(port) ?? new Map<string, string>();
      const other = ownerAt(hostIp, taken);
      const known = other === undefined ? undefined : collisions.get(other);
      if (known !== undefined) known.more++;
      else if (other !== undefined) collisions.set(other, { port, more: 0 });
      if (!taken.has(hostIp)) owners.set(port, taken.set(hostIp, service.name));
    }
    for (const [other, { port, more }] of collisions) {
      const ports = more === 0 ? `${port} is` : `${port} and ${more} more are`;
      issues.push(issueAt(service.definition, `${service.name}.ports`, `host port ${ports} published by "${other}" already`));
    }
  }
  // What is fixed stands first: a range takes what is left.
  return [...issues, ...[...services.values()].flatMap((service) => rangeIssues(service, owners))];
}

/** The first port that two services publish, and how many others there are. */
interface Collision {
  readonly port: string;
  more: number;
}

/** The service that publishes a host port first, by `PORT/PROTOCOL` and address. */
type Owners = Map<string, Map<string, string>>;

function rangeIssues({ name, definition, model }: CheckedService, owners: Owners): readonly Issue[] {
  if (model.profiles?.length) return [];
  return (model.ports ?? []).flatMap((port) => {
    const { published, protocol = "tcp" } = port;
    // What a variable will say is not known yet.
    if (isFixed(port) || typeof published !== "string" || isInterpolation(port.hostIp) || isInterpolation(protocol)) return [];
    const hostIp = addressOf(port);
    const range = portRange(published) ?? [];
    const taken = new Set<string>();
    for (const each of range) {
      const owner = ownerAt(hostIp, owners.get(`${each}/${protocol}`));
      if (owner === undefined) return [];
      taken.add(owner);
    }
    if (taken.size === 0) return [];
    const names = [...taken].map((owner) => `"${owner}"`);
    const message = `none of the host ports ${published}/${protocol} is free: ${names.join(", ")} ${names.length === 1 ? "publishes" : "publish"} them`;
    return [issueAt(definition, `${name}.ports`, message)];
  });
}

// An empty address stands for all of them.
function ownerAt(hostIp: string, taken: ReadonlyMap<string, string> = new Map()): string | undefined {
  return hostIp === "" ? taken.values().next().value : (taken.get("") ?? taken.get(hostIp));
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

/** How many there are, where there is more than one; what a variable says is not known yet. */
function replicasOf({ model }: CheckedService): number | undefined {
  const replicas = model.scale ?? model.deploy?.replicas;
  return typeof replicas === "number" && replicas > 1 ? replicas : undefined;
}
