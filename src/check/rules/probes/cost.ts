import { isDuration, seconds } from "../../../model/duration.ts";
import { hasOption } from "../../command/options.ts";
import { knownTexts, programOf, type Step } from "../../command/script.ts";
import { givenTo } from "../../command/tools.ts";
import { startOfImage } from "../../probes/image-contents.ts";
import { eachProbe, type JudgedProbe } from "../../probes/judged-probe.ts";
import { rule } from "../../rule.ts";
import { probed } from "./example.ts";

export const JVM_OR_RUNTIME_BOOT_PROBE = rule({
  name: "jvm-or-runtime-boot-probe",
  severity: "warning",
  summary: "Every few seconds the probe starts a whole runtime: a JVM, Erlang, a framework.",
  why: "Such a look takes a second or more of a processor: it can be the greatest load of a quiet service, and time out under load.",
  fix: "Look for the port, or ask by HTTP; or let 30 seconds and more lie between the looks.",
  bad: probed("rabbitmq:4.1", '["CMD", "rabbitmq-diagnostics", "-q", "ping"]', "      interval: 5s\n"),
  good: probed("rabbitmq:4.1", '["CMD", "rabbitmq-diagnostics", "-q", "ping"]', "      interval: 60s\n"),
  sources: ["opsmill/infrahub#10331", "reconurge/flowsint#209", "journiv/journiv-app#588", "moby/moby#39102"],
  judge: eachProbe((probe) => {
    const interval = intervalOf(probe);
    const heavy = probe.uses.find(({ command, isWrapper }) => !isWrapper && isHeavy(programOf(command) ?? "", knownTexts(command)));
    if (interval === undefined || interval >= 30 || heavy === undefined) return [];
    return [
      probe.find(`"${programOf(heavy.command)}" boots a runtime every ${interval} s`, {
        hint: "look for the port, or take an interval of 30s or more",
      }),
    ];
  }),
});

function isHeavy(program: string, words: readonly string[]): boolean {
  if (/^(java|dotnet|rabbitmqctl|rabbitmq-diagnostics|cypher-shell|nodetool|cqlsh|kafka-[\w-]+(\.sh)?)$/.test(program))
    return !words.includes("--version");
  if (program === "celery") return words.includes("inspect");
  if (program === "php") return words[0] === "artisan";
  return program === "rails" || (program === "bundle" && words.includes("rails"));
}

/** Seconds between the looks, where the service says it; Docker's own are 30. */
function intervalOf({ timing }: JudgedProbe): number | undefined {
  return isDuration(timing.interval) ? seconds(timing.interval) : undefined;
}

export const PROBE_LOADS_THE_APP = rule({
  name: "probe-loads-the-app",
  severity: "warning",
  summary: "The probe makes the server count or search through its data.",
  why: "It costs more the more data there is, until the look takes longer than its timeout: unhealthy, and slow for everybody.",
  fix: "Ask for something constant: `SELECT 1`, `RETURN 1`, a health endpoint.",
  bad: probed("neo4j:5", '["CMD-SHELL", "cypher-shell \\"MATCH (n) RETURN count(n)\\""]'),
  good: probed("neo4j:5", '["CMD-SHELL", "cypher-shell \\"RETURN 1\\""]'),
  sources: ["neo4j/docker-neo4j#114"],
  judge: eachProbe(({ uses, find }) =>
    uses.flatMap(({ command, isWrapper }) => {
      const text = isWrapper ? "" : knownTexts(command).join(" ");
      const query = /\bcount\s*\(\s*(\*|\w+)\s*\)/i.exec(text)?.[0];
      const isHeavyQuery =
        query !== undefined && /\b(from|match)\b/i.test(text) && !/\b(information_schema|pg_\w+|system\.\w+)\b/i.test(text);
      return isHeavyQuery ? [find(`"${query}" goes through all the data`, { hint: "ask for something constant" })] : [];
    }),
  ),
});

