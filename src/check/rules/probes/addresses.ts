import { hasOption } from "../../command/options.ts";
import { type Command, knownTexts, programOf } from "../../command/script.ts";
import { givenTo } from "../../command/tools.ts";
import { startOfImage } from "../../probes/image-contents.ts";
import { eachProbe, type JudgedProbe } from "../../probes/judged-probe.ts";
import { isLoopback, isOwnName, otherService } from "../../probes/names.ts";
import { rule, type Severity } from "../../rule.ts";
import { probed } from "./example.ts";

export const PROBE_CHECKS_EXTERNAL_DEPENDENCY = rule({
  name: "probe-checks-external-dependency",
  severity: "warning",
  summary: "A service is probed by asking another one.",
  why: "When the other one is away, this one turns unhealthy with it, and all that wait for this one: one failure becomes many.",
  fix: "Ask the service itself, at 127.0.0.1; who needs the other one waits for it with `depends_on`.",
  bad: `${probed("nginx:1.29", '["CMD", "curl", "-fsS", "http://db:5984/_up"]')}  db:
    image: couchdb:3.5
`,
  good: `${probed("nginx:1.29", '["CMD", "curl", "-fsS", "http://127.0.0.1/"]')}  db:
    image: couchdb:3.5
`,
  sources: ["https://github.com/zegl/kube-score/blob/master/README_PROBES.md", "mastodon/mastodon#15988"],
  judge: eachProbe((probe) =>
    probe.requests.flatMap(({ host }) => {
      if (host === undefined || isLoopback(host) || isOwnName(host, probe)) return [];
      const other = otherService(host, probe);
      if (other !== undefined) return [probe.find(`asks "${host}", which is another service`, { hint: "ask 127.0.0.1" })];
      return isPublicName(host) ? [probe.find(`asks ${host}, which is not this container`, { hint: "ask 127.0.0.1" })] : [];
    }),
  ),
});

// A name with a dot that somebody registered; whatever is in the file's own networks has none.
function isPublicName(host: string): boolean {
  return /^([a-z0-9-]+\.)+[a-z]{2,24}$/.test(host) && !/\.(local|localhost|internal|lan|test|svc|home|docker)$/.test(host);
}

export const HEALTHCHECK_HITS_OWN_PUBLIC_NAME = rule({
  name: "healthcheck-hits-own-public-name",
  severity: "warning",
  summary: "A container is asked for by the name that others use for it.",
  why: "The look depends on the DNS of the network; with several replicas it goes to any of them, and tells of that one.",
  fix: "Ask 127.0.0.1.",
  bad: probed("nginx:1.29", '["CMD", "curl", "-fsS", "http://app/"]'),
  good: probed("nginx:1.29", '["CMD", "curl", "-fsS", "http://127.0.0.1/"]'),
  sources: ["georchestra/docker#184", "https://github.com/supabase/supabase/blob/master/docker/docker-compose.yml"],
  judge: eachProbe((probe) =>
    probe.requests.flatMap(({ host }) =>
      host === undefined || isLoopback(host) || !isOwnName(host, probe)
        ? []
        : [probe.find(`"${host}" is this service's name in the network: the look depends on its DNS`, { hint: "ask 127.0.0.1" })],
    ),
  ),
});

export const LOCALHOST_IPV6 = rule({
  name: "localhost-ipv6",
  severity: "error",
  summary: "BusyBox's wget asks `localhost`, which is ::1 first on Alpine.",
  why: "It does not try 127.0.0.1 after that: where the server listens on 0.0.0.0 alone, every look is refused.",
  fix: "Write 127.0.0.1.",
  bad: probed("nginx:1.29-alpine-slim", '["CMD", "wget", "-q", "-O", "/dev/null", "http://localhost/"]'),
  good: probed("nginx:1.29-alpine-slim", '["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1/"]'),
  sources: ["dsgnr/portchecker.io#362", "appstrate/appstrate#54", "ls1intum/Apollon#621", "plausible/community-edition#155"],
  judge: eachProbe((probe) =>
    probe.requests.flatMap(({ command, host }) => {
      if (host !== "localhost" || programOf(command) !== "wget" || probe.image.base !== "alpine" || probe.image.mayBring("wget")) return [];
      const severity: Severity = listensOnIpv4Alone(probe) ? "error" : "warning";
      return [probe.find("BusyBox's wget asks ::1 for localhost, and nothing else", { severity, hint: "write 127.0.0.1" })];
    }),
  ),
});

/** Whether the command line says that the server listens on 0.0.0.0. */
function listensOnIpv4Alone({ service, image }: JudgedProbe): boolean {
  const words = [service?.model.command ?? startOfImage(image)].flat().filter((word) => typeof word === "string");
  return words.some((word) => /(^|[\s=",])0\.0\.0\.0($|[\s:",])/.test(word));
}

