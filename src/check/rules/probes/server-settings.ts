import type { AnyProbe } from "../../../probe/catalog.ts";
import type { HttpProbe } from "../../../probe/catalogue/network.ts";
import type { ServerProbe } from "../../../probe/catalogue/servers.ts";
import { isOlder } from "../../../probe/facts/version.ts";
import { hasOption } from "../../command/options.ts";
import { knownTexts, programOf, startOf } from "../../command/script.ts";
import { givenTo } from "../../command/tools.ts";
import type { Use } from "../../command/uses.ts";
import { usualText } from "../../images.ts";
import { eachProbe, type JudgedProbe } from "../../probes/judged-probe.ts";
import { isLoopback } from "../../probes/names.ts";
import { type Finding, rule, type Severity } from "../../rule.ts";
import { probed } from "./example.ts";

export const FEATURE_FLAG_OFF = rule({
  name: "feature-flag-off",
  severity: "error",
  summary: "The probe asks for something that this server does only when it is told to.",
  why: "Nobody listens, or the answer is 404: the service is unhealthy for ever.",
  fix: "Switch it on: KC_HEALTH_ENABLED=true for Keycloak, --ping for Traefik, -m 8222 for NATS, the -management image of RabbitMQ.",
  bad: probed("traefik:v3.5", '["CMD", "traefik", "healthcheck"]', '    command: ["--providers.docker"]\n'),
  good: probed("traefik:v3.5", '["CMD", "traefik", "healthcheck", "--ping"]', '    command: ["--providers.docker", "--ping"]\n'),
  sources: [
    "agentic-community/mcp-gateway-registry#1656",
    "https://doc.traefik.io/traefik/operations/cli/#healthcheck",
    "https://github.com/docker-library/docs/tree/master/nats",
  ],
  judge: eachProbe((probe) =>
    FEATURES.flatMap((feature) => {
      if (!feature.image.test(probe.image.repository) || !feature.isAsked(probe) || feature.isOn(probe)) return [];
      const severity: Severity = isConfiguredElsewhere(probe) ? "warning" : "error";
      return [probe.find(feature.message, { severity, hint: feature.hint })];
    }),
  ),
});

interface Feature {
  readonly image: RegExp;
  readonly isAsked: (probe: JudgedProbe) => boolean;
  readonly isOn: (probe: JudgedProbe) => boolean;
  readonly message: string;
  readonly hint: string;
}

const FEATURES: readonly Feature[] = [
  {
    image: /^quay\.io\/keycloak\/keycloak$/,
    isAsked: (probe) => probe.requests.some(({ path }) => path.startsWith("/health")) || isMeant(probe, "keycloak", "/health"),
    isOn: (probe) => isNot(probe, "KC_HEALTH_ENABLED", "true") === false || /health-enabled/.test(commandLine(probe)),
    message: "Keycloak answers /health only where it is told to",
    hint: "set KC_HEALTH_ENABLED to true",
  },
  {
    image: /^traefik$/,
    isAsked: (probe) =>
      probe.uses.some(({ command }) => programOf(command) === "traefik") ||
      probe.requests.some(({ path }) => path === "/ping") ||
      isMeant(probe, "traefik", "/ping"),
    // The probe's own command line may say it as well; the server must.
    isOn: (probe) =>
      isNot(probe, "TRAEFIK_PING", "true") === false ||
      (commandLine(probe) === "" && isConfiguredElsewhere(probe)) ||
      /--ping/.test(commandLine(probe)),
    message: "Traefik answers a ping only where it is told to",
    hint: "give it --ping",
  },
  {
    image: /^nats$/,
    isAsked: ({ requests }) => requests.some(({ port }) => port === 8222),
    isOn: (probe) => commandLine(probe) === "" || /(^|\s)(-m|--http_port|--ms|--https_port|-c|--config)\b/.test(commandLine(probe)),
    message: "NATS opens its monitoring port only where it is told to, and the command takes the place of the image's",
    hint: "give it -m 8222",
  },
  {
    image: /^rabbitmq$/,
    isAsked: ({ requests }) => requests.some(({ port }) => port === 15672),
    isOn: (probe) => /management/.test(probe.image.tag) || /rabbitmq-plugins|rabbitmq_management/.test(commandLine(probe)),
    message: "this image of RabbitMQ has its management plugin switched off",
    hint: "take the -management image",
  },
];

// A probe of the catalogue is known by what it means, however its command asks.
function isMeant({ service, dockerfile }: JudgedProbe, type: string, page: string): boolean {
  const probe = dockerfile === undefined ? (service?.probe as AnyProbe | undefined) : undefined;
  return probe?.type === type || ((probe?.type === "http" || probe?.type === "https") && (probe as HttpProbe).path.startsWith(page));
}

/** Whether a variable of the container has another value; `undefined` where its value isn't known. */
function isNot({ service, lookup }: JudgedProbe, name: string, wanted: string): boolean {
  const value = lookup(name);
  return value === undefined ? service?.model.environment?.has(name) !== true : value.toLowerCase() !== wanted;
}