export const WGET_SPIDER_LOG_NOISE = rule({
  name: "wget-spider-log-noise",
  severity: "info",
  summary: "wget --spider hangs up before ClickHouse has answered.",
  why: "ClickHouse writes an exception with its stack into the log at every look.",
  fix: "Write `wget -q -O /dev/null`.",
  bad: probed("clickhouse/clickhouse-server:25.8", '["CMD", "wget", "-q", "--spider", "http://127.0.0.1:8123/ping"]'),
  good: probed("clickhouse/clickhouse-server:25.8", '["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8123/ping"]'),
  sources: ["coollabsio/coolify#11639"],
  judge: eachProbe(({ uses, image, find }) =>
    uses.flatMap(({ command }) => {
      const given = programOf(command) === "wget" ? givenTo(command) : undefined;
      const isNoisy = given !== undefined && hasOption(given, "--spider") && /^clickhouse/.test(image.repository);
      return isNoisy
        ? [find("ClickHouse logs an exception whenever --spider hangs up", { hint: "write -O /dev/null in place of --spider" })]
        : [];
    }),
  ),
});

export const ZOMBIE_RISK = rule({
  name: "zombie-risk",
  severity: "warning",
  summary: "The probe's shell starts several processes, and process 1 collects none that are left over.",
  why: "When a look times out, only the shell is killed: the others become children of process 1. Each that it does not wait for keeps its number, until there are none left.",
  fix: "Write `init: true`.",
  bad: probed("node:22", '["CMD-SHELL", "curl -fsS http://127.0.0.1:3000/ | grep -q ok"]', '    command: ["node", "server.js"]\n'),
  good: probed(
    "node:22",
    '["CMD-SHELL", "curl -fsS http://127.0.0.1:3000/ | grep -q ok"]',
    '    command: ["node", "server.js"]\n    init: true\n',
  ),
  sources: ["ssdavidai/alfred#666", "DependencyTrack/dependency-track#3243", "minio/minio#6974"],
  judge: eachProbe(({ read, service, image, find }) => {
    if (!hasPipeline(read.step) || service?.model.init !== undefined || service?.model.entrypoint !== undefined) return [];
    const command = service?.model.command;
    const words = Array.isArray(command) ? command.map((word) => (typeof word === "string" ? word : "")) : startOfImage(image).split(" ");
    const entry = image.config?.entrypoint?.words ?? [];
    const first = (entry.length > 0 ? entry : words)[0]?.replace(/^.*\//, "") ?? "";
    if (image.config?.cmd?.form === "shell" && command === undefined) return [];
    return CHILDLESS.has(first)
      ? [find(`"${first}" is process 1, and collects no process that a look leaves behind`, { hint: "write init: true" })]
      : [];
  }),
});

// Servers that wait only for children of their own.
const CHILDLESS = new Set(["node", "python", "python3", "java", "celery", "minio", "uvicorn", "dotnet"]);

function hasPipeline(step: Step): boolean {
  switch (step.type) {
    case "command":
    case "unreadable":
      return false;
    case "wrapper":
      return hasPipeline(step.step);
    case "pipeline":
      return step.steps.length > 1;
    default:
      return step.steps.some(hasPipeline);
  }
}

export const PROBE_OUTPUT_HIDDEN = rule({
  name: "probe-output-hidden",
  severity: "info",
  summary: "curl is told to say nothing, also when it fails.",
  why: "The engine keeps the last five outputs of a probe, which are what tells why it failed: with `-s` alone they are empty.",
  fix: "Write `-sS`: silent, but for errors.",
  bad: probed("nginx:1.29", '["CMD", "curl", "-fs", "http://127.0.0.1/"]'),
  good: probed("nginx:1.29", '["CMD", "curl", "-fsS", "http://127.0.0.1/"]'),
  sources: ["https://curl.se/docs/manpage.html#-S", "https://github.com/moby/moby/blob/v26.1.5/daemon/health.go"],
  judge: eachProbe(({ uses, find }) =>
    uses.flatMap(({ command, isRead }) => {
      const given = programOf(command) === "curl" && !isRead ? givenTo(command) : undefined;
      const isHidden =
        given !== undefined &&
        hasOption(given, "-s", "--silent") &&
        !hasOption(given, "-S", "--show-error", "-v", "--verbose", "-w", "--write-out");
      return isHidden ? [find("-s hides why it fails", { hint: "write -sS" })] : [];
    }),
  ),
});