export const PROBE_BINDS_ELSEWHERE = rule({
  name: "probe-binds-elsewhere",
  severity: "warning",
  summary: "A server is asked at an address that it does not listen on.",
  why: "Temporal binds the container's own address, and refuses 127.0.0.1: the probe never succeeds.",
  fix: "Ask the container's address: `--address $$(hostname -i):7233`; or set BIND_ON_IP to 0.0.0.0.",
  bad: probed("temporalio/auto-setup:1.28", '["CMD", "temporal", "operator", "cluster", "health", "--address", "localhost:7233"]'),
  good: probed("temporalio/auto-setup:1.28", '["CMD-SHELL", "temporal operator cluster health --address \\"$$(hostname -i):7233\\""]'),
  sources: ["moneat-io/moneat#796"],
  judge: eachProbe(({ uses, image, lookup, find }) => {
    if (!/^temporalio\/(auto-setup|server)$/.test(image.repository) || lookup("BIND_ON_IP") === "0.0.0.0") return [];
    return uses.flatMap(({ command }) => {
      if (!/^(temporal|tctl)$/.test(programOf(command) ?? "")) return [];
      const address = knownTexts(command).find((text) => /^(--address=)?(localhost|127\.0\.0\.1):\d+$/.test(text));
      return address === undefined
        ? []
        : [find(`Temporal does not listen on ${address.replace(/^--address=/, "")}`, { hint: "ask $(hostname -i), with $$ in Compose" })];
    });
  }),
});

export const PROXY_ENV_BREAKS_LOOPBACK = rule({
  name: "proxy-env-breaks-loopback",
  severity: "warning",
  summary: "The probe asks the container itself by way of a proxy.",
  why: "The service's environment names a proxy, which curl, wget and Python ask for 127.0.0.1, too: it is not the same 127.0.0.1 there.",
  fix: "Write `curl --noproxy '*'`, `wget -Y off`, or add 127.0.0.1 and localhost to no_proxy.",
  bad: probed(
    "nginx:1.29",
    '["CMD", "curl", "-fsS", "http://127.0.0.1/"]',
    "    environment:\n      http_proxy: http://proxy.example.com:3128\n",
  ),
  good: probed(
    "nginx:1.29",
    '["CMD", "curl", "-fsS", "http://127.0.0.1/"]',
    "    environment:\n      http_proxy: http://proxy.example.com:3128\n      no_proxy: 127.0.0.1,localhost\n",
  ),
  sources: ["getsentry/self-hosted#1537", "Measured: with a proxy that is not there curl exits with 7, GNU wget with 4"],
  judge: eachProbe((probe) =>
    probe.requests.flatMap(({ command, scheme, host }) => {
      if (host === undefined || !isLoopback(host) || !isProxied(command, scheme, host, probe)) return [];
      return [
        probe.find(`"${programOf(command)}" asks the proxy of ${scheme}_proxy for ${host}`, {
          hint: "add 127.0.0.1 and localhost to no_proxy",
        }),
      ];
    }),
  ),
});

function isProxied(command: Command, scheme: string, host: string, { lookup }: JudgedProbe): boolean {
  if (scheme !== "http" && scheme !== "https") return false;
  const program = programOf(command) ?? "";
  const names = PROXY_VARIABLES.get(program)?.(scheme) ?? [];
  const isOff = [...command.variables.keys()].some((name) => /_proxy$/i.test(name));
  const given = givenTo(command);
  if (isOff || (given !== undefined && hasOption(given, "--noproxy", "--no-proxy", "-Y", "--proxy", "-x"))) return false;
  const isSet = names.some((name) => (lookup(name) ?? "") !== "");
  const exceptions = `${lookup("no_proxy") ?? ""},${lookup("NO_PROXY") ?? ""}`.split(",").map((each) => each.trim());
  return isSet && !exceptions.some((each) => each === host || each === "*" || (host.startsWith("127.") && each.startsWith("127.")));
}

// curl takes HTTP_PROXY in capitals for what a web server's client sent, and does not look at it.
const PROXY_VARIABLES: ReadonlyMap<string, (scheme: string) => readonly string[]> = new Map(
  Object.entries({
    curl: (scheme) =>
      scheme === "http" ? ["http_proxy", "all_proxy", "ALL_PROXY"] : ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"],
    wget: (scheme) => [`${scheme}_proxy`],
    python: (scheme) => [`${scheme}_proxy`, `${scheme.toUpperCase()}_PROXY`],
    python3: (scheme) => [`${scheme}_proxy`, `${scheme.toUpperCase()}_PROXY`],
  }),
);