function commandLine({ service }: JudgedProbe): string {
  const { command, entrypoint } = service?.model ?? {};
  return [entrypoint ?? [], command ?? []]
    .flat()
    .map((word) => (typeof word === "string" ? word : (usualText(word) ?? "")))
    .join(" ");
}

/** Whether a file may say what the service's attributes don't. */
function isConfiguredElsewhere({ service, image }: JudgedProbe): boolean {
  const { volumes = [], configs = [], envFile = [] } = service?.model ?? {};
  return image.isBuilt || volumes.some(({ type }) => type === "bind") || configs.length > 0 || envFile.length > 0;
}

export const TLS_MISMATCH = rule({
  name: "tls-mismatch",
  severity: "warning",
  summary: "The probe does not trust the certificate that the container shows it, or speaks without TLS to a port with it.",
  why: "The certificate of a container is not one for 127.0.0.1 that its client trusts: every look fails.",
  fix: "Write `curl -k` or `--cacert`, `sqlcmd -C`; and https:// where the port speaks TLS.",
  bad: probed("nginx:1.29", '["CMD", "curl", "-fsS", "https://127.0.0.1/"]'),
  good: probed("nginx:1.29", '["CMD", "curl", "-fsSk", "https://127.0.0.1/"]'),
  sources: ["prisma/orm#24939", "https://learn.microsoft.com/sql/tools/sqlcmd/sqlcmd-utility"],
  judge: eachProbe((probe) => [...untrusting(probe), ...withoutTls(probe)].map(([message, hint]) => probe.find(message, { hint }))),
});

type Said = readonly [message: string, hint: string];

function untrusting({ uses, requests }: JudgedProbe): readonly Said[] {
  const asking = requests.flatMap(({ command, scheme, host }): readonly Said[] => {
    const given = givenTo(command);
    if (scheme !== "https" || host === undefined || !isLoopback(host) || given === undefined) return [];
    if (
      programOf(command) !== "curl" ||
      hasOption(given, "-k", "--insecure", "--cacert", "--capath", "--resolve", "--connect-to", "--pinnedpubkey", "-K", "--config")
    )
      return [];
    return [[`curl trusts no certificate of ${host}`, "give it -k, or --cacert"]];
  });
  const tools = uses.flatMap(({ command }): readonly Said[] => {
    const given = givenTo(command);
    const isNew = startOf(command.words[0]).includes("mssql-tools18");
    return isNew && given !== undefined && !hasOption(given, "-C", "-N")
      ? [["sqlcmd 18 does not trust the server's own certificate", "give it -C"]]
      : [];
  });
  return [...asking, ...tools];
}

function withoutTls({ requests }: JudgedProbe): readonly Said[] {
  const plain = requests.find(({ scheme, port }) => scheme === "http" && (port === 443 || port === 8443));
  return plain === undefined ? [] : [[`http:// is asked on port ${plain.port}, where TLS is spoken`, "write https://"]];
}

export const AUTH_REQUIRED_ENDPOINT = rule({
  name: "auth-required-endpoint",
  severity: "warning",
  summary: "The probe asks without a login where the server asks for one.",
  why: "From version 8 on, Elasticsearch asks for TLS and a password unless it is told not to; so do OpenSearch and a registry with a login. The answer is 401, or none.",
  fix: "Give the login (from a variable of the container: `-u elastic:$$ELASTIC_PASSWORD`), or accept 401 as alive.",
  bad: probed("elasticsearch:9.1.0", '["CMD", "curl", "-fsS", "http://127.0.0.1:9200/_cluster/health"]'),
  good: probed(
    "elasticsearch:9.1.0",
    '["CMD", "curl", "-fsS", "http://127.0.0.1:9200/_cluster/health"]',
    '    environment:\n      xpack.security.enabled: "false"\n',
  ),
  sources: ["elastic/elasticsearch-docker#27", "https://www.elastic.co/docs/deploy-manage/security"],
  judge: eachProbe((probe) => {
    const known = PROTECTED.find(({ image }) => image.test(probe.image.repository));
    if (
      known === undefined ||
      isOlder(probe.image.tag, known.from) ||
      probe.image.isBuilt ||
      isConfiguredElsewhere(probe) ||
      known.isOpen(probe)
    )
      return [];
    const meant = probe.dockerfile === undefined ? (probe.service?.probe as AnyProbe | undefined) : undefined;
    if (meant?.type === "elasticsearch" || meant?.type === "opensearch") {
      if ((meant as ServerProbe).login !== undefined) return [];
      const hint = "give the probe a login: { user, password: { variable } }, or switch the server's security off";
      return [probe.find(`${probe.image.repository} asks for a login and TLS on port ${known.port}`, { hint })];
    }
    return probe.requests.slice(0, 1).flatMap(({ command, port }) => {
      const given = programOf(command) === "curl" ? givenTo(command) : undefined;
      if (
        given === undefined ||
        port !== known.port ||
        hasOption(given, "-u", "--user", "-E", "--cert", "-n", "--netrc", "-K", "--config") ||
        !hasOption(given, "-f", "--fail", "--fail-with-body")
      )
        return [];
      const hasHeader = knownTexts(command).some((text) => /^authorization:/i.test(text));
      return hasHeader ? [] : [probe.find(`${probe.image.repository} asks for a login on port ${port}`, { hint: "give it one, with -u" })];
    });
  }),
});

