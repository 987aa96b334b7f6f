import type { CheckedService, NetworkModel } from "../../model/checked-stack.ts";
import { isInterpolation } from "../../model/interpolation.ts";
import { usualText } from "../images.ts";
import { atService, eachService } from "../judging.ts";
import { networksOf } from "../reach.ts";
import { rule } from "../rule.ts";
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
  judge: eachService((service, subject) => {
    const own = networksOf(service, subject);
    // Who else is on a network that exists already is not known here.
    if (own === undefined || own.some((name) => isExternal(subject.networks.get(name)))) return [];
    const others = [...subject.services.values()].filter((other) => {
      const theirs = other.model.networkMode === undefined ? networksOf(other, subject) : undefined;
      return theirs !== undefined && other.name !== service.name && !theirs.some((name) => own.includes(name));
    });
    const strangers = others.filter(({ name }) => !isKnownOtherwise(name, service, own, subject));
    return strangers.flatMap(({ name }) => {
      const path = textsOf(service).find(({ path: [, key = ""], text }) => namesHost(text, name, key))?.path;
      return path === undefined
        ? []
        : [atService(service, path, `"${name}" is on none of the networks of this service (${own.join(", ")})`)];
    });
  }),
});

function isExternal(network: NetworkModel | undefined): boolean {
  return network?.external !== undefined && network.external !== false;
}

/** Whether a name leads somewhere else than to the service that is called so. */
function isKnownOtherwise(name: string, service: CheckedService, own: readonly string[], { services }: Subject): boolean {
  const { extraHosts, links = [], externalLinks = [] } = service.model;
  const linked = [...links, ...externalLinks].some((link) => typeof link !== "string" || link.split(":").at(-1) === name);
  return linked || extraHosts?.has(name) === true || [...services.values()].some((other) => isCalled(name, other, own));
}

/** Whether a service has a name on one of some networks, beside its own. */
function isCalled(name: string, { model }: CheckedService, own: readonly string[]): boolean {
  if (model.containerName === name || model.hostname === name) return true;
  return [...(model.networks ?? [])].some(
    ([network, attachment]) =>
      own.includes(network) && (attachment?.aliases ?? []).some((alias) => isInterpolation(alias) || alias === name),
  );
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

/** Whether a text uses a name as a host: in an address, with a port, or as all that a variable for hosts says. */
function namesHost(text: string, name: string, key: string): boolean {
  if (text === name) return HOST_VARIABLE.test(key);
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const [before, after] = [text.slice(0, at), text.slice(at + name.length)];
    if (/(?:^|:\/\/|@)$/.test(before.slice(-3)) && /^:\d{2,5}(?!\d)/.test(after)) return true;
    if (/[\s,;=]$/.test(before) && /^:\d{2,5}(?![\d:])/.test(after)) return true;
    if (/:\/\/(?:[^\s/@]{1,200}@)?$/.test(before) && /^(?:[/?#]|$)/.test(after)) return true;
  }
  return false;
}
