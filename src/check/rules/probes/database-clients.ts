import type { CheckedService } from "../../../model/checked-stack.ts";
import { hasOption, optionValue } from "../../command/options.ts";
import { resolved } from "../../command/requests.ts";
import { argumentsOf, type Command, programOf, startOf, textOf } from "../../command/script.ts";
import { givenTo } from "../../command/tools.ts";
import { eachProbe, type JudgedProbe } from "../../probes/judged-probe.ts";
import { rule } from "../../rule.ts";
import { probed } from "./example.ts";

export const DB_PROBE_OVER_UNIX_SOCKET = rule({
  name: "db-probe-over-unix-socket",
  severity: "warning",
  summary: "A database is probed over its Unix socket, which also the server answers that only sets up a fresh volume.",
  why: "While it runs the init scripts, no TCP port is open. What waits for `service_healthy` starts, finds nobody, and fails: only with a fresh volume, as in CI.",
  fix: "Write `pg_isready -h 127.0.0.1`, `mysqladmin ping -h 127.0.0.1`, `healthcheck.sh --connect --innodb_initialized`. For MySQL's clients `localhost` is the socket, too.",
  bad: probed("postgres:17", '["CMD", "pg_isready", "-U", "app"]'),
  good: probed("postgres:17", '["CMD", "pg_isready", "-h", "127.0.0.1", "-U", "app"]'),
  sources: ["docker-library/postgres#880", "docker-library/postgres#440", "keploy/samples-go#241", "buildbot/buildbot#8221"],
  judge: eachProbe((probe) =>
    probe.uses.flatMap(({ command }) => {
      const server = serverOf(command, probe);
      const { repository } = probe.image;
      if (server === undefined || !(SETTING_UP.test(repository) || DERIVED.test(repository)) || !setsUp(probe)) return [];
      const message = `"${programOf(command)}" talks to the socket, which answers while a fresh volume is set up`;
      return [probe.find(message, { hint: "give it -h 127.0.0.1" })];
    }),
  ),
});

export const REDIS_PING_EXIT_CODE = rule({
  name: "redis-ping-exit-code",
  severity: "warning",
  summary: "The exit code of `redis-cli ping` is trusted, which is 0 whatever the server answers.",
  why: "NOAUTH, a wrong password and LOADING are answers like any other: green, while no client can work.",
  fix: "Write `redis-cli -e ping` (from Redis 7), or compare the answer: `| grep -qx PONG`.",
  bad: probed("redis:7", '["CMD", "redis-cli", "ping"]', '    command: ["redis-server", "--requirepass", "example"]\n'),
  good: probed("redis:7", '["CMD", "redis-cli", "-e", "ping"]', '    command: ["redis-server", "--requirepass", "example"]\n'),
  sources: ["legumeinfo/gcv#415", "immich-app/immich#30326", "Measured with Redis 7.0: exit 0 on NOAUTH and on a wrong password"],
  judge: eachProbe((probe) =>
    probe.uses.flatMap(({ command, isRead }) => {
      const given = /^(redis|valkey|keydb)-cli$/.test(programOf(command) ?? "") ? givenTo(command) : undefined;
      if (given === undefined || isRead || hasOption(given, "-e")) return [];
      const [verb, ...rest] = given.operands.map((word) => textOf(word)?.toLowerCase());
      if (verb !== "ping" || rest.length > 0) return [];
      return [
        probe.find(`"${programOf(command)} ping" exits with 0 whatever is answered`, {
          hint: "give it -e, or compare the answer with PONG",
        }),
      ];
    }),
  ),
});

