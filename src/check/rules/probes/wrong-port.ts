import type { CheckedService } from "../../../model/checked-stack.ts";
import { isOlder, versionOf } from "../../../probe/facts/version.ts";
import type { Request } from "../../command/requests.ts";
import { usualText } from "../../images.ts";
import { startOfImage } from "../../probes/image-contents.ts";
import { eachProbe, type JudgedProbe } from "../../probes/judged-probe.ts";
import { isLoopback } from "../../probes/names.ts";
import { type Finding, rule } from "../../rule.ts";
import { probed } from "./example.ts";

export const WRONG_PORT = rule({
  name: "wrong-port",
  severity: "error",
  summary: "The probe asks a port that nothing in the container listens on.",
  why: "A probe runs inside of the container: the port that is published on the host is not there. Every look is refused.",
  fix: "Ask the container's side of `ports`, or what the command line says.",
  bad: probed("nginx:1.29", '["CMD", "curl", "-fsS", "http://127.0.0.1:8081/"]', '    ports: ["8081:80"]\n'),
  good: probed("nginx:1.29", '["CMD", "curl", "-fsS", "http://127.0.0.1:80/"]', '    ports: ["8081:80"]\n'),
  sources: ["agentic-community/mcp-gateway-registry#1656", "https://docs.docker.com/reference/dockerfile/#healthcheck"],
  judge: eachProbe((probe) => {
    const asked = probe.requests.filter(({ host, port }) => port !== undefined && (host === undefined || isLoopback(host)));
    return asked.slice(0, 1).flatMap((request) => judgePort(request, request.port ?? 0, probe));
  }),
});

function judgePort(request: Request, port: number, probe: JudgedProbe): readonly Finding[] {
  const moved = movedPort(request, port, probe);
  if (moved !== undefined) return [probe.find(moved)];
  if (sharesNetwork(probe.service) || isMentioned(port, probe) || listened(probe).includes(port)) return [];
  const published = publishedFor(port, probe.service);
  if (published !== undefined) {
    return [probe.find(`${port} is the port of the host; in the container it is ${published}`, { hint: `ask port ${published}` })];
  }
  const told = toldToListen(probe);
  const [only] = told;
  if (only !== undefined)
    return [probe.find(`nothing listens on ${port}: the command line says ${told.join(", ")}`, { hint: `ask port ${only}` })];
  return unlikelyPort(port, probe);
}

/** Where only the image or EXPOSE tells the ports, a configuration that nobody here can see may tell others. */
function unlikelyPort(port: number, probe: JudgedProbe): readonly Finding[] {
  const { image, service } = probe;
  const exposed = (image.config?.exposed ?? []).flatMap((each) => (each.endsWith("/tcp") ? [Number(each.slice(0, -4))] : []));
  const usual = exposed.length > 0 ? exposed : image.isBuilt ? [] : (image.facts?.listens ?? []);
  const isConfigured =
    (service?.model.volumes ?? []).length + (service?.model.configs ?? []).length > 0 || service?.model.command !== undefined;
  if (usual.length === 0 || (isConfigured && exposed.length === 0)) return [];
  const [first] = usual;
  return [probe.find(`the image listens on ${usual.join(", ")}, not on ${port}`, { severity: "warning", hint: `ask port ${first}` })];
}

function sharesNetwork(service: CheckedService | undefined): boolean {
  return service?.model.networkMode !== undefined;
}

/** The ports that are known to be listened on. */
function listened({ service, image }: JudgedProbe): readonly number[] {
  const ports = (service?.model.ports ?? []).map(({ target }) => Number(typeof target === "object" ? usualText(target) : target));
  const exposed = (service?.model.expose ?? []).flatMap((each) => rangeOf(usualText(typeof each === "number" ? String(each) : each) ?? ""));
  const inFile = (image.config?.exposed ?? []).map((each) => Number.parseInt(each, 10));
  return [...ports, ...exposed, ...inFile, ...toldToListen({ service, image }), ...(image.facts?.listens ?? [])];
}

function rangeOf(text: string): readonly number[] {
  const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?/.exec(text) ?? [];
  const count = Math.min(Number(last) - Number(first) + 1, 1000);
  return first === undefined ? [] : Array.from({ length: count }, (_, index) => Number(first) + index);
}

/** The port of the container behind a published one. */
function publishedFor(port: number, service: CheckedService | undefined): string | undefined {
  const found = (service?.model.ports ?? []).find(
    ({ published }) => published !== undefined && (typeof published === "object" ? usualText(published) : published) === String(port),
  );
  return found === undefined ? undefined : typeof found.target === "object" ? usualText(found.target) : String(found.target);
}

const PORT_OPTION = /(?:^|[\s"',])(?:--port[=\s"',]+|--bind[=\s"',]+\S*?:|-b[\s"',]+\S*?:|--http-port[=\s"',]+|-p[\s"',]+)(\d{2,5})\b/g;

/** The ports that the command line says; a server with a default says it by its name. */
function toldToListen({ service, image }: Pick<JudgedProbe, "service" | "image">): readonly number[] {
  const line = commandLine(service) ?? startOfImage(image);
  return [...line.slice(0, 2000).matchAll(PORT_OPTION)].map(([, port]) => Number(port));
}

function commandLine(service: CheckedService | undefined): string | undefined {
  const { command, entrypoint } = service?.model ?? {};
  if (command === undefined && entrypoint === undefined) return undefined;
  return [entrypoint ?? [], command ?? []]
    .flat()
    .map((word) => (typeof word === "string" ? word : (usualText(word) ?? "")))
    .join(" ");
}

/** Whether a number stands anywhere where a server could be told to listen on it. */
function isMentioned(port: number, { service, image }: JudgedProbe): boolean {
  const values = [...(service?.model.environment ?? new Map<string, unknown>()).values(), ...(image.config?.env.values() ?? [])];
  const isUnknown = (value: unknown): boolean => typeof value === "object" && value !== null;
  const texts = [commandLine(service) ?? "", startOfImage(image), ...values.map((value) => (isUnknown(value) ? "" : String(value)))];
  return texts.some((text) => new RegExp(`(^|\\D)${port}($|\\D)`).test(text)) || (service?.model.envFile ?? []).length > 0;
}

/** Ports that newer versions of an image moved. */
function movedPort({ path }: Request, port: number, { image, lookup, service }: JudgedProbe): string | undefined {
  const { repository, tag } = image;
  if (repository === "quay.io/keycloak/keycloak" && port === 8080 && path.startsWith("/health") && !isOlder(tag, [25])) {
    const isOld = lookup("KC_LEGACY_OBSERVABILITY_INTERFACE") === "true" || lookup("KC_HTTP_MANAGEMENT_PORT") === "8080";
    return isOld || image.isBuilt || /legacy-observability|management-port/.test(commandLine(service) ?? "")
      ? undefined
      : "from version 25 on, Keycloak answers /health on port 9000";
  }
  const isNet = repository === "mcr.microsoft.com/dotnet/aspnet" && versionOf(tag).length > 0 && !isOlder(tag, [8]);
  const isTold = ["ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "HTTP_PORTS", "DOTNET_URLS"].some(
    (name) => lookup(name) !== undefined || service?.model.environment?.has(name) === true,
  );
  if (isNet && port === 80 && !isTold && !image.config?.exposed.includes("80/tcp"))
    return "from version 8 on, ASP.NET Core listens on 8080";
  return undefined;
}
