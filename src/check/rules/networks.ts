import type { CheckedService, NetworkModel } from "../../model/checked-stack.ts";
import { isInterpolation } from "../../model/interpolation.ts";
import { usualText } from "../images.ts";
import { atService, eachService } from "../judging.ts";
import { networksOf } from "../reach.ts";
import { type Finding, rule } from "../rule.ts";
import type { Subject } from "../subject.ts";

export const PORTS_ON_INTERNAL_NETWORK = rule({
  name: "ports-on-internal-network",
  severity: "warning",
  summary: "A service publishes ports, and all of its networks are internal.",
  why: "An internal network has no way to the outside: the engine publishes nothing, and says nothing of it.",
  fix: "Let the service join a network that is not internal as well, or take `ports` out.",
  bad: `services:
  web:
    image: nginx:1.29
    ports: ["8080:80"]
    networks: [inner]
networks:
  inner:
    internal: true
`,
  good: `services:
  web:
    image: nginx:1.29
    ports: ["8080:80"]
    networks: [inner, outer]
networks:
  inner:
    internal: true
  outer:
`,
  sources: [
    "https://docs.docker.com/reference/compose-file/networks/#internal",
    "Measured with Engine 26.1: `docker inspect` has the port in PortBindings and not in NetworkSettings.Ports",
  ],
  judge: eachService((service, subject) => {
    const { ports = [], networkMode } = service.model;
    const networks = networkMode === undefined ? (networksOf(service, subject) ?? []) : [];
    if (ports.length === 0 || networks.length === 0 || !networks.every((name) => subject.networks.get(name)?.internal === true)) return [];
    const names = networks.map((name) => `"${name}"`).join(", ");
    return [atService(service, "ports", `nothing is published: ${names} ${networks.length === 1 ? "is" : "are"} internal`)];
  }),
});

export const SERVICE_OUT_OF_REACH = rule({
  name: "service-out-of-reach",
  severity: "warning",
  summary: "A service is told to use another one with which it shares no network.",
  why: "Its name is not known there: every connection fails.",
  fix: "Let both join one network.",
  bad: `services:
  web:
    image: nginx:1.29
    environment:
      DATABASE_URL: postgres://app@db:5432/shop
    networks: [front]
  db:
    image: postgres:17
    networks: [back]
networks:
  front:
  back:
`,
  good: `services:
  web:
    image: nginx:1.29
    environment:
      DATABASE_URL: postgres://app@db:5432/shop
    networks: [front, back]
  db:
    image: postgres:17
    networks: [back]
networks:
  front:
  back:
`,
  sources: ["https://docs.docker.com/compose/how-tos/networking/"],
  judge: (subject) => {
    const names = otherNames(subject);
    return eachService((service) => judgeReach(service, subject, names))(subject);
  },
});

function judgeReach(service: CheckedService, subject: Subject, { anywhere, on }: OtherNames): readonly Finding[] {
  const own = networksOf(service, subject);
  // Who else is on a network that exists already is not known here.
  if (own === undefined || own.some((name) => isExternal(subject.networks.get(name)))) return [];
  const named = new Map(textsOf(service).flatMap(({ path, text }) => hostsIn(text, path[1] ?? "").map((host) => [host, path] as const)));
  return [...named].flatMap(([host, path]) => {
    const other = subject.services.get(host);
    if (other === undefined || other === service || !isApart(other, own, subject)) return [];
    if (anywhere.has(host) || isNamedBy(service, host) || own.some((network) => on.get(network)?.has(host) === true)) return [];
    return [atService(service, path, `"${host}" is on none of the networks of this service (${own.join(", ")})`)];
  });
}

/** Whether a service is known to be on none of some networks. */
function isApart(other: CheckedService, networks: readonly string[], subject: Subject): boolean {
  const theirs = other.model.networkMode === undefined ? networksOf(other, subject) : undefined;
  return theirs !== undefined && !theirs.some((name) => networks.includes(name));
}

function isExternal(network: NetworkModel | undefined): boolean {
  return network?.external !== undefined && network.external !== false;
}

/** Whether a service has a word of its own for a host. */
function isNamedBy({ model: { extraHosts, links = [], externalLinks = [] } }: CheckedService, host: string): boolean {
  const isLinked = [...links, ...externalLinks].some((link) => typeof link !== "string" || link.split(":").at(-1) === host);
  return isLinked || extraHosts?.has(host) === true;
}

/** Names that services have beside their own: containers' and hosts' names, and aliases by network. */
interface OtherNames {
  readonly anywhere: ReadonlySet<string>;
  readonly on: ReadonlyMap<string, ReadonlySet<string>>;
}

function otherNames({ services }: Subject): OtherNames {
  const anywhere = new Set<string>();
  const on = new Map<string, Set<string>>();
  for (const { model } of services.values()) {
    for (const name of [model.containerName, model.hostname]) if (name !== undefined) anywhere.add(usualText(name) ?? "");
    for (const [network, attachment] of model.networks ?? []) {
      for (const alias of attachment?.aliases ?? []) on.set(network, (on.get(network) ?? new Set()).add(usualText(alias) ?? ""));
    }
  }
  return { anywhere, on };
}

interface Said {
  readonly path: readonly string[];
  readonly text: string;
}

/** What a service is told, as far as it is known. */
function textsOf({ model: { environment, command, entrypoint, healthcheck } }: CheckedService): readonly Said[] {
  const variables = [...(environment ?? [])].flatMap(([key, value]) => said(["environment", key], value));
  const test = healthcheck?.test;
  return [...variables, ...said(["command"], command), ...said(["entrypoint"], entrypoint), ...said(["healthcheck", "test"], test)];
}

function said(path: readonly string[], value: unknown): readonly Said[] {
  return [value].flat().flatMap((each) => {
    const text = typeof each === "string" ? each : isInterpolation(each) ? usualText(each) : undefined;
    return text === undefined ? [] : [{ path, text }];
  });
}

const HOST_VARIABLE = /(?:^|_)(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/i;

const IN_ADDRESS = /:\/\/(?:[^\s/@]{1,200}@)?([A-Za-z0-9][\w.-]{0,100})(?=[:/?#,]|$)/g;

const WITH_PORT = /(?:^|[\s,;=@])([A-Za-z0-9][\w.-]{0,100}):\d{2,5}(?![\d:])/g;

/** The hosts that a text names: in an address, with a port, or as all that a variable for hosts says. */
function hostsIn(text: string, key: string): readonly string[] {
  if (HOST_VARIABLE.test(key) && /^[\w.-]+$/.test(text)) return [text];
  const start = text.slice(0, 4000);
  return [IN_ADDRESS, WITH_PORT].flatMap((pattern) => [...start.matchAll(pattern)].flatMap(([, host]) => host ?? []));
}
