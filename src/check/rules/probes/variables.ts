import { isInterpolation, type Text, type Variable } from "../../../model/interpolation.ts";
import type { Probe } from "../../../model/schema/healthcheck.ts";
import { isWrittenPath, type WrittenMap, type WrittenValue } from "../../../model/written.ts";
import type { CombinedProbe } from "../../../probe/catalogue/combined.ts";
import type { HttpProbe } from "../../../probe/catalogue/network.ts";
import { optionValue } from "../../command/options.ts";
import { type Command, type Piece, programOf, startOf, textOf, type Word } from "../../command/script.ts";
import { givenTo } from "../../command/tools.ts";
import { atService, eachService } from "../../judging.ts";
import { eachProbe, type JudgedProbe } from "../../probes/judged-probe.ts";
import { rule, type Severity } from "../../rule.ts";
import { wasRead } from "../../subject.ts";
import { probeIn } from "../dockerfiles.ts";
import { dockerfile, probed } from "./example.ts";

const POSTGRES = "    environment:\n      POSTGRES_USER: app\n";
const REDIS = '    command: ["redis-server", "--requirepass", "example"]\n    environment:\n      REDIS_PASSWORD: example\n';

export const COMPOSE_INTERPOLATION_IN_TEST = rule({
  name: "compose-interpolation-in-test",
  severity: "warning",
  summary: "A variable of the probe is replaced by Compose, not by the container's shell.",
  why: 'Compose takes it from the launching shell or .env. Set only in the service\'s environment, it becomes empty: `FATAL: role "-d" does not exist`.',
  fix: "Double the dollar sign: `$$POSTGRES_USER` is the container's variable.",
  bad: probed("postgres:17", '["CMD-SHELL", "pg_isready -h 127.0.0.1 -U ${POSTGRES_USER}"]', POSTGRES),
  good: probed("postgres:17", '["CMD-SHELL", "pg_isready -h 127.0.0.1 -U \\"$$POSTGRES_USER\\""]', POSTGRES),
  sources: ["docker/docs#21225", "n8n-io/n8n-hosting#7", "schaurian/schautrack#202", "docker/compose#8171"],
  judge: eachProbe((probe) => {
    if (probe.dockerfile !== undefined || !wasRead(probe.subject)) return [];
    const seen = new Set<string>();
    return variablesIn(probe.test).flatMap(({ name, operator }) => {
      if (operator !== undefined || seen.has(name)) return [];
      seen.add(name);
      const value = probe.service?.model.environment?.get(name);
      // What the service gets from the same variable has the same value; so has what is used all over the file.
      if (value === undefined || usesVariable(value, name)) return [];
      const severity: Severity = typeof value === "string" && !isUsedElsewhere(name, probe) ? "warning" : "info";
      return [
        probe.find(`Compose replaces \${${name}} before the container exists: its environment does not count`, {
          severity,
          hint: `write $$${name}`,
        }),
      ];
    });
  }),
});

export const ENV_IN_EXEC_FORM = rule({
  name: "env-in-exec-form",
  severity: "error",
  summary: "A variable stands in an exec form, where no shell puts its value in.",
  why: 'The program is given the text "$REDIS_PASSWORD" itself. (Only pg_isready answers whatever user it is told.)',
  fix: "Give the shell one text, with the variable in quotes.",
  bad: probed("redis:7", '["CMD", "redis-cli", "-e", "-a", "$$REDIS_PASSWORD", "ping"]', REDIS),
  good: probed("redis:7", '["CMD-SHELL", "REDISCLI_AUTH=\\"$$REDIS_PASSWORD\\" redis-cli -e ping"]', REDIS),
  sources: ["microsoft/mssql-docker#133", "https://docs.docker.com/reference/dockerfile/#exec-form"],
  judge: eachProbe(({ uses, find }) =>
    uses.flatMap(({ command, shell, isWrapper }) => {
      if (shell !== undefined || isWrapper || READS_DOLLARS.test(programOf(command) ?? "")) return [];
      const variable = command.words
        .flatMap((word) => /\$(\w+|\{\w[^}]*\})/.exec(textOf(word) ?? startOf(word))?.[0] ?? [])
        .find((text) => /^\$\{?[A-Z_]/i.test(text));
      if (variable === undefined) return [];
      const severity: Severity = programOf(command) === "pg_isready" ? "warning" : "error";
      return [find(`"${variable}" stays as it is: no shell reads it`, { severity, hint: "write one text for the shell" })];
    }),
  ),
});

