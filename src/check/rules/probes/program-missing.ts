import { isOlder } from "../../../probe/facts/version.ts";
import { missingPrograms } from "../../command/outcome.ts";
import { argumentsOf, type Command, programOf, textOf } from "../../command/script.ts";
import { isMounted } from "../../mounted.ts";
import { cataloguedIn, eachProbe, type JudgedProbe } from "../../probes/judged-probe.ts";
import { type Finding, rule, type Severity } from "../../rule.ts";
import { dockerfile, probed } from "./example.ts";

export const PROBE_BINARY_MISSING = rule({
  name: "probe-binary-missing",
  severity: "error",
  summary: "A program that the probe needs is not in the image.",
  why: "Every look fails with exit code 127 or -1: the service is unhealthy for ever, and what waits for it never starts.",
  fix: "Probe with a program that the image has, or install one in an image of your own.",
  bad: dockerfile("python:3.12-slim", "curl -f http://127.0.0.1:8000/health"),
  good: dockerfile("python:3.12-slim", "curl -f http://127.0.0.1:8000/health", "RUN apt-get update && apt-get install -y curl\n"),
  sources: [
    "keycloak/keycloak#39373",
    "MariaDB/mariadb-docker#512",
    "minio/minio#18371",
    "ollama/ollama#9781",
    "microsoft/mssql-docker#892",
  ],
  judge: eachProbe((probe) => {
    // Where there is no shell, no program of the script is looked for.
    if (probe.read.form === "shell" && probe.image.lacks("sh") !== undefined) return [];
    const missing = missingPrograms(probe.read.step, (command) => absence(command, probe) !== undefined);
    return missing.slice(0, 1).flatMap((command) => absence(command, probe) ?? []);
  }),
});

export const PROBE_TOOL_RELIES_ON_PATH = rule({
  name: "probe-tool-relies-on-path",
  severity: "warning",
  summary: "A tool of the image is named without its folder, which is not on PATH.",
  why: "It is in the image all the same, but not found by its name alone: the probe fails with 127.",
  fix: "Write the whole path.",
  bad: probed("apache/kafka:4.1.0", '["CMD", "kafka-topics.sh", "--bootstrap-server", "127.0.0.1:9092", "--list"]'),
  good: probed("apache/kafka:4.1.0", '["CMD", "/opt/kafka/bin/kafka-topics.sh", "--bootstrap-server", "127.0.0.1:9092", "--list"]'),
  sources: ["https://github.com/apache/kafka/blob/trunk/docker/jvm/Dockerfile", "microsoft/mssql-docker#892"],
  judge: eachProbe(({ uses, image, find, ...probe }) =>
    (cataloguedIn(probe) === undefined ? uses : []).flatMap(({ command }) => {
      const written = textOf(command.words[0]) ?? "";
      const found = OFF_PATH.find(({ repository, program }) => repository.test(image.repository) && program.test(written));
      if (found === undefined || image.mayBring(written)) return [];
      return [find(`"${written}" is not on the PATH of ${image.name}`, { hint: `write ${found.mended(written)}` })];
    }),
  ),
});

export const IMAGE_PROBE_BROKEN_BY_BASE_CHANGE = rule({
  name: "image-probe-broken-by-base-change",
  severity: "info",
  summary: "A probe uses a tool that images of this name lose, under a tag that moves.",
  why: "The next pull may bring an image without it: every look fails from then on, although nothing was changed.",
  fix: "Pin the version, or probe without tools of the system.",
  bad: probed("prom/prometheus:latest", '["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:9090/-/ready"]'),
  good: probed("prom/prometheus:v3.5.0", '["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:9090/-/ready"]'),
  sources: [
    "grafana/loki#20149",
    "grafana/loki#15101",
    "prometheus/prometheus#19079",
    "openmeterio/openmeter#4683",
    "VictoriaMetrics/VictoriaLogs#1494",
  ],
  judge: eachProbe(({ uses, image, find }) => {
    const isFloating = /^(latest|main|master|nightly|v?\d+)$/.test(image.tag);
    const tool = uses.map(({ command }) => programOf(command) ?? "").find((program) => ["wget", "curl", "nc", "sh"].includes(program));
    if (!isFloating || tool === undefined || image.isBuilt || !LOSING.has(image.repository) || image.lacks(tool) !== undefined) return [];
    return [find(`${image.name} may be another image tomorrow, and newer ones have no "${tool}"`, { hint: "pin the version" })];
  }),
});