export const MYSQLADMIN_PING_NO_AUTH = rule({
  name: "mysqladmin-ping-no-auth",
  severity: "warning",
  summary: "mysqladmin pings, which proves no login: whatever the password, it exits with 0.",
  why: 'It exits with 0 on "Access denied", with a wrong password as without one: nobody notices that nobody can log in. Without one, every look leaves a warning in the server\'s log.',
  fix: 'Ask for something that needs a login: `MYSQL_PWD="$$MYSQL_ROOT_PASSWORD" mysql -h 127.0.0.1 -uroot -e "SELECT 1"`.',
  bad: probed("mysql:8.4", '["CMD", "mysqladmin", "ping", "-h", "127.0.0.1"]'),
  good: probed("mysql:8.4", '["CMD-SHELL", "MYSQL_PWD=\\"$$MYSQL_ROOT_PASSWORD\\" mysql -h 127.0.0.1 -uroot -e \'SELECT 1\'"]'),
  sources: [
    "RotherOSS/otobo#1875",
    "https://dev.mysql.com/doc/refman/8.4/en/mysqladmin.html",
    "Measured with MariaDB 11.8: `mysqladmin ping -uroot -pWRONG` says \"Access denied\" and exits with 0; `mariadb -e 'SELECT 1'` exits with 1",
  ],
  judge: eachProbe(({ uses, lookup, service, find }) => {
    const asksMore = uses.some(({ command }) => /^(mysql|mariadb)$/.test(programOf(command) ?? ""));
    return uses.flatMap(({ command, isRead }) => {
      const given = /^(mysqladmin|mariadb-admin)$/.test(programOf(command) ?? "") ? givenTo(command) : undefined;
      // What reads the output sees the difference.
      if (given === undefined || isRead || !given.operands.some((word) => textOf(word) === "ping")) return [];
      const message = `"${programOf(command)} ping" exits with 0 when access is denied`;
      const isGiven =
        hasOption(given, "-p", "--password", "--defaults-file", "--defaults-extra-file", "--login-path") ||
        command.variables.has("MYSQL_PWD") ||
        lookup("MYSQL_PWD") !== undefined;
      if (isGiven && asksMore) return [];
      if (isGiven)
        return [find(`${message}: a wrong password is not noticed`, { severity: "info", hint: 'ask for something: "SELECT 1"' })];
      return acceptsAnybody(service) ? [] : [find(message, { hint: "ask with a password" })];
    });
  }),
});

// Their entry points start a server without TCP first, to set up a fresh volume.
const SETTING_UP = /^(postgres|postgis\/postgis|pgvector\/pgvector|timescale\/timescaledb|mysql|percona|mariadb)$/;

/** Whether the entry point of the image sets a fresh volume up: only where the command is its server. */
function setsUp({ service, image }: JudgedProbe): boolean {
  const { command, entrypoint } = service?.model ?? {};
  const start = entrypoint ?? image.config?.entrypoint?.words;
  if (start !== undefined && !JSON.stringify(start).includes("docker-entrypoint")) return false;
  const first = Array.isArray(command) ? command[0] : command;
  return typeof first !== "string" || /^\s*(-|([\w/]*\/)?(postgres|mysqld|mariadbd|mysqld_safe)(\s|$)|$)/.test(first);
}

// Images that are called like them are mostly made from them.
const DERIVED = /^(?!bitnami).*(postgres|postgis|pgvector|mysql|mariadb)[^/]*$/;

/** The kind of server that a command asks over a socket; `undefined` where it asks over TCP, or nobody knows. */
function serverOf(command: Command, { lookup }: JudgedProbe): string | undefined {
  const program = programOf(command) ?? "";
  const given = givenTo(command);
  if (given === undefined || !given.isCertain) return undefined;
  const value = (...names: readonly string[]): string | undefined => {
    const word = optionValue(given, ...names);
    return word === undefined ? undefined : (resolved(word, lookup) ?? UNKNOWN);
  };
  if (/^(pg_isready|psql)$/.test(program)) {
    const host = value("-h", "--host") ?? (command.variables.has("PGHOST") ? UNKNOWN : lookup("PGHOST"));
    const isConnectionString = argumentsOf(command).some((word) => /:\/\/|host(addr)?=/.test(startOf(word)));
    return !isConnectionString && (host === undefined || host.startsWith("/")) ? "postgres" : undefined;
  }
  if (!/^(mysqladmin|mysql|mariadb-admin|mariadb)$/.test(program)) return undefined;
  const host = value("-h", "--host");
  const protocol = value("--protocol")?.toLowerCase();
  const isElsewhere = hasOption(given, "--defaults-file", "--defaults-extra-file", "-V", "--version", "--help");
  return (host === undefined || host === "localhost") && protocol === undefined && !isElsewhere ? "mysql" : undefined;
}

const UNKNOWN = "?";

function acceptsAnybody(service: CheckedService | undefined): boolean {
  const names = ["MYSQL_ALLOW_EMPTY_PASSWORD", "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD"];
  return names.some((name) => service?.model.environment?.has(name) === true);
}
