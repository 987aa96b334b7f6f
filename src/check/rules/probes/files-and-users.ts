import type { Instruction } from "../../../dockerfile/structure.ts";
import { argumentsOf as partsOf } from "../../../dockerfile/words.ts";
import { hasOption } from "../../command/options.ts";
import { readScript } from "../../command/read-script.ts";
import { type Command, programOf, startOf, textOf } from "../../command/script.ts";
import { givenTo } from "../../command/tools.ts";
import { commandsOf } from "../../command/uses.ts";
import { buildOf } from "../../dockerfile-builds.ts";
import { usualText } from "../../images.ts";
import { eachProbe, type JudgedProbe } from "../../probes/judged-probe.ts";
import { rule } from "../../rule.ts";
import { dockerfile, probed } from "./example.ts";
import { knownWords } from "./program-missing.ts";

export const WGET_WRITES_FILES = rule({
  name: "wget-writes-files",
  severity: "warning",
  summary: "wget is not told where the answer goes: it writes a file at every look.",
  why: "GNU wget leaves index.html, index.html.1, ... in the container until the disk is full; BusyBox's fails at the second look, because the file is there.",
  fix: "Write `wget -q -O /dev/null URL`.",
  bad: probed("neo4j:5", '["CMD", "wget", "-q", "http://127.0.0.1:7474/"]'),
  good: probed("neo4j:5", '["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:7474/"]'),
  sources: [
    "opsmill/infrahub#6302",
    "Measured: GNU wget 1.21 leaves index.html and index.html.1; BusyBox 1.37 says `can't open 'index.html': File exists`, exit 1",
  ],
  judge: eachProbe(({ uses, find }) =>
    uses.flatMap(({ command }) =>
      writesAnswer(command) ? [find("wget writes the answer into a file at every look", { hint: "give it -O /dev/null" })] : [],
    ),
  ),
});

function writesAnswer(command: Command): boolean {
  const given = programOf(command) === "wget" ? givenTo(command) : undefined;
  if (given === undefined || !given.isCertain || given.operands.length === 0) return false;
  return !hasOption(given, "-O", "--output-document", "--spider", "--delete-after", "-V", "--version", "-h", "--help");
}

