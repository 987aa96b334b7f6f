import type { AnyProbe } from "../../../probe/catalog.ts";
import type { HttpProbe } from "../../../probe/catalogue/network.ts";
import { isOlder } from "../../../probe/facts/version.ts";
import { optionValue } from "../../command/options.ts";
import { argumentsOf, type Command, knownTexts, programOf, textOf } from "../../command/script.ts";
import { givenTo } from "../../command/tools.ts";
import { cataloguedIn, eachProbe, type JudgedProbe } from "../../probes/judged-probe.ts";
import { rule } from "../../rule.ts";
import { probed } from "./example.ts";
import { knownWords } from "./program-missing.ts";

export const STATUS_ENDPOINT_ALWAYS_200 = rule({
  name: "status-endpoint-always-200",
  severity: "warning",
  summary: "An endpoint is asked whose status is 200 whatever its answer says.",
  why: "The state stands in the body: without reading it the service is green while it says that it is not ready.",
  fix: 'Compare the body: `| jq -e .value.ready`, `| grep -q \'"status":"UP"\'`.',
  bad: probed("selenium/hub:4.38", '["CMD", "curl", "-fsS", "http://127.0.0.1:4444/status"]'),
  good: probed("selenium/hub:4.38", '["CMD-SHELL", "curl -fsS http://127.0.0.1:4444/status | jq -e .value.ready"]'),
  sources: ["SeleniumHQ/selenium#10391", "elastic/kibana#148511", "https://docs.sonarsource.com/sonarqube-server/"],
  judge: eachProbe(({ requests, uses, image, find, ...probe }) => {
    const catalogued = cataloguedIn(probe);
    const looksAtStatus = catalogued === undefined || (isHttp(catalogued) && catalogued.contains === undefined);
    return (looksAtStatus ? requests : []).flatMap(({ command, path }) => {
      const known = ALWAYS_200.find((each) => each.path.test(path) && (each.image === undefined || each.image.test(image.repository)));
      const isRead = uses.some((use) => use.command === command && use.isRead);
      return known === undefined || isRead ? [] : [find(`${path} answers 200 whatever the state is`, { hint: known.hint })];
    });
  }),
});

function isHttp(probe: AnyProbe): probe is HttpProbe {
  return probe.type === "http" || probe.type === "https";
}

