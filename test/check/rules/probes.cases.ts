import { env, probe, service, stack } from "stackwright";
import type { RuleCases } from "./case.ts";

/** A Compose file whose service `app` is probed. */
const app = (image: string, test: string, more = "", others = ""): string =>
  `services:\n  app:\n    image: ${image}\n    healthcheck:\n      test: ${test}\n${more}${others}`;

const built = (test: string, more = ""): string => `services:\n  app:\n    build: .\n    healthcheck:\n      test: ${test}\n${more}`;

// As a block: what begins with a bracket is a list for YAML.
const script = (text: string): string => `|\n        ${text}`;

const TEST = "app.healthcheck.test";

/** Cases of what a container is probed with: whether it can run. */
export const CASES: RuleCases = {
  "cmd-shell-extra-args": {
    triggers: [{ title: "a command in several items", of: app("x", "[CMD-SHELL, curl, -f, http://x]"), at: ["app.healthcheck.test"] }],
    misses: [{ title: "words after CMD", of: app("x", "[CMD, curl, -f, http://x]") }],
  },
  "empty-test": {
    triggers: [{ title: "an empty list", of: app("x", "[]"), at: ["app.healthcheck.test"], severity: "warning" }],
    misses: [{ title: "no test at all", of: "services:\n  app:\n    image: x\n    healthcheck:\n      interval: 5s\n" }],
  },
  "probe-binary-missing": {
    triggers: [
      { title: "curl in a slim image", of: app("python:3.12-slim", "curl -f http://127.0.0.1:8000/ || exit 1"), at: [TEST] },
      {
        title: "a name that MariaDB 11 no longer has",
        of: app("mariadb:11", "[CMD, mysqladmin, ping, -h, 127.0.0.1]"),
        says: /mysqladmin/,
      },
      { title: "the name of another server's client", of: app("valkey/valkey:8", "[CMD, redis-cli, -e, ping]") },
      { title: "behind a program that runs others", of: app("node:22-slim", "[CMD, timeout, '5', curl, -f, http://127.0.0.1:3000/]") },
      { title: "inside of a comparison", of: app("node:22-slim", script('[ "$$(curl -s http://127.0.0.1:3000/)" = ok ]')) },
      {
        title: "in the Dockerfile's own instruction, at its line",
        of: "FROM node:22-slim\nRUN npm ci\nHEALTHCHECK CMD curl -f http://127.0.0.1:3000/\n",
        at: [3],
      },
      {
        title: "where the Dockerfile installs other packages, which may bring it",
        of: "FROM python:3.12-slim\nRUN apt-get update && apt-get install -y gcc\nHEALTHCHECK CMD curl -f http://127.0.0.1:8000/\n",
        severity: "warning",
      },
      {
        title: "where the Dockerfile removes what its base has",
        of: "FROM nginx:1.29\nRUN apt-get purge -y --auto-remove curl && rm -rf /var/lib/apt/lists/*\nHEALTHCHECK CMD curl -f http://127.0.0.1/\n",
        at: [3],
        severity: "warning",
        says: /the Dockerfile removes it$/,
      },
      {
        title: "where the Dockerfile removes what it has installed",
        of: "FROM node:22-slim\nRUN apt-get update && apt-get install -y curl \\\n  && curl -fsS https://example.com/a >/a \\\n  && apt-get purge -y \\\n    curl\nHEALTHCHECK CMD curl -f http://127.0.0.1:3000/\n",
        severity: "warning",
        says: /removes it$/,
      },
      {
        title: "where a later stage removes a group of packages",
        of: "FROM python:3.13-alpine AS base\nRUN apk add --no-cache --virtual .deps curl gcc && apk del .deps\nFROM base\nHEALTHCHECK CMD curl -f http://127.0.0.1:3000/\n",
        severity: "warning",
      },
      {
        title: "in the service, where the Dockerfile beside it installs none",
        of: built("[CMD, curl, -f, http://127.0.0.1:8000/]"),
        files: { Dockerfile: "ARG V=3.12\nFROM python:$V-slim AS base\nFROM base\nCOPY . /app\n" },
        severity: "warning",
      },
      {
        title: "of which one report tells only",
        of: app(
          "quay.io/keycloak/keycloak:26",
          "[CMD, curl, -f, http://127.0.0.1:9000/health]",
          "    environment: {KC_HEALTH_ENABLED: 'true'}\n",
        ),
      },
    ],
    misses: [
      {
        title: "where it is mounted, as a file or with its folder",
        of: `services:
  a:
    image: python:3.12-slim
    volumes: ["./curl:/usr/local/bin/curl:ro"]
    healthcheck: {test: [CMD, curl, -f, "http://127.0.0.1:8000/"]}
  b:
    image: python:3.12-slim
    volumes: ["./tools:/tools"]
    environment: {PATH: /tools:/usr/local/bin:/usr/bin:/bin}
    healthcheck: {test: "curl -f http://127.0.0.1:8000/ || exit 1"}
`,
      },
      {
        title: "where the Dockerfile installs it and removes other packages, lists of packages and archives",
        of: "FROM node:22-slim\nRUN apt-get update && apt-get install -y curl && apt-get purge -y gcc && rm -rf /var/lib/apt/lists/* /tmp/curl.tgz\nHEALTHCHECK CMD curl -f http://127.0.0.1:3000/\n",
      },
      {
        title: "where the Dockerfile removes it and installs it anew",
        of: "FROM nginx:1.29\nRUN apt-get purge -y curl\nRUN apt-get update && apt-get install -y curl\nHEALTHCHECK CMD curl -f http://127.0.0.1/\n",
      },
      { title: "another way that is there", of: app("debian:13-slim", "curl -f http://127.0.0.1/ || bash -c '</dev/tcp/127.0.0.1/80'") },
      { title: "an image of which nothing is known", of: app("acme/api:1", "[CMD, curl, -f, http://127.0.0.1/]") },
      { title: "an image of which nothing is sure", of: app("chromadb/chroma:1", "[CMD, curl, -f, http://127.0.0.1:8000/]") },
      { title: "an older image, which had it", of: app("mongo:4.4", "[CMD, mongo, --eval, db.stats()]") },
      { title: "a question for the program", of: app("debian:13-slim", "if command -v curl; then curl -f http://127.0.0.1/; fi") },
      {
        title: "what the Dockerfile copies in",
        of: "FROM python:3.12-slim\nCOPY --from=curlimages/curl /usr/bin/curl /usr/local/bin/\nHEALTHCHECK CMD curl -f http://127.0.0.1:8000/\n",
      },
      {
        title: "what a stage below installs",
        of: built("[CMD, curl, -f, http://127.0.0.1:8000/]"),
        files: { Dockerfile: "FROM python:3.12-slim AS base\nRUN apt-get install -y curl\nFROM base\nCOPY . /app\n" },
      },
      {
        title: "what a script of the Dockerfile's may install",
        of: "FROM node:22-slim\nRUN ./setup.sh\nHEALTHCHECK CMD curl -f http://127.0.0.1/\n",
      },
      {
        title: "what a variable may put there",
        of: stack("s", [service("app", { image: env("IMAGE"), healthcheck: { test: ["CMD", "curl", "-f", "http://127.0.0.1/"] } })]),
      },
    ],
  },
  "shell-form-without-shell": {
    triggers: [
      { title: "a text in a distroless image", of: app("gcr.io/distroless/base-debian12", "/app/check"), at: [TEST] },
      { title: "in a Dockerfile from scratch", of: "FROM scratch\nCOPY app /app\nHEALTHCHECK CMD /app health\n", at: [3] },
    ],
    misses: [
      { title: "the exec form", of: app("gcr.io/distroless/base-debian12", "[CMD, /app/check]") },
      { title: "the variant with a shell", of: app("gcr.io/distroless/base-debian12:debug", "/app/check") },
    ],
  },
  "bashism-in-sh": {
    triggers: [
      { title: "a device of bash", of: app("debian:13", "exec 3<>/dev/tcp/127.0.0.1/80"), at: [TEST], says: /\/dev\/tcp/ },
      { title: "a double bracket", of: app("debian:13", script("[[ -f /ready ]]")) },
      { title: "a text in place of a file, which BusyBox lacks, too", of: app("alpine:3", "grep x <<<xyz") },
      { title: "an option that newer versions of dash know", of: app("debian:13", "set -o pipefail; a | b"), severity: "warning" },
      { title: "an image of which nothing is known", of: app("acme/api:1", "</dev/tcp/127.0.0.1/80"), severity: "warning" },
    ],
    misses: [
      { title: "bash that is called", of: app("debian:13", "bash -c '[[ -f /ready ]]'") },
      { title: "what BusyBox has taken over from bash", of: app("alpine:3", script("[[ -f /ready ]]")) },
      { title: "an image whose sh is bash", of: app("mysql:8.4", "</dev/tcp/127.0.0.1/3306") },
      { title: "a Dockerfile with another shell", of: 'FROM debian:13\nSHELL ["/bin/bash", "-c"]\nHEALTHCHECK CMD [[ -f /ready ]]\n' },
    ],
  },
  "cmd-string-with-spaces": {
    triggers: [
      { title: "a command in one item", of: app("x", '["CMD", "curl -f http://127.0.0.1/"]'), at: [TEST] },
      { title: "in a Dockerfile", of: 'FROM x\nHEALTHCHECK CMD ["curl -f http://127.0.0.1/"]\n', at: [2] },
    ],
    misses: [{ title: "an argument with blanks", of: app("x", '["CMD", "sh", "-c", "curl -f http://127.0.0.1/"]') }],
  },
  "operator-in-exec-form": {
    triggers: [
      { title: "an alternative", of: app("x", '["CMD", "curl", "-f", "http://127.0.0.1/", "||", "exit", "1"]'), at: [TEST] },
      { title: "a pipe, in a Dockerfile", of: 'FROM x\nHEALTHCHECK CMD ["curl", "http://127.0.0.1/", "|", "grep", "ok"]\n', at: [2] },
    ],
    misses: [
      { title: "an argument that contains one", of: app("x", '["CMD", "grep", "-E", "a||b", "/f"]') },
      { title: "a script of its own", of: app("x", '["CMD", "sh", "-c", "a || exit 1"]') },
    ],
  },
  "test-none-string": {
    triggers: [{ title: "a text", of: app("x", '"NONE"'), at: [TEST] }],
    misses: [{ title: "the list", of: app("x", "[NONE]") }],
  },
  "probe-needs-tool-flag-not-in-variant": {
    triggers: [
      { title: "a long option of GNU wget", of: app("alpine:3", "[CMD, wget, --retry-connrefused, -qO-, http://127.0.0.1/]"), at: [TEST] },
    ],
    misses: [
      { title: "options that both know", of: app("alpine:3", "[CMD, wget, --no-verbose, --tries=1, --spider, http://127.0.0.1/]") },
      {
        title: "GNU's own, installed",
        of: "FROM alpine:3\nRUN apk add wget\nHEALTHCHECK CMD wget --retry-connrefused -qO- http://127.0.0.1/\n",
      },
    ],
  },
  "probe-runs-as-unprivileged-user": {
    triggers: [
      { title: "a file, in a container that is read-only", of: app("x", "date > /state", "    read_only: true\n"), at: [TEST] },
      { title: "in a Dockerfile with a user", of: "FROM alpine:3\nUSER nobody\nHEALTHCHECK CMD wget -q http://127.0.0.1/\n", at: [3] },
    ],
    misses: [
      { title: "a folder for everybody", of: app("x", "date > /tmp/state", '    user: "1000"\n') },
      { title: "root", of: app("x", "date > /state", "    user: root\n") },
    ],
  },
  "probe-tool-relies-on-path": {
    triggers: [
      {
        title: "a suffix that this image's tools don't have",
        of: app("confluentinc/cp-kafka:7.9.0", "[CMD, kafka-topics.sh, --list]"),
        says: /kafka-topics/,
      },
      { title: "sqlcmd", of: app("mcr.microsoft.com/mssql/server:2022-latest", "[CMD, sqlcmd, -C, -Q, SELECT 1]"), at: [TEST] },
    ],
    misses: [
      {
        title: "the whole path",
        of: app("mcr.microsoft.com/mssql/server:2022-latest", "[CMD, /opt/mssql-tools18/bin/sqlcmd, -C, -Q, SELECT 1]"),
      },
    ],
  },
  "installed-only-for-probe": {
    triggers: [
      {
        title: "in an image with Node",
        of: "FROM node:22-slim\nRUN apt-get install -y curl\nHEALTHCHECK CMD curl -f http://127.0.0.1/\n",
        at: [3],
      },
    ],
    misses: [
      {
        title: "what the build uses, too",
        of: "FROM node:22-slim\nRUN apt-get install -y curl && curl -o /f https://x.example\nHEALTHCHECK CMD curl -f http://127.0.0.1/\n",
      },
      { title: "what was there before", of: "FROM node:22\nHEALTHCHECK CMD curl -f http://127.0.0.1/\n" },
    ],
  },
  "image-probe-broken-by-base-change": {
    triggers: [
      { title: "a tag that is one number", of: app("prom/prometheus:v3", "[CMD, wget, -qO-, http://127.0.0.1:9090/-/ready]"), at: [TEST] },
    ],
    misses: [{ title: "a whole version", of: app("prom/prometheus:v3.5.0", "[CMD, wget, -qO-, http://127.0.0.1:9090/-/ready]") }],
  },
  "curl-without-fail": {
    triggers: [
      { title: "in a script", of: app("x", "curl -s http://127.0.0.1/ || exit 1"), at: [TEST] },
      { title: "with the answer thrown away", of: app("x", "[CMD, curl, -so, /dev/null, http://127.0.0.1/]") },
      { title: "with a status that nobody compares", of: app("x", "[CMD, curl, -w, '%{http_code}', http://127.0.0.1/]") },
      {
        title: "in a Dockerfile, after a continued line",
        of: "FROM x\nHEALTHCHECK --interval=10s \\\n  CMD curl http://127.0.0.1/\n",
        at: [3],
      },
    ],
    misses: [
      { title: "-f among other letters", of: app("x", "[CMD, curl, -sfS, http://127.0.0.1/]") },
      { title: "--fail-with-body", of: app("x", "[CMD, curl, --fail-with-body, http://127.0.0.1/]") },
      { title: "an answer that is read", of: app("x", "curl -s http://127.0.0.1/ | grep -q ok") },
      { title: "a status that is compared", of: app("x", script('[ "$$(curl -so /dev/null -w %{http_code} http://127.0.0.1/)" = 200 ]')) },
      { title: "options in a variable", of: app("x", "curl $$OPTIONS http://127.0.0.1/") },
      { title: "what is not HTTP", of: app("x", "[CMD, curl, telnet://127.0.0.1:25]") },
    ],
  },
  "exit-code-swallowed": {
    triggers: [
      { title: "|| true", of: app("x", "curl -f http://127.0.0.1/ || true"), at: [TEST] },
      { title: "a closing echo", of: app("x", "curl -f http://127.0.0.1/; echo done") },
      { title: "both answers", of: app("x", "curl -f http://127.0.0.1/ && echo up || echo down") },
    ],
    misses: [
      { title: "|| exit 1", of: app("x", "curl -f http://127.0.0.1/ || exit 1") },
      { title: "a shell that stops at failures", of: app("x", "set -e; curl -f http://127.0.0.1/; echo done") },
      { title: "both answers, with an exit", of: app("x", "if curl -f http://127.0.0.1/; then exit 0; else exit 1; fi") },
    ],
  },
  "self-fulfilling-probe": {
    triggers: [
      { title: "true", of: app("x", "[CMD, 'true']"), at: [TEST] },
      { title: "exit 0", of: app("x", "exit 0") },
      { title: "a client's version", of: app("ollama/ollama:0.12", "[CMD, ollama, --version]"), says: /ollama --version/ },
      { title: "whether process 1 is there", of: app("x", "kill -0 1") },
    ],
    misses: [
      { title: "false, which is red", of: app("x", "[CMD, 'false']") },
      { title: "a file", of: app("x", "cat /tmp/ready") },
      { title: "a look at another process", of: app("x", "kill -0 $$(cat /run/app.pid)") },
      { title: "a test before a request", of: app("nginx:1.29", "nginx -t && curl -f http://127.0.0.1/") },
      { title: "what can't be read", of: app("x", "echo 'open") },
    ],
  },
  "pgrep-matches-itself": {
    triggers: [
      { title: "behind which an alternative stands", of: app("x", "pgrep -f worker || exit 1"), at: [TEST] },
      { title: "ps and grep", of: app("x", "ps aux | grep worker") },
      { title: "a shell that may take its place", of: app("x", "pgrep -f worker"), severity: "warning" },
      {
        title: "in a script, whose own command line it fits",
        of: "FROM debian:13\nCOPY check-worker.sh /\nHEALTHCHECK CMD /check-worker.sh\n",
        files: { "check-worker.sh": "#!/bin/sh\n# pgrep -f worker\nif pgrep -f worker; then exit 0; fi\nexit 1\n" },
        severity: "error",
        says: /in the command line of this script/,
      },
      {
        title: "in a script that is mounted",
        of: app("x", "[CMD, sh, /check.sh]", "    volumes: ['./check.sh:/check.sh:ro']\n"),
        files: { "check.sh": 'pgrep -f "sleep infinity" || exit 1\n' },
        severity: "info",
      },
    ],
    misses: [
      { title: "a name, not a command line", of: app("x", "pgrep worker || exit 1") },
      { title: "a pattern that does not fit itself", of: app("x", "pgrep -f '[w]orker' || exit 1") },
      { title: "grep -v grep", of: app("x", "ps aux | grep worker | grep -v grep") },
      { title: "no shell", of: app("x", "[CMD, pgrep, -f, worker]") },
      {
        title: "a script that looks for a name",
        of: "FROM debian:13\nCOPY check.sh /\nHEALTHCHECK CMD /check.sh\n",
        files: { "check.sh": "# not pgrep -f worker\npgrep -x worker || pgrep -f '[w]orker'\n" },
      },
      {
        title: "a script that something else runs",
        of: "FROM debian:13\nCOPY worker.sh check.sh /\nHEALTHCHECK CMD /check.sh\n",
        files: { "worker.sh": "pgrep -f worker\n", "check.sh": "exit 0\n" },
      },
    ],
  },
  "db-probe-over-unix-socket": {
    triggers: [
      { title: "pg_isready alone", of: app("postgres:17", "[CMD, pg_isready]"), at: [TEST] },
      {
        title: "with a volume that may be filled already",
        of: app("postgres:17", "[CMD, pg_isready]", "    volumes: [/var/lib/postgresql/data]\n"),
        severity: "warning",
      },
      { title: "localhost, for MySQL's clients", of: app("mysql:8.4", "[CMD, mysqladmin, ping, -h, localhost, -psecret]") },
      { title: "psql over the socket's folder", of: app("postgres:17", "[CMD, psql, -h, /var/run/postgresql, -c, SELECT 1]") },
      { title: "an image that is called like them", of: app("acme/postgres-wal2json:1", "[CMD, pg_isready]"), severity: "warning" },
    ],
    misses: [
      { title: "localhost, for PostgreSQL's clients", of: app("postgres:17", "[CMD, pg_isready, -h, localhost]") },
      { title: "a host in the environment", of: app("postgres:17", "[CMD, pg_isready]", "    environment: {PGHOST: 127.0.0.1}\n") },
      { title: "a protocol", of: app("mysql:8.4", "[CMD, mysqladmin, ping, --protocol=tcp]") },
      { title: "a host that a variable says", of: app("postgres:17", "pg_isready -h $$HOST") },
      { title: "an address", of: app("postgres:17", "[CMD, psql, 'postgresql://a@127.0.0.1/b', -c, SELECT 1]") },
      { title: "another image", of: app("bitnami/postgresql:17", "[CMD, pg_isready]") },
      {
        title: "a command that is not the server, so that nothing is set up",
        of: app("postgres:17", "[CMD, pg_isready]", '    command: bash -c "pg_basebackup -D /d; postgres"\n'),
      },
    ],
  },
  "redis-ping-exit-code": {
    triggers: [
      { title: "with a password", of: app("redis:7", "[CMD, redis-cli, -a, x, ping]"), at: [TEST] },
      { title: "without one: only LOADING remains", of: app("redis:7", "[CMD, redis-cli, ping]"), severity: "warning" },
    ],
    misses: [
      { title: "-e", of: app("redis:7", "[CMD, redis-cli, -e, ping]") },
      { title: "an answer that is compared", of: app("redis:7", "redis-cli ping | grep -qx PONG") },
    ],
  },
  "mysqladmin-ping-no-auth": {
    triggers: [
      { title: "without a password", of: app("mysql:8.4", "[CMD, mysqladmin, ping, -h, 127.0.0.1]"), at: [TEST], severity: "warning" },
      {
        title: "with one, which may be wrong",
        of: app("mysql:8.4", 'mysqladmin ping -h 127.0.0.1 -p"$$MYSQL_ROOT_PASSWORD"'),
        at: [TEST],
        severity: "info",
        says: /a wrong password is not noticed/,
      },
      {
        title: "in a Dockerfile",
        of: 'FROM mariadb:10\nHEALTHCHECK CMD mysqladmin ping -u root -p"$MARIADB_ROOT_PASSWORD"\n',
        at: [2],
        severity: "info",
      },
    ],
    misses: [
      { title: "what it prints is read", of: app("mysql:8.4", "mysqladmin ping -h 127.0.0.1 -psecret | grep -q alive") },
      { title: "beside a query", of: app("mysql:8.4", "mysqladmin ping -h h -psecret && mysql -h h -psecret -e 'SELECT 1'") },
      {
        title: "a server that asks for none",
        of: app("mysql:8.4", "[CMD, mysqladmin, ping, -h, 127.0.0.1]", '    environment: {MYSQL_ALLOW_EMPTY_PASSWORD: "yes"}\n'),
      },
    ],
  },
  "status-endpoint-always-200": {
    triggers: [{ title: "SonarQube", of: app("sonarqube:2025", "[CMD, curl, -f, http://127.0.0.1:9000/api/system/status]"), at: [TEST] }],
    misses: [
      { title: "a body that is read", of: app("sonarqube:2025", "curl -f http://127.0.0.1:9000/api/system/status | grep UP") },
      { title: "the same path of another server", of: app("acme/api:1", "[CMD, curl, -f, http://127.0.0.1/status]") },
    ],
  },
  "tcp-only-readiness": {
    triggers: [{ title: "Neo4j", of: app("neo4j:5", "[CMD, bash, -c, </dev/tcp/127.0.0.1/7687]"), at: [TEST] }],
    misses: [
      { title: "a server that opens its port last", of: app("rabbitmq:4", "[CMD, bash, -c, </dev/tcp/127.0.0.1/5672]") },
      {
        title: "a port that was asked for",
        of: stack("s", [service("app", { image: "neo4j:5", healthcheck: probe.tcp({ port: 7687 }) })]),
      },
    ],
  },
  "four-letter-word-not-whitelisted": {
    triggers: [
      { title: "ruok", of: app("zookeeper:3.9", "echo ruok | nc 127.0.0.1 2181 | grep imok"), at: [TEST] },
      { title: "an answer that nobody reads", of: app("zookeeper:3.9", "echo ruok | nc 127.0.0.1 2181"), severity: "warning" },
    ],
    misses: [
      { title: "srvr", of: app("zookeeper:3.9", "echo srvr | nc 127.0.0.1 2181") },
      {
        title: "one that is allowed",
        of: app("zookeeper:3.9", "echo ruok | nc 127.0.0.1 2181", '    environment: {ZOO_4LW_COMMANDS_WHITELIST: "ruok,stat"}\n'),
      },
      { title: "an older version", of: app("zookeeper:3.4.14", "echo ruok | nc 127.0.0.1 2181") },
    ],
  },
  "too-narrow-match": {
    triggers: [
      { title: "healthy", of: app("x", "curl -s http://127.0.0.1/ | grep -q healthy"), at: [TEST] },
      {
        title: "green, where there is one node",
        of: app(
          "elasticsearch:8.15.0",
          "curl -s http://127.0.0.1:9200/_cluster/health | grep green",
          '    environment: {discovery.type: "single-node"}\n',
        ),
      },
    ],
    misses: [
      { title: "the whole word", of: app("x", "curl -s http://127.0.0.1/ | grep -qw healthy") },
      { title: "the word in its quotes", of: app("x", `curl -s http://127.0.0.1/ | grep -q '"healthy"'`) },
      { title: "green, in a cluster", of: app("elasticsearch:8.15.0", "curl -s http://127.0.0.1:9200/_cluster/health | grep green") },
    ],
  },
  "replica-set-not-checked": {
    triggers: [
      {
        title: "a ping",
        of: app("mongo:8", `mongosh --eval 'db.adminCommand("ping")'`, "    command: mongod --replSet rs0\n"),
        at: [TEST],
      },
    ],
    misses: [
      { title: "a server alone", of: app("mongo:8", `mongosh --eval 'db.adminCommand("ping")'`) },
      { title: "rs.status()", of: app("mongo:8", "mongosh --eval 'rs.status().ok'", "    command: mongod --replSet rs0\n") },
    ],
  },
  "vault-sealed-semantics": {
    triggers: [
      {
        title: "where something restarts it",
        of: app("hashicorp/vault:1", "[CMD, vault, status]", "    labels: {autoheal: 'true'}\n"),
        at: [TEST],
      },
    ],
    misses: [
      {
        title: "sealed counts as healthy",
        of: app("hashicorp/vault:1", "wget -qO- http://127.0.0.1:8200/v1/sys/health?sealedcode=200", "    labels: {autoheal: 'true'}\n"),
      },
    ],
  },
  "migration-state-is-unhealthy": {
    triggers: [
      {
        title: "where something restarts it",
        of: app("sonarqube", `curl -s http://127.0.0.1:9000/api/system/status | grep UP`, "    labels: {autoheal: 'true'}\n"),
        at: [TEST],
      },
    ],
    misses: [
      {
        title: "a migration counts, too",
        of: app(
          "sonarqube",
          `curl -s http://127.0.0.1:9000/api/system/status | grep -E 'UP|DB_MIGRATION'`,
          "    labels: {autoheal: 'true'}\n",
        ),
      },
    ],
  },
  "deep-endpoint": {
    triggers: [
      {
        title: "where all containers are watched",
        of: app(
          "x",
          "[CMD, curl, -f, http://127.0.0.1/ready]",
          "",
          "  heal:\n    image: willfarrell/autoheal:1.2\n    environment: {AUTOHEAL_CONTAINER_LABEL: all}\n",
        ),
        at: [TEST],
      },
    ],
    misses: [{ title: "nobody restarts it", of: app("x", "[CMD, curl, -f, http://127.0.0.1/ready]") }],
  },
};