export const PROBE_RUNS_AS_UNPRIVILEGED_USER = rule({
  name: "probe-runs-as-unprivileged-user",
  severity: "info",
  summary: "The probe writes a file, and runs as a user or in a container that may not.",
  why: "Probes run as the container's user, in its working folder: what root may do in a shell of yours they may not.",
  fix: "Write into /dev/null, or into a folder that belongs to the user.",
  bad: probed("nginx:1.29", '["CMD-SHELL", "curl -fsS http://127.0.0.1/ > /var/health"]', '    user: "1000"\n'),
  good: probed("nginx:1.29", '["CMD-SHELL", "curl -fsS http://127.0.0.1/ > /dev/null"]', '    user: "1000"\n'),
  sources: ["grafana/grafana#82869", "https://github.com/moby/moby/blob/v26.1.5/daemon/health.go"],
  judge: eachProbe((probe) => {
    const limit = limitOf(probe);
    if (limit === undefined) return [];
    const written = probe.uses
      .flatMap(({ command }) => writtenBy(command))
      .find((path) => !/^\/(dev|tmp|run|proc|var\/tmp|var\/run)\//.test(path));
    return written === undefined ? [] : [probe.find(`writes ${written}, and ${limit}`, { hint: "write into /dev/null" })];
  }),
});

function limitOf({ service, image }: JudgedProbe): string | undefined {
  if (service?.model.readOnly === true) return "the container's file system is read-only";
  const given = service?.model.user;
  const user = given === undefined ? image.config?.user?.value : typeof given === "number" ? String(given) : usualText(given);
  return user === undefined || /^(0|root)(:|$)/.test(user) ? undefined : `runs as user ${user}`;
}

function writtenBy(command: Command): readonly string[] {
  const targets = command.redirections.flatMap(({ operator, target }) => (/^(&?>>?|>\|)$/.test(operator) ? (textOf(target) ?? []) : []));
  const touched =
    programOf(command) === "touch" || programOf(command) === "tee" ? knownWords(command).filter((word) => !word.startsWith("-")) : [];
  return [...targets, ...touched, ...(writesAnswer(command) ? ["the answer into its folder"] : [])];
}

export const PROBE_HAS_SIDE_EFFECTS = rule({
  name: "probe-has-side-effects",
  severity: "warning",
  summary: "The probe changes something.",
  why: "It runs again and again, in every container, at moments that nobody chooses: what it changes is changed each time.",
  fix: "Let a task do it once, and the probe only look.",
  bad: probed("mongo:8", `["CMD", "mongosh", "--quiet", "--eval", "rs.initiate()"]`),
  good: probed("mongo:8", `["CMD", "mongosh", "--quiet", "--eval", "db.adminCommand('ping')"]`),
  sources: ["hmchangw/newchat#232", "https://docs.docker.com/reference/api/engine/"],
  judge: eachProbe(({ uses, find }) =>
    uses.flatMap(({ command }) => {
      const what = changeOf(command);
      return what === undefined
        ? []
        : [find(`${what}, at every look`, { ...(isHarmlessAlike(command) ? { severity: "info" } : {}), hint: "let a task do it once" })];
    }),
  ),
});

const SQL_CLIENTS = /^(psql|mysql|mariadb|sqlcmd|sqlite3|clickhouse-client|cqlsh|cockroach)$/;

/** What a command changes, in words; `undefined` where it only looks, or nobody knows. */
function changeOf(command: Command): string | undefined {
  const program = programOf(command) ?? "";
  const text = command.words
    .slice(1)
    .map((word) => textOf(word) ?? startOf(word))
    .join(" ");
  if (/^mongo(sh)?$/.test(program) && /rs\.initiate|replSetInitiate|createUser|\.(insert|drop|delete)\w*\(/.test(text))
    return "changes the database";
  if (/^(echo|printf)$/.test(program) && /\brs\.initiate\s*\(/.test(text)) return "changes the database";
  if (
    SQL_CLIENTS.test(program) &&
    /(^|[\s"';])(INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|DROP\s|CREATE\s|ALTER\s|TRUNCATE\s)/i.test(text)
  )
    return "changes the database";
  if (/^kafka-topics(\.sh)?$/.test(program) && /--(create|delete|alter)\b/.test(text)) return "changes topics";
  if (program === "rm" || program === "mv") return "takes files away";
  const given = program === "curl" ? givenTo(command) : undefined;
  if (given === undefined) return undefined;
  const method = [given.options.get("-X"), given.options.get("--request")].map(textOf).find((each) => each !== undefined);
  if (method !== undefined && /^(PUT|DELETE|PATCH|POST)$/.test(method)) return `sends a ${method}`;
  return method === undefined && hasOption(given, "-d", "--data", "--data-raw", "--data-binary", "--json", "-F", "--form")
    ? "sends a POST"
    : undefined;
}

// Many servers are asked by POST (JSON-RPC), and a heartbeat may be a file that the probe takes away.
function isHarmlessAlike(command: Command): boolean {
  return /^(curl|rm|mv)$/.test(programOf(command) ?? "");
}

export const INSTALLED_ONLY_FOR_PROBE = rule({
  name: "installed-only-for-probe",
  severity: "info",
  summary: "curl or wget is installed for nothing but the health check.",
  why: "It is one more thing to keep up to date, and a help for whoever gets into the container.",
  fix: "Probe with what the image has.",
  bad: dockerfile("python:3.12-slim", "curl -fsS http://127.0.0.1:8000/health", "RUN apt-get update && apt-get install -y curl\n"),
  good: dockerfile(
    "python:3.12-slim",
    `["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health', timeout=3)"]`,
  ),
  sources: ["bitwarden/server#7858"],
  judge: eachProbe((probe) => {
    const { dockerfile: file, service, image, uses, find } = probe;
    const tool = uses.map(({ command }) => programOf(command) ?? "").find((program) => program === "curl" || program === "wget");
    const written = file === undefined || tool === undefined ? undefined : buildOf(file, service)?.written;
    if (written === undefined || tool === undefined) return [];
    const others = ["python3", "node", "ruby", "php", "wget", "bash"].filter((each) => each !== tool && image.has(each));
    const instructions = written.chain.flatMap(({ instructions }) => instructions);
    const installs = instructions.some((instruction) => installed(instruction).includes(tool));
    const isUsed = instructions.some((instruction) => runs(instruction, tool));
    return installs && !isUsed && others.length > 0
      ? [find(`${tool} is installed for this alone`, { hint: `${others.join(", ")} can do it` })]
      : [];
  }),
});

function installed(instruction: Instruction): readonly string[] {
  return commandsIn(instruction).flatMap((command) => (/^(apt-get|apt|apk)$/.test(programOf(command) ?? "") ? knownWords(command) : []));
}

/** Whether an instruction runs a tool, or something that it does not show may. */
function runs(instruction: Instruction, tool: string): boolean {
  if (/^(CMD|ENTRYPOINT)$/.test(instruction.keyword)) return instruction.joined.text.includes(tool);
  return commandsIn(instruction).some((command) => programOf(command) === tool || programOf(command) === undefined);
}

function commandsIn(instruction: Instruction): readonly Command[] {
  if (instruction.keyword !== "RUN") return [];
  return commandsOf(readScript(partsOf(instruction.joined, "RUN").rest.text));
}