const ALWAYS_200: readonly { readonly path: RegExp; readonly image?: RegExp; readonly hint: string }[] = [
  { path: /^\/wd\/hub\/status\/?$/, hint: "read .value.ready of the body" },
  { path: /^\/status\/?$/, image: /^selenium\//, hint: "read .value.ready of the body" },
  { path: /^\/api\/status\/?$/, image: /(^|\/)kibana$/, hint: "read .status.overall.level of the body" },
  { path: /^\/v1\/status\/leader\/?$/, hint: 'compare the body: it is "" without a leader' },
  { path: /^\/api\/system\/status\/?$/, image: /^sonarqube$/, hint: "read .status of the body" },
];

export const TCP_ONLY_READINESS = rule({
  name: "tcp-only-readiness",
  severity: "info",
  summary: "Only an open port is looked for, which this server opens long before it can work.",
  why: "What waits for it starts too early.",
  fix: "Ask for something that the server has to work for.",
  bad: probed("gvenzl/oracle-free:23", '["CMD", "bash", "-c", "</dev/tcp/127.0.0.1/1521"]'),
  good: probed("gvenzl/oracle-free:23", '["CMD", "healthcheck.sh"]'),
  sources: ["opsmill/infrahub#10331", "https://github.com/gvenzl/oci-oracle-free"],
  judge: eachProbe(({ requests, service, image, find }) => {
    const [first] = requests;
    if (first === undefined || service?.probe !== undefined || !OPENS_EARLY.test(image.repository)) return [];
    if (requests.some(({ scheme }) => scheme !== "tcp")) return [];
    return [find(`the port of ${image.repository} is open before it can work`, { hint: "ask for something that it has to work for" })];
  }),
});

const OPENS_EARLY =
  /^(gvenzl\/oracle-|qdrant\/qdrant$|couchbase$|(docker\.elastic\.co\/elasticsearch\/)?elasticsearch$|opensearchproject\/opensearch$|quay\.io\/keycloak\/keycloak$|sonarqube$|neo4j$|mcr\.microsoft\.com\/mssql\/server$)/;

export const FOUR_LETTER_WORD_NOT_WHITELISTED = rule({
  name: "four-letter-word-not-whitelisted",
  severity: "error",
  summary: "ZooKeeper is asked by a four-letter word that it does not answer.",
  why: 'Since 3.5 it answers only `srvr`, unless others are allowed. It says "ruok is not executed because it is not in the whitelist", and nc exits with 0: a probe that compares the answer is always red, any other only finds the port open.',
  fix: "Ask `srvr`, and compare the answer; or set ZOO_4LW_COMMANDS_WHITELIST.",
  bad: probed("zookeeper:3.9", '["CMD-SHELL", "echo ruok | nc -w 2 127.0.0.1 2181 | grep -q imok"]'),
  good: probed("zookeeper:3.9", '["CMD-SHELL", "echo srvr | nc -w 2 127.0.0.1 2181 | grep -q ^Mode:"]'),
  sources: [
    "https://zookeeper.apache.org/doc/current/zookeeperAdmin.html#sc_4lw",
    "https://github.com/docker-library/docs/tree/master/zookeeper",
  ],
  judge: eachProbe((probe) => {
    const { uses, image, find } = probe;
    if (!/^zookeeper$/.test(image.repository) || isOlder(image.tag, [3, 5]) || !uses.some(({ command }) => programOf(command) === "nc"))
      return [];
    const word = uses
      .flatMap(({ command }) => (/^(echo|printf)$/.test(programOf(command) ?? "") ? knownWords(command) : []))
      .find((each) => FOUR_LETTERS.test(each));
    if (word === undefined || isAllowed(word.trim(), probe)) return [];
    // Who does not read the answer is told that the port is open, at least.
    const isRead = uses.some((use) => use.isRead && programOf(use.command) === "nc");
    const isMounted = (probe.service?.model.volumes ?? []).some(({ target }) => typeof target === "string" && target.startsWith("/conf"));
    return [
      find(`ZooKeeper does not answer "${word.trim()}"`, {
        ...(isMounted || image.isBuilt || !isRead ? { severity: "warning" } : {}),
        hint: 'ask "srvr"',
      }),
    ];
  }),
});

const FOUR_LETTERS = /^(ruok|stat|mntr|conf|cons|dump|envi|isro|wchs)(\\n)?$/;

function isAllowed(word: string, { lookup, service }: JudgedProbe): boolean {
  const allowed = lookup("ZOO_4LW_COMMANDS_WHITELIST");
  if (service?.model.environment?.has("ZOO_4LW_COMMANDS_WHITELIST") === true && allowed === undefined) return true;
  return allowed !== undefined && (allowed.includes("*") || allowed.split(/[\s,]+/).includes(word));
}

export const TOO_NARROW_MATCH = rule({
  name: "too-narrow-match",
  severity: "warning",
  summary: "The answer is compared with a word that also fits, or does not fit, another state.",
  why: "One node of Elasticsearch alone stays yellow; `grep yellow` fails when it turns green; `grep healthy` fits unhealthy.",
  fix: "Let the server decide: `/_cluster/health?wait_for_status=yellow`; or compare the whole word: `grep -w`.",
  bad: probed("elasticsearch:9.1.0", '["CMD-SHELL", "curl -fsS http://127.0.0.1:9200/_cluster/health | grep yellow"]'),
  good: probed("elasticsearch:9.1.0", '["CMD-SHELL", "curl -fsS http://127.0.0.1:9200/_cluster/health | grep -E \'yellow|green\'"]'),
  sources: ["camunda/camunda-platform#471", "mongodb/mongo-csharp-driver#2029"],
  judge: eachProbe((probe) =>
    probe.uses.flatMap(({ command, shell }) => {
      if (shell === undefined || !/^[ef]?grep$/.test(programOf(command) ?? "")) return [];
      const pattern = patternOf(command);
      const isInverted = knownWords(command).some((word) => /^-[a-z]*[vwx]/.test(word));
      if (pattern === undefined || isInverted) return [];
      const asksElasticsearch = probe.requests.some(({ path }) => /\/_(cluster\/health|cat\/health)/.test(path));
      if (asksElasticsearch && /yellow/.test(pattern) && !/green/.test(pattern))
        return [probe.find('"yellow" does not fit a green cluster', { hint: "ask ?wait_for_status=yellow" })];
      if (asksElasticsearch && /green/.test(pattern) && !/yellow/.test(pattern) && isSingleNode(probe))
        return [probe.find("a cluster of one node stays yellow", { hint: "ask ?wait_for_status=yellow" })];
      return pattern === "healthy" ? [probe.find('"healthy" fits "unhealthy", too', { hint: "give grep -w" })] : [];
    }),
  ),
});

function patternOf(command: Command): string | undefined {
  const given = givenTo(command);
  return given === undefined ? undefined : (textOf(optionValue(given, "-e", "--regexp")) ?? textOf(given.operands[0]));
}

function isSingleNode({ lookup }: JudgedProbe): boolean {
  return lookup("discovery.type") === "single-node";
}

export const REPLICA_SET_NOT_CHECKED = rule({
  name: "replica-set-not-checked",
  severity: "info",
  summary: "A member of a replica set is only pinged.",
  why: "It answers before it has a primary: a client that writes fails until then.",
  fix: "Ask `db.hello().isWritablePrimary`.",
  bad: probed("mongo:8", `["CMD", "mongosh", "--quiet", "--eval", "db.adminCommand('ping')"]`, '    command: ["--replSet", "rs0"]\n'),
  good: probed(
    "mongo:8",
    `["CMD", "mongosh", "--quiet", "--eval", "quit(db.hello().isWritablePrimary ? 0 : 1)"]`,
    '    command: ["--replSet", "rs0"]\n',
  ),
  sources: ["appwrite/appwrite#12990", "https://www.mongodb.com/docs/manual/reference/command/hello/"],
  judge: eachProbe(({ uses, service, find }) => {
    const words = [service?.model.command ?? []].flat().map((word) => (typeof word === "string" ? word : ""));
    if (!words.some((word) => /--replSet\b/.test(word))) return [];
    const scripts = uses.flatMap(({ command }) => (/^mongo(sh)?$/.test(programOf(command) ?? "") ? [knownTexts(command).join(" ")] : []));
    const isPing =
      scripts.some((script) => /\bping\b/.test(script)) && !scripts.some((script) => /primary|ismaster|hello|rs\./i.test(script));
    return isPing
      ? [find("a member of a replica set answers before there is a primary", { hint: "ask db.hello().isWritablePrimary" })]
      : [];
  }),
});

export const VAULT_SEALED_SEMANTICS = rule({
  name: "vault-sealed-semantics",
  severity: "info",
  summary: "A sealed Vault counts as unhealthy.",
  why: "It is sealed after every start until somebody unseals it: what restarts unhealthy containers restarts it for ever.",
  fix: "Decide what sealed means: `/v1/sys/health?sealedcode=200&uninitcode=200`, or unseal it automatically.",
  bad: probed("hashicorp/vault:1.20", '["CMD", "vault", "status"]', '    labels: ["autoheal=true"]\n'),
  good: probed("hashicorp/vault:1.20", '["CMD", "vault", "status"]'),
  sources: ["helm/charts#4068", "https://developer.hashicorp.com/vault/api-docs/system/health"],
  judge: eachProbe((probe) => {
    const asks = probe.uses.some(
      ({ command }) => programOf(command) === "vault" && argumentsOf(command).some((word) => textOf(word) === "status"),
    );
    const asksHttp = probe.requests.some(({ path }) => /^\/v1\/sys\/health/.test(path) && !/sealedcode=/.test(path));
    return (asks || asksHttp) && isHealed(probe)
      ? [
          probe.find("a sealed Vault is unhealthy, and is restarted for it", {
            hint: "take the autoheal label out, or ask with sealedcode=200",
          }),
        ]
      : [];
  }),
});

export const MIGRATION_STATE_IS_UNHEALTHY = rule({
  name: "migration-state-is-unhealthy",
  severity: "info",
  summary: "A server that migrates its database counts as unhealthy, and is restarted for it.",
  why: "It is killed in the middle of the migration.",
  fix: "Let every state count that is no failure, or take the autoheal label out.",
  bad: probed(
    "sonarqube:2025.5",
    `["CMD-SHELL", "wget -q -O - http://127.0.0.1:9000/api/system/status | grep -q '\\"status\\":\\"UP\\"'"]`,
    '    labels: ["autoheal=true"]\n',
  ),
  good: probed(
    "sonarqube:2025.5",
    `["CMD-SHELL", "wget -q -O - http://127.0.0.1:9000/api/system/status | grep -q '\\"status\\":\\"UP\\"'"]`,
  ),
  sources: ["https://github.com/docker-library/healthcheck", "docker-library/mysql#439"],
  judge: eachProbe((probe) => {
    const asks =
      probe.requests.some(({ path }) => /^\/api\/system\/status/.test(path)) &&
      probe.uses.some(({ command }) => /"?UP"?/.test(patternOf(command) ?? "") && !/MIGRATION/.test(patternOf(command) ?? ""));
    return asks && isHealed(probe)
      ? [probe.find('while it migrates its state is not "UP", and it is restarted for it', { hint: "take the autoheal label out" })]
      : [];
  }),
});

export const DEEP_ENDPOINT = rule({
  name: "deep-endpoint",
  severity: "info",
  summary: "What restarts unhealthy containers acts on an endpoint that also looks at other services.",
  why: "When the database is away, all that use it are restarted, although nothing is wrong with them.",
  fix: "Let the label stand where the endpoint tells only of the process itself: /live, /actuator/health/liveness.",
  bad: probed("acme/api:1", '["CMD", "curl", "-fsS", "http://127.0.0.1:8080/actuator/health"]', '    labels: ["autoheal=true"]\n'),
  good: probed(
    "acme/api:1",
    '["CMD", "curl", "-fsS", "http://127.0.0.1:8080/actuator/health/liveness"]',
    '    labels: ["autoheal=true"]\n',
  ),
  sources: ["https://github.com/zegl/kube-score/blob/master/README_PROBES.md"],
  judge: eachProbe((probe) => {
    const deep = probe.requests.find(({ path }) =>
      /\/(ready|readyz|readiness|health\/(full|ready|readiness)|actuator\/health\/?)$/.test(path),
    );
    return deep !== undefined && isHealed(probe)
      ? [
          probe.find(`${deep.path} tells of other services, too, and the container is restarted for it`, {
            hint: "ask a liveness endpoint",
          }),
        ]
      : [];
  }),
});

/** Whether something restarts the service when it is unhealthy. */
function isHealed({ service, subject }: JudgedProbe): boolean {
  const labels = service?.model.labels ?? new Map<string, unknown>();
  const isLabelled = [...labels].some(([name, value]) => /autoheal/i.test(name) && String(value) === "true");
  const watchesAll = [...subject.services.values()].some(
    ({ model }) =>
      typeof model.image === "string" && /autoheal/.test(model.image) && model.environment?.get("AUTOHEAL_CONTAINER_LABEL") === "all",
  );
  return isLabelled || watchesAll;
}