// They have variables of their own, or read what they are given as a program or a pattern.
const READS_DOLLARS =
  /^(node|deno|bun|php\d*|perl|ruby|awk|gawk|mawk|sed|jq|yq|[ef]?grep|mongo|mongosh|psql|sh|bash|ash|dash|zsh|pwsh|powershell|cmd|expect|cqlsh|python3?)$/;

export const DOUBLE_DOLLAR_IN_DOCKERFILE = rule({
  name: "double-dollar-in-dockerfile",
  severity: "error",
  summary: "A Dockerfile's probe has a doubled dollar sign, which only Compose makes one of.",
  why: "For the shell $$ is its own process number: `$$PORT` becomes `42PORT`.",
  fix: "Write a single one.",
  bad: dockerfile("node:22-slim", 'bash -c "</dev/tcp/127.0.0.1/$$PORT"', "ENV PORT=3000\n"),
  good: dockerfile("node:22-slim", 'bash -c "</dev/tcp/127.0.0.1/$PORT"', "ENV PORT=3000\n"),
  sources: ["rajnandan1/kener#829", "https://docs.docker.com/reference/dockerfile/#healthcheck"],
  judge: eachProbe(({ dockerfile: file, read, test, find }) => {
    const [, script] = Array.isArray(test) ? (test as readonly unknown[]) : [undefined, test];
    const found = file === undefined || read.form !== "shell" || typeof script !== "string" ? null : /\$\$[A-Za-z_{(]\w*/.exec(script);
    return found === null ? [] : [find(`"${found[0]}" begins with the shell's process number`, { hint: "write a single $" })];
  }),
});

export const SECRET_IN_PROBE = rule({
  name: "secret-in-probe",
  severity: "warning",
  summary: "A password stands in the probe.",
  why: "It is shown by `docker inspect`, by the engine's events at every look, and by `ps` in the container.",
  fix: "Take it from the container's environment (`$$REDIS_PASSWORD`, REDISCLI_AUTH, MYSQL_PWD, PGPASSWORD) or from a file in /run/secrets.",
  bad: probed("redis:7", '["CMD", "redis-cli", "-e", "-a", "${REDIS_PASSWORD}", "ping"]'),
  good: probed("redis:7", '["CMD-SHELL", "REDISCLI_AUTH=\\"$$REDIS_PASSWORD\\" redis-cli -e ping"]'),
  sources: [
    "https://docs.docker.com/reference/api/engine/",
    "Measured with Engine 26.1: the event `exec_create` has the whole command in it, at every look",
  ],
  judge: (subject) => [...inCommands(subject), ...inHeaders(subject)],
});

export const UNQUOTED_VALUE_WITH_SHELL_CHARS = rule({
  name: "unquoted-value-with-shell-chars",
  severity: "info",
  summary: "A password is put into the script without quotes.",
  why: "One with a blank, a `*` or nothing in it becomes several words, files, or none.",
  fix: "Put quotes around it.",
  bad: probed("mysql:8.4", '["CMD-SHELL", "mysqladmin ping -h 127.0.0.1 -uroot -p$$MYSQL_ROOT_PASSWORD"]'),
  good: probed("mysql:8.4", '["CMD-SHELL", "mysqladmin ping -h 127.0.0.1 -uroot -p\\"$$MYSQL_ROOT_PASSWORD\\""]'),
  sources: ["https://www.shellcheck.net/wiki/SC2086"],
  judge: eachProbe(({ uses, find }) =>
    uses.flatMap(({ command, shell }) => {
      if (shell === undefined) return [];
      const bare = command.words
        .flatMap(({ pieces }) => pieces)
        .find((piece) => piece.kind === "variable" && !piece.quoted && SECRET_NAME.test(piece.name));
      return bare?.kind !== "variable"
        ? []
        : [find(`$${bare.name} is split at blanks: it has no quotes`, { hint: `write "$${bare.name}"` })];
    }),
  ),
});

export const YAML_FOLDING_IN_TEST = rule({
  name: "yaml-folding-in-test",
  severity: "warning",
  summary: "A backslash at the end of a line became one before a blank, because YAML joined the lines.",
  why: "With `>` and in quotes the line breaks are gone: the shell takes the backslash and the blank for a part of the next word.",
  fix: "Take the backslashes out, or write the script with `|`.",
  bad: probed("nginx:1.29", ">\n        curl -fsS \\\n        http://127.0.0.1/"),
  good: probed("nginx:1.29", "|\n        curl -fsS \\\n        http://127.0.0.1/"),
  sources: ["https://yaml.org/spec/1.2.2/#813-folded-style"],
  judge: eachProbe(({ dockerfile: file, uses, subject, find }) => {
    if (file !== undefined || !wasRead(subject)) return [];
    const broken = uses
      .flatMap(({ command, shell }) => (shell === undefined ? [] : command.words.slice(1)))
      .find((word) => /^ +[-\w/|&]/.test(startOfBare(word)));
    return broken === undefined
      ? []
      : [
          find(`the shell reads "${startOf(broken)}", with a blank before it`, {
            hint: "take the backslashes at the ends of the lines out",
          }),
        ];
  }),
});

export const NONPORTABLE_DOLLAR_FORMS = rule({
  name: "nonportable-dollar-forms",
  severity: "info",
  summary: "A dollar sign that is no variable of Compose's stands alone.",
  why: "Compose 2 leaves `$(...)`, `$?` and `$1` as they are; Compose 1 and other readers of the file refuse them or take them for variables.",
  fix: "Double it: `$$(...)`.",
  bad: probed("redis:7", '["CMD-SHELL", "test \\"$(redis-cli ping)\\" = PONG"]'),
  good: probed("redis:7", '["CMD-SHELL", "test \\"$$(redis-cli ping)\\" = PONG"]'),
  sources: ["containers/podlet#103", "Measured: `docker compose config` 2.40 keeps `$(cmd)` and `$?`"],
  judge: eachProbe((probe) => {
    const found = writtenTests(probe).flatMap((text) => /(?:^|[^$])(?:\$\$)*(\$[(?0-9#@*!])/.exec(text)?.[1] ?? [])[0];
    return found === undefined ? [] : [probe.find(`"${found}" stands with a single dollar sign`, { hint: `write $${found}` })];
  }),
});

const SECRET_NAME = /(PASS(WORD|WD|PHRASE)?|SECRET|TOKEN|API_?KEY|AUTH)($|_)/i;

/** Variables of Compose in a test. */
function variablesIn(test: JudgedProbe["test"]): readonly Variable[] {
  return ([test].flat() as readonly Text[]).flatMap((text) =>
    isInterpolation(text) ? text.parts.flatMap((part) => (typeof part === "string" ? [] : [part])) : [],
  );
}

function usesVariable(value: unknown, name: string): boolean {
  return isInterpolation(value) && value.parts.some((part) => typeof part !== "string" && part.name === name);
}

/** Whether Compose replaces the variable anywhere else, so that it is likely to be set. */
function isUsedElsewhere(name: string, { subject, service }: JudgedProbe): boolean {
  const visit = (value: unknown): boolean => {
    if (isInterpolation(value)) return usesVariable(value, name);
    if (value instanceof Map) return [...value.values()].some(visit);
    return typeof value === "object" && value !== null && Object.values(value).some(visit);
  };
  return [...subject.services.values()].some(({ name: other, model }) => {
    const { healthcheck, ...rest } = model;
    return visit(other === service?.name ? rest : model);
  });
}

/** What in a command is a secret that is written down, in words. */
function secretsIn(command: Command): readonly string[] {
  const composed = [...command.words, ...command.variables.values()].flatMap(({ pieces }) =>
    pieces.flatMap((piece) =>
      piece.kind === "compose" && SECRET_NAME.test(piece.variable.name) ? [`the value of ${piece.variable.name}`] : [],
    ),
  );
  const assigned = [...command.variables].flatMap(([name, value]) =>
    SECRET_VARIABLE.test(name) && isWrittenDown(value) ? [`a password, in ${name},`] : [],
  );
  return [...composed, ...assigned, ...(hasPasswordOption(command) ? ["a password"] : [])];
}

const SECRET_VARIABLE = /^(PGPASSWORD|MYSQL_PWD|REDISCLI_AUTH|SQLCMDPASSWORD)$/;

const PASSWORD_OPTIONS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    "redis-cli": ["-a", "--pass"],
    "valkey-cli": ["-a", "--pass"],
    mysqladmin: ["-p", "--password"],
    mysql: ["-p", "--password"],
    "mariadb-admin": ["-p", "--password"],
    mariadb: ["-p", "--password"],
    mongosh: ["-p", "--password"],
    mongo: ["-p", "--password"],
    sqlcmd: ["-P"],
  }),
);

function hasPasswordOption(command: Command): boolean {
  const program = programOf(command) ?? "";
  const given = givenTo(command);
  if (given === undefined) return false;
  const value = optionValue(given, ...(PASSWORD_OPTIONS.get(program) ?? []));
  const login = program === "curl" ? optionValue(given, "-u", "--user") : undefined;
  const isLogin = login !== undefined && /:[^:]/.test(knownText(login)) && isWrittenDown(login);
  const hasAddress = given.operands.some((word) => /^[a-z+]+:\/\/[^/@:]*:[^/@$]+@/.test(textOf(word) ?? ""));
  return (value !== undefined && isWrittenDown(value)) || isLogin || hasAddress;
}

function isWrittenDown({ pieces }: Word): boolean {
  const [last] = pieces.slice(-1);
  return last?.kind === "text" && last.text !== "" && pieces.every(({ kind }) => kind === "text");
}

function knownText({ pieces }: Word): string {
  return pieces.map((piece: Piece) => (piece.kind === "text" ? piece.text : "")).join("");
}

/** What an unquoted word begins with: quotes keep their blanks on purpose. */
function startOfBare({ pieces }: Word): string {
  const [first] = pieces;
  return first?.kind === "text" && !first.quoted ? first.text : "";
}

/** The texts of a test as the Compose file has them. */
function writtenTests({ subject, service, dockerfile: file }: JudgedProbe): readonly string[] {
  if (file !== undefined || service === undefined) return [];
  const documents = subject.stack.written?.parts.map(({ document }) => document) ?? [];
  return documents.flatMap((document) => {
    const test = at(document, ["services", service.name, "healthcheck", "test"]);
    return [test].flat().filter((text) => typeof text === "string");
  });
}

function at(document: WrittenMap, path: readonly string[]): WrittenValue | undefined {
  return path.reduce<WrittenValue | undefined>(
    (value, key) => (value instanceof Map && !isWrittenPath(value as WrittenValue) ? (value as WrittenMap).get(key) : undefined),
    document,
  );
}

const inCommands = eachProbe((probe) => {
  const [first] = probe.uses.flatMap(({ command, isWrapper }) => (isWrapper ? [] : secretsIn(command)));
  return first === undefined || (probe.dockerfile === undefined && secretHeaders(probe.service?.probe).length > 0)
    ? []
    : [probe.find(`${first} stands in the command, which docker inspect shows`, { hint: "take it from the container's environment" })];
});

// Wherever the probe ends up: in the Compose file, or in the image.
const inHeaders = eachService((service) => {
  const probes = [
    ["healthcheck", service.probe],
    ["build.dockerfile", service.probe === undefined ? probeIn(service.dockerfile?.described) : undefined],
  ] as const;
  return probes.flatMap(([path, probe]) => {
    const [name] = secretHeaders(probe);
    if (name === undefined) return [];
    const hint = `let it be read inside the container: headers: { ${JSON.stringify(name)}: { variable: "API_TOKEN" } }, or { file: "/run/secrets/..." }, with a prefix ("Bearer ")`;
    return [atService(service, path, `the header ${name} stands in the command, which docker inspect shows`, { hint })];
  });
});

/** Headers of a probe of the catalogue, or of one inside of it, that hold what nobody else should know. */
function secretHeaders(probe: Probe | undefined): readonly string[] {
  const { headers = {}, probes = [] } = (probe ?? {}) as Partial<HttpProbe> & Partial<CombinedProbe>;
  const written = Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [name] : []));
  const own = written.filter((name) => /authorization|cookie|token|secret|password|api-?key/i.test(name));
  return [...own, ...probes.flatMap(secretHeaders)];
}