// Images of these names lost the tools of the system in a new version, or are about to.
const LOSING = new Set([
  "prom/prometheus",
  "clickhouse/clickhouse-server",
  "victoriametrics/victoria-metrics",
  "grafana/tempo",
  "grafana/mimir",
]);

/** That a command is not there, as a finding; `undefined` where it is, or nobody knows. */
function absence(command: Command, { image, service, find }: JudgedProbe): Finding | undefined {
  const written = textOf(command.words[0]) ?? "";
  if (service !== undefined && isMounted(service, written)) return undefined;
  const renamed = RENAMED.find((each) => each.repository.test(image.repository) && each.program === written && each.holds(image.tag));
  if (renamed !== undefined && !image.mayBring(written)) {
    return find(`"${written}" is not in ${image.name}`, { hint: `write ${renamed.now}` });
  }
  const program = programOf(command) ?? "";
  if (!/^(\/usr)?(\/local)?\/s?bin\/[^/]+$|^[^/]+$/.test(written)) return undefined;
  const severity: Severity | undefined = image.lacks(program);
  if (severity === undefined) return undefined;
  if (image.removes(program))
    return find(`"${program}" is not in the image: the Dockerfile removes it`, { severity, hint: hintFor(image) });
  const where = image.isBuilt ? `${image.name}, which the Dockerfile builds on, and it installs none` : image.name;
  return find(`"${program}" is not in ${where}`, { severity, hint: hintFor(image) });
}

const TOOLS = ["wget", "curl", "python3", "node", "bash", "perl"] as const;

function hintFor(image: JudgedProbe["image"]): string {
  const there = TOOLS.filter((tool) => image.has(tool));
  return there.length === 0 ? "build an image with it" : `it has ${there.join(", ")}: probe with that, or build an image with it`;
}

interface Renamed {
  readonly repository: RegExp;
  readonly program: string;
  readonly now: string;
  readonly holds: (tag: string) => boolean;
}

// "lts" and "latest" are newer than 11.
const MARIADB = { repository: /^mariadb$/, holds: (tag: string): boolean => !isOlder(tag, [11]) };
const VALKEY = { repository: /^valkey\/valkey$/, holds: (): boolean => true };

/** Programs that are called otherwise in newer images. */
const RENAMED: readonly Renamed[] = [
  ...["mysqladmin", "mysql", "mysqldump"].map((program) => ({
    ...MARIADB,
    program,
    now: { mysqladmin: "mariadb-admin", mysql: "mariadb", mysqldump: "mariadb-dump" }[program] ?? "",
  })),
  ...["redis-cli", "redis-server"].map((program) => ({ ...VALKEY, program, now: program.replace("redis", "valkey") })),
  { repository: /^mongo$/, program: "mongo", now: "mongosh", holds: (tag) => !isOlder(tag, [6]) },
  {
    repository: /^mcr\.microsoft\.com\/mssql\/server$/,
    program: "/opt/mssql-tools/bin/sqlcmd",
    now: "/opt/mssql-tools18/bin/sqlcmd, with -C",
    holds: (tag) => /^(latest|(2019|2022|2025)-latest|2025-.*)$/.test(tag),
  },
];

interface OffPath {
  readonly repository: RegExp;
  readonly program: RegExp;
  readonly mended: (program: string) => string;
}

const OFF_PATH: readonly OffPath[] = [
  { repository: /^apache\/kafka$/, program: /^kafka-[\w-]+\.sh$/, mended: (program) => `/opt/kafka/bin/${program}` },
  { repository: /^confluentinc\/cp-(kafka|server)$/, program: /^kafka-[\w-]+\.sh$/, mended: (program) => program.replace(/\.sh$/, "") },
  { repository: /^mcr\.microsoft\.com\/mssql\/server$/, program: /^sqlcmd$/, mended: () => "/opt/mssql-tools18/bin/sqlcmd, with -C" },
];

/** The words of a command that are known. */
export function knownWords(command: Command): readonly string[] {
  return argumentsOf(command).flatMap((word) => textOf(word) ?? []);
}