const PROTECTED: readonly {
  readonly image: RegExp;
  readonly from: readonly number[];
  readonly port: number;
  readonly isOpen: (probe: JudgedProbe) => boolean;
}[] = [
  {
    image: /(^|\/)elasticsearch$/,
    from: [8],
    port: 9200,
    isOpen: (probe) =>
      isNot(probe, "xpack.security.enabled", "false") === false || isNot(probe, "XPACK_SECURITY_ENABLED", "false") === false,
  },
  {
    image: /^opensearchproject\/opensearch$/,
    from: [1],
    port: 9200,
    isOpen: (probe) =>
      isNot(probe, "DISABLE_SECURITY_PLUGIN", "true") === false || isNot(probe, "plugins.security.disabled", "true") === false,
  },
  { image: /^registry$/, from: [2], port: 5000, isOpen: ({ service }) => service?.model.environment?.has("REGISTRY_AUTH") !== true },
];

export const CLI_INHERITS_SERVER_ENV = rule({
  name: "cli-inherits-server-env",
  severity: "error",
  summary: "A tool is given the server's own JMX port or agent by the environment, or etcdctl what an option says already.",
  why: 'It tries to open the same port: "Port already in use"; etcdctl ends with "conflicting environment variable". The look fails.',
  fix: "Write `env -u JMX_PORT ...` before it, or look only for the port; leave ETCDCTL_ENDPOINTS out of the environment.",
  bad: probed(
    "apache/kafka:4.1.0",
    '["CMD", "/opt/kafka/bin/kafka-broker-api-versions.sh", "--bootstrap-server", "127.0.0.1:9092"]',
    '    environment:\n      JMX_PORT: "9999"\n',
  ),
  good: probed(
    "apache/kafka:4.1.0",
    '["CMD", "env", "-u", "JMX_PORT", "/opt/kafka/bin/kafka-broker-api-versions.sh", "--bootstrap-server", "127.0.0.1:9092"]',
    '    environment:\n      JMX_PORT: "9999"\n',
  ),
  sources: ["bitnami/charts#1522", "https://github.com/etcd-io/etcd/pull/9382", "https://github.com/etcd-io/etcd/issues/20118"],
  judge: eachProbe((probe) => [...sharedPort(probe), ...saidTwice(probe)]),
});

function sharedPort(probe: JudgedProbe): readonly Finding[] {
  const heir = probe.uses.find(
    ({ command, isWrapper }) =>
      !isWrapper && /^(kafka-[\w-]+(\.sh)?|cypher-shell|nodetool|zkCli\.sh|zkServer\.sh)$/.test(programOf(command) ?? ""),
  );
  if (heir === undefined) return [];
  const agent = ["KAFKA_OPTS", "JAVA_TOOL_OPTIONS"].find((name) => /-javaagent|jmxremote\.port/.test(probe.lookup(name) ?? ""));
  const name = ["JMX_PORT", "KAFKA_JMX_PORT"].find((each) => isSet(probe, each)) ?? agent;
  if (name === undefined || isOff(probe, heir, name)) return [];
  return [
    probe.find(`"${programOf(heir.command)}" inherits ${name}, whose port the server has taken`, {
      severity: "warning",
      hint: `write env -u ${name} before it`,
    }),
  ];
}

// Since 3.4 that is the end of it, also where both say the same.
function saidTwice(probe: JudgedProbe): readonly Finding[] {
  return probe.uses.flatMap((use) => {
    if (use.isWrapper || programOf(use.command) !== "etcdctl" || isOlder(probe.image.tag, [3, 4])) return [];
    const options = knownTexts(use.command).flatMap((text) => /^--[a-z][a-z-]*/.exec(text)?.[0] ?? []);
    const both = options.flatMap((option) => {
      const name = `ETCDCTL_${option.slice(2).toUpperCase().replaceAll("-", "_")}`;
      return isSet(probe, name) && !isOff(probe, use, name) ? [{ option, name }] : [];
    });
    return both.map(({ option, name }) =>
      probe.find(`etcdctl is given ${option} and inherits ${name}, which it takes for a conflict`, {
        hint: `leave ${name} out of the environment${option === "--endpoints" ? ": 127.0.0.1:2379 is what etcdctl asks without it" : ""}`,
      }),
    );
  });
}

function isSet({ service, lookup }: JudgedProbe, name: string): boolean {
  return service?.model.environment?.has(name) === true || lookup(name) !== undefined;
}

function isOff({ uses }: JudgedProbe, { command }: Use, name: string): boolean {
  return command.variables.has(name) || uses.some((each) => each.isWrapper && knownTexts(each.command).includes(name));
}
