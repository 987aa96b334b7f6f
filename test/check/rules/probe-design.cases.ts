import { from, image, inDockerfile, needs, probe, service, stack, startAfter } from "stackwright";
import type { RuleCases } from "./case.ts";

/** A Compose file whose service `app` is probed. */
const app = (image: string, test: string, more = "", others = ""): string =>
  `services:\n  app:\n    image: ${image}\n    healthcheck:\n      test: ${test}\n${more}${others}`;

const curl = (address: string): string => `[CMD, curl, -fsS, "${address}"]`;

const TEST = "app.healthcheck.test";

/** Cases of what a container is probed with: whether it can ever be green, what it asks, and what that costs. */
export const CASES: RuleCases = {
  "localhost-ipv6": {
    triggers: [
      { title: "BusyBox's wget", of: app("node:22-alpine", "wget -qO- http://localhost:3000/ || exit 1"), at: [TEST], severity: "warning" },
      {
        title: "with a server that listens on 0.0.0.0",
        of: app(
          "python:3.13-alpine",
          "[CMD, wget, -qO-, http://localhost:8000/]",
          "    command: uvicorn main:app --host 0.0.0.0 --port 8000\n",
        ),
      },
    ],
    misses: [
      { title: "curl, which tries both", of: app("nginx:1.29-alpine", curl("http://localhost/")) },
      { title: "GNU wget, which tries both", of: app("node:22", "[CMD, wget, -qO-, http://localhost:3000/]") },
      { title: "GNU wget, installed", of: "FROM alpine:3\nRUN apk add wget\nHEALTHCHECK CMD wget -qO- http://localhost/\n" },
    ],
  },
  "probe-binds-elsewhere": {
    triggers: [
      { title: "tctl", of: app("temporalio/auto-setup:1.24", "[CMD, tctl, --address, '127.0.0.1:7233', cluster, health]"), at: [TEST] },
    ],
    misses: [
      {
        title: "a server that was told to listen everywhere",
        of: app(
          "temporalio/auto-setup:1.24",
          "[CMD, tctl, --address, '127.0.0.1:7233', cluster, health]",
          "    environment: {BIND_ON_IP: 0.0.0.0}\n",
        ),
      },
    ],
  },
  "wrong-port": {
    triggers: [
      {
        title: "the host's side",
        of: app("acme/api:1", curl("http://localhost:8081/"), '    ports: ["127.0.0.1:8081:8080"]\n'),
        at: [TEST],
        says: /in the container it is 8080/,
      },
      {
        title: "the default port of HTTP, where the command line says another",
        of: 'FROM python:3.12\nCMD ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "8000"]\nHEALTHCHECK CMD curl -f http://localhost/health\n',
        at: [3],
        says: /the command line says 8000/,
      },
      { title: "not what the image listens on", of: app("grafana/grafana:12.0.0", curl("http://127.0.0.1:9000/")), severity: "warning" },
      {
        title: "not what the Dockerfile exposes",
        of: "FROM node:22\nEXPOSE 3000\nHEALTHCHECK CMD curl -f http://127.0.0.1:8080/\n",
        severity: "warning",
      },
      {
        title: "Keycloak's old one",
        of: app("quay.io/keycloak/keycloak:26.0", "[CMD, /bin/x, 'http://127.0.0.1:8080/health']"),
      },
    ],
    misses: [
      { title: "the container's side", of: app("acme/api:1", curl("http://localhost:8080/"), '    ports: ["127.0.0.1:8081:8080"]\n') },
      {
        title: "a port in the environment",
        of: app("grafana/grafana:12.0.0", curl("http://127.0.0.1:9000/"), '    environment: {GF_SERVER_HTTP_PORT: "9000"}\n'),
      },
      {
        title: "a port that a mounted file may say",
        of: app("nginx:1.29", curl("http://127.0.0.1:8080/"), "    volumes: [./nginx.conf:/etc/nginx/nginx.conf]\n"),
      },
      { title: "a port that a variable says", of: app("acme/api:1", "curl -f http://127.0.0.1:$$PORT/", '    ports: ["8081:8080"]\n') },
      { title: "the host's network", of: app("acme/api:1", curl("http://127.0.0.1:8081/"), "    network_mode: host\n") },
      { title: "Keycloak before the change", of: app("quay.io/keycloak/keycloak:24.0", curl("http://127.0.0.1:8080/health")) },
    ],
  },
  "feature-flag-off": {
    triggers: [
      {
        title: "Keycloak's health",
        of: app("quay.io/keycloak/keycloak:26.0", "[CMD, /bin/x, 'http://127.0.0.1:9000/health/ready']", "    command: start\n"),
        at: [TEST],
      },
      {
        title: "NATS's monitoring",
        of: app("nats:2-alpine", "[CMD, wget, -qO-, 'http://127.0.0.1:8222/healthz']", "    command: [-js]\n"),
      },
      { title: "RabbitMQ's management", of: app("rabbitmq:4", curl("http://127.0.0.1:15672/")), says: /management/ },
      {
        title: "which a mounted file may switch on",
        of: app(
          "traefik:v3",
          "[CMD, traefik, healthcheck]",
          "    command: [--providers.docker]\n    volumes: [./traefik.yml:/etc/traefik/traefik.yml]\n",
        ),
        severity: "warning",
      },
    ],
    misses: [
      {
        title: "Keycloak with its health switched on",
        of: app(
          "quay.io/keycloak/keycloak:26.0",
          "[CMD, /bin/x, 'http://127.0.0.1:9000/health/ready']",
          '    environment: {KC_HEALTH_ENABLED: "true"}\n',
        ),
      },
      {
        title: "a variable that nobody here knows",
        of: app(
          "quay.io/keycloak/keycloak:26.0",
          "[CMD, /bin/x, 'http://127.0.0.1:9000/health/ready']",
          "    environment: {KC_HEALTH_ENABLED: '${X}'}\n",
        ),
      },
      { title: "NATS's own command, which opens the port", of: app("nats:2-alpine", "[CMD, wget, -qO-, 'http://127.0.0.1:8222/healthz']") },
      { title: "the management image", of: app("rabbitmq:4-management", curl("http://127.0.0.1:15672/")) },
    ],
  },
  "tls-mismatch": {
    triggers: [
      { title: "a certificate of the container's own", of: app("x", curl("https://localhost:8443/")), at: [TEST] },
      { title: "HTTP on a port with TLS", of: app("x", curl("http://localhost:8443/")), says: /TLS/ },
      { title: "sqlcmd 18", of: app("mcr.microsoft.com/mssql/server:2022-latest", "[CMD, /opt/mssql-tools18/bin/sqlcmd, -Q, SELECT 1]") },
    ],
    misses: [
      { title: "-k among other letters", of: app("x", "[CMD, curl, -fsSk, 'https://localhost:8443/']") },
      { title: "a name with a certificate", of: app("x", curl("https://shop.example.com/")) },
      {
        title: "sqlcmd -C",
        of: app("mcr.microsoft.com/mssql/server:2022-latest", "[CMD, /opt/mssql-tools18/bin/sqlcmd, -C, -Q, SELECT 1]"),
      },
    ],
  },
  "proxy-env-breaks-loopback": {
    triggers: [
      {
        title: "Python, which reads capitals, too",
        of: app(
          "python:3.13-slim",
          `[CMD, python, -c, "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/')"]`,
          "    environment: {HTTP_PROXY: 'http://p:1'}\n",
        ),
        at: [TEST],
      },
    ],
    misses: [
      {
        title: "curl, which does not read capitals for HTTP",
        of: app("x", curl("http://127.0.0.1/"), "    environment: {HTTP_PROXY: 'http://p:1'}\n"),
      },
      {
        title: "--noproxy",
        of: app("x", "[CMD, curl, -f, --noproxy, '*', 'http://127.0.0.1/']", "    environment: {http_proxy: 'http://p:1'}\n"),
      },
      {
        title: "a proxy that is switched off for the probe",
        of: app("x", "http_proxy='' wget -qO- http://127.0.0.1/", "    environment: {http_proxy: 'http://p:1'}\n"),
      },
    ],
  },
  "auth-required-endpoint": {
    triggers: [
      {
        title: "a registry with a login",
        of: app("registry:2", "[CMD, curl, -f, 'http://127.0.0.1:5000/v2/']", "    environment: {REGISTRY_AUTH: htpasswd}\n"),
        at: [TEST],
      },
    ],
    misses: [
      { title: "a login", of: app("elasticsearch:9.1.0", 'curl -f -u elastic:"$$ELASTIC_PASSWORD" http://127.0.0.1:9200/') },
      {
        title: "an answer that is read",
        of: app("elasticsearch:9.1.0", "curl -s http://127.0.0.1:9200/ | grep -q 'missing authentication'"),
      },
      { title: "an older version", of: app("elasticsearch:7.17.0", curl("http://127.0.0.1:9200/")) },
    ],
  },
  "cli-inherits-server-env": {
    triggers: [
      {
        title: "an agent",
        of: app(
          "confluentinc/cp-kafka:7.9.0",
          "[CMD, kafka-topics, --list]",
          '    environment: {KAFKA_OPTS: "-javaagent:/jmx.jar=7071:/c.yml"}\n',
        ),
        at: [TEST],
        severity: "warning",
      },
      {
        title: "an option of etcdctl's that the environment says as well",
        of: app(
          "quay.io/coreos/etcd:v3.5.1",
          "[CMD, etcdctl, --endpoints, 'http://127.0.0.1:2379', endpoint, health]",
          "    environment: {ETCDCTL_ENDPOINTS: 'http://127.0.0.1:2379'}\n",
        ),
        at: [TEST],
        severity: "error",
        says: /is given --endpoints and inherits ETCDCTL_ENDPOINTS/,
      },
      {
        title: "the catalogue's probe of etcd",
        of: stack("s", [
          service("e", {
            image: "quay.io/coreos/etcd:v3.6.1",
            healthcheck: probe.etcd(),
            environment: { ETCDCTL_COMMAND_TIMEOUT: "3s" },
          }),
        ]),
        severity: "error",
        says: /ETCDCTL_COMMAND_TIMEOUT/,
      },
    ],
    misses: [
      {
        title: "one of etcdctl's that nothing else says",
        of: app(
          "quay.io/coreos/etcd:v3.5.1",
          "[CMD, etcdctl, endpoint, health]",
          "    environment: {ETCDCTL_ENDPOINTS: 'http://127.0.0.1:2379', ETCDCTL_API: '3'}\n",
        ),
      },
      {
        title: "one that is taken away before",
        of: app(
          "bitnami/etcd:3.5.1",
          "[CMD, env, -u, ETCDCTL_ENDPOINTS, etcdctl, '--endpoints=http://127.0.0.1:2379', endpoint, health]",
          "    environment: {ETCDCTL_ENDPOINTS: 'http://127.0.0.1:2379'}\n",
        ),
      },
      {
        title: "emptied for the probe",
        of: app(
          "confluentinc/cp-kafka:7.9.0",
          "KAFKA_OPTS= kafka-topics --list",
          '    environment: {KAFKA_OPTS: "-javaagent:/jmx.jar=7071:/c.yml"}\n',
        ),
      },
    ],
  },
  "inherited-healthcheck-wrong": {
    triggers: [
      {
        title: "a worker of the same Dockerfile",
        of: "services:\n  web:\n    build: .\n  worker:\n    build: .\n    command: celery worker\n",
        files: { Dockerfile: "FROM python:3.13\nCMD uvicorn main:app\nHEALTHCHECK CMD curl -f http://127.0.0.1:8000/\n" },
        at: ["worker.command"],
      },
    ],
    misses: [
      {
        title: "a health check of its own",
        of: "services:\n  web:\n    build: .\n  worker:\n    build: .\n    command: celery worker\n    healthcheck: {disable: true}\n",
        files: { Dockerfile: "FROM python:3.13\nHEALTHCHECK CMD curl -f http://127.0.0.1:8000/\n" },
      },
      {
        title: "another stage",
        of: "services:\n  web:\n    build: .\n  worker:\n    build: {context: ., target: base}\n    command: celery worker\n",
        files: { Dockerfile: "FROM python:3.13 AS base\nFROM base\nHEALTHCHECK CMD curl -f http://127.0.0.1:8000/\n" },
      },
    ],
  },
  "compose-interpolation-in-test": {
    triggers: [
      {
        title: "a variable of the service alone",
        of: app("x", "pg_isready -U $USER_NAME -h h", "    environment: {USER_NAME: a}\n"),
        at: [TEST],
      },
      {
        title: "one that is used elsewhere, too",
        of: app("x", "pg_isready -U $USER_NAME -h h", "    environment: {USER_NAME: a}\n    labels: {u: '${USER_NAME}'}\n"),
        severity: "info",
      },
    ],
    misses: [
      { title: "a doubled dollar sign", of: app("x", "pg_isready -U $$USER_NAME -h h", "    environment: {USER_NAME: a}\n") },
      {
        title: "a variable that the service gets from the same place",
        of: app("x", "pg_isready -U $USER_NAME -h h", "    environment: {USER_NAME: '${USER_NAME}'}\n"),
      },
      { title: "a default", of: app("x", "pg_isready -U ${USER_NAME:-a} -h h", "    environment: {USER_NAME: a}\n") },
      { title: "a variable of the launch", of: app("x", "curl -f http://127.0.0.1:${PORT}/") },
    ],
  },
  "env-in-exec-form": {
    triggers: [
      { title: "in braces", of: app("x", '[CMD, psql-check, -h, h, -U, "$${USER_NAME}"]'), at: [TEST], says: /\$\{USER_NAME\}/ },
      { title: "for pg_isready, which answers any user", of: app("x", "[CMD, pg_isready, -U, $$USER_NAME]"), severity: "warning" },
      { title: "inside of a word, in a Dockerfile", of: 'FROM x\nHEALTHCHECK CMD ["curl", "-f", "http://127.0.0.1:$PORT/"]\n', at: [2] },
    ],
    misses: [
      { title: "a shell that is called", of: app("x", '[CMD, sh, -c, "pg_isready -U $$USER_NAME"]') },
      { title: "a program with variables of its own", of: app("x", '[CMD, php, -r, "$$x = 1; exit($$x);"]') },
      { title: "a pattern's end", of: app("x", '[CMD, test, "^ok$$"]') },
    ],
  },
  "double-dollar-in-dockerfile": {
    triggers: [{ title: "in braces", of: "FROM x\nHEALTHCHECK CMD curl -f http://127.0.0.1:$${PORT}/\n", at: [2] }],
    misses: [
      { title: "the shell's number itself", of: "FROM x\nHEALTHCHECK CMD test -d /proc/$$\n" },
      { title: "in a Compose file", of: app("x", "curl -f http://127.0.0.1:$${PORT}/") },
    ],
  },
  "secret-in-probe": {
    triggers: [
      { title: "a password", of: app("x", "[CMD, mysqladmin, ping, -h, h, -psecret]"), at: [TEST] },
      { title: "a login", of: app("x", "[CMD, curl, -f, -u, 'admin:secret', 'http://127.0.0.1/']") },
      { title: "in an address", of: app("x", "[CMD, psql, 'postgres://a:secret@127.0.0.1/b', -c, SELECT 1]") },
      { title: "for one command", of: app("x", "PGPASSWORD=secret psql -h h -c 'SELECT 1'") },
      { title: "that Compose puts in", of: app("x", "[CMD, /app/check, '${API_TOKEN}']"), says: /API_TOKEN/ },
    ],
    misses: [
      { title: "a variable of the container", of: app("x", 'mysqladmin ping -h h -p"$$MYSQL_ROOT_PASSWORD"') },
      { title: "a file", of: app("x", 'mysqladmin ping -h h --password="$$(cat /run/secrets/p)"') },
      { title: "a name without a password", of: app("x", "[CMD, curl, -f, -u, 'admin:', 'http://127.0.0.1/']") },
      { title: "a port", of: app("x", "[CMD, pg_isready, -h, h, -p, '5432']") },
    ],
  },
  "unquoted-value-with-shell-chars": {
    triggers: [{ title: "a password", of: app("x", "redis-cli -e -a $$REDIS_PASSWORD ping"), at: [TEST] }],
    misses: [
      { title: "in quotes", of: app("x", 'redis-cli -e -a "$$REDIS_PASSWORD" ping') },
      { title: "a name, which has no blanks", of: app("x", "pg_isready -h h -U $$POSTGRES_USER") },
    ],
  },
  "yaml-folding-in-test": {
    triggers: [
      { title: "in a text over several lines", of: app("x", ">-\n        curl -f \\\n        --max-time 3 http://127.0.0.1/"), at: [TEST] },
    ],
    misses: [
      { title: "without backslashes", of: app("x", ">-\n        curl -f\n        --max-time 3 http://127.0.0.1/") },
      { title: "a blank that belongs there", of: app("x", "test -f /var/lib/my\\ app/ready") },
    ],
  },
  "nonportable-dollar-forms": {
    triggers: [{ title: "the status of the command before", of: app("x", "a; exit $?"), at: [TEST] }],
    misses: [
      { title: "doubled", of: app("x", "a; exit $$?") },
      { title: "a variable of Compose's", of: app("x", "a ${B}") },
    ],
  },
  "probe-checks-external-dependency": {
    triggers: [
      { title: "another service", of: app("x", "nc -z db 5432", "", "  db: {image: postgres:17}\n"), at: [TEST], says: /"db"/ },
      {
        title: "an alias of it",
        of: app("x", curl("http://cache/"), "", "  db:\n    image: x\n    networks: {default: {aliases: [cache]}}\n"),
      },
      { title: "a name of the internet", of: app("x", curl("https://www.example.com/")) },
    ],
    misses: [
      { title: "the container itself", of: app("x", curl("http://[::1]:80/")) },
      { title: "a host that nobody here knows", of: app("x", curl("http://other/")) },
      {
        title: "a container whose network it shares",
        of: app("x", curl("http://vpn:80/"), "    network_mode: service:vpn\n", "  vpn: {image: y}\n"),
      },
    ],
  },
  "healthcheck-hits-own-public-name": {
    triggers: [{ title: "its container's name", of: app("x", curl("http://shop-app/"), "    container_name: shop-app\n"), at: [TEST] }],
    misses: [{ title: "localhost", of: app("x", curl("http://localhost/")) }],
  },
  "probe-loads-the-app": {
    triggers: [{ title: "a count of all rows", of: app("x", "psql -h h -c 'select count(*) from orders'"), at: [TEST] }],
    misses: [{ title: "a constant", of: app("x", "psql -h h -c 'select 1'") }],
  },
  "probe-has-side-effects": {
    triggers: [
      { title: "a script that the client reads", of: app("mongo:8", "echo 'rs.initiate()' | mongosh --quiet") },
      { title: "SQL that writes", of: app("x", "psql -h h -c 'INSERT INTO looks VALUES (1)'"), at: [TEST] },
      {
        title: "a POST, by which some servers are only asked",
        of: app("x", "[CMD, curl, -f, -d, '{}', 'http://127.0.0.1/']"),
        severity: "info",
      },
    ],
    misses: [
      { title: "a GET that is spelt out", of: app("x", "[CMD, curl, -f, -X, GET, 'http://127.0.0.1/']") },
      { title: "a column that is called so", of: app("x", "psql -h h -c 'SELECT update_time FROM looks'") },
    ],
  },
  "wget-writes-files": {
    triggers: [
      { title: "in a script", of: app("x", "wget --no-verbose --tries=1 http://127.0.0.1/ || exit 1"), at: [TEST] },
      { title: "in a Dockerfile", of: "FROM x\nHEALTHCHECK CMD wget -q http://127.0.0.1/\n", at: [2] },
    ],
    misses: [
      { title: "-O among other letters", of: app("x", "[CMD, wget, -qO-, 'http://127.0.0.1/']") },
      { title: "--spider", of: app("x", "[CMD, wget, --spider, 'http://127.0.0.1/']") },
      { title: "a long option with its value", of: app("x", "[CMD, wget, --output-document=/dev/null, 'http://127.0.0.1/']") },
    ],
  },
  "wget-spider-log-noise": {
    triggers: [
      { title: "under its other name", of: app("clickhouse:25.8", "[CMD, wget, --spider, 'http://127.0.0.1:8123/ping']"), at: [TEST] },
    ],
    misses: [{ title: "another server", of: app("nginx:1-alpine", "[CMD, wget, --spider, 'http://127.0.0.1/']") }],
  },
  "zombie-risk": {
    triggers: [
      {
        title: "a Dockerfile that starts Python",
        of: 'FROM python:3.13\nCMD ["python", "main.py"]\nHEALTHCHECK CMD curl -f http://127.0.0.1:8000/ | grep ok\n',
        at: [3],
      },
    ],
    misses: [
      { title: "one process", of: app("node:22", curl("http://127.0.0.1:3000/"), '    command: ["node", "server.js"]\n') },
      {
        title: "an init in the image",
        of: 'FROM python:3.13\nENTRYPOINT ["tini", "--"]\nCMD ["python", "main.py"]\nHEALTHCHECK CMD curl -f http://127.0.0.1:8000/ | grep ok\n',
      },
      { title: "a server that collects them", of: app("nginx:1.29", "curl -f http://127.0.0.1/ | grep ok") },
    ],
  },
  "probe-assumes": {
    triggers: [
      {
        title: "an image of which nothing is known",
        of: stack("s", [service("a", { image: "acme/api:1", healthcheck: probe.http({ port: 80 }) })]),
        at: ["a.healthcheck"],
        says: /^assumes that the image has sh and curl, or sh and wget, or sh and bash:/,
      },
      {
        title: "an image that is built",
        of: stack("s", [service("a", { build: "./a", healthcheck: probe.tcp({ port: 80, via: "python3" }) })]),
        says: /has python3:/,
      },
      {
        title: "the probe of a Dockerfile that is described, on an image of which nothing is known",
        of: stack("s", [service("a", { build: { dockerfile: from("acme/base").healthcheck(probe.http({ port: 80, via: "wget" })) } })]),
        at: ["a.build.dockerfile"],
        says: /^assumes that the image has sh and wget:/,
      },
      {
        title: "a Dockerfile on an image of which nothing is known",
        of: stack("s", [service("a", { build: "./a", healthcheck: probe.http({ port: 80, via: "node" }) })]),
        files: { "a/Dockerfile": "FROM acme/base\n" },
        says: /^assumes that the image has node:/,
      },
      {
        title: "a script for the shell that nobody knows to be there",
        of: stack("s", [service("a", { image: "acme/api:1", pid: "host", healthcheck: probe.tcp({ port: 80 }) })]),
        says: /^assumes that the image has sh and bash, or sh and/,
      },
      {
        title: "a command that waits, in an image of which nothing is known",
        of: stack("s", [
          service("a", { image: "acme/api:1", command: startAfter([needs.http("http://b/"), needs.command(["/check"])], ["x"]) }),
        ]),
        at: ["a.command"],
        says: /^assumes that the image has sh and one of curl, wget, bash, perl, python3, node: nothing/,
      },
      {
        title: "an entry point that waits, in a described Dockerfile, below a stage that changes it not",
        of: stack("s", [
          service("a", { build: { dockerfile: from(from("acme/base").entrypoint(startAfter([needs.tcp("db", 1)], []))).cmd(["x"]) } }),
        ]),
        at: ["a.build.dockerfile"],
        says: /^assumes that the image has sh and one of bash, perl, python3, node, nc: nothing/,
      },
      {
        title: "a program for a need that the image is not said to have",
        of: stack("s", [
          service("a", {
            image: image("acme/api:1", { has: ["curl"] }),
            command: startAfter([needs.probe("db", probe.postgres())], ["x"]),
          }),
        ]),
        says: /^assumes that the image has pg_isready: nothing/,
      },
    ],
    misses: [
      {
        title: "an image that was looked into, whatever was found there",
        of: stack("s", [
          service("a", { image: "acme/looked-into:1", healthcheck: probe.http({ port: 80 }) }),
          service("b", { image: "acme/looked-into:1", command: startAfter([needs.command(["/b"]), needs.tcp("a", 80)], ["/b"]) }),
        ]),
      },
      {
        title: "a command that waits, where the image is known to have what it takes",
        of: stack("s", [service("a", { image: "busybox:1.37", command: startAfter([needs.http("http://b/"), needs.tcp("b", 1)], ["x"]) })]),
      },
      {
        title: "the same where the image is said to have it",
        of: stack("s", [
          service("a", { image: image("acme/api:1", { has: ["curl"] }), command: startAfter([needs.http("http://b/")], ["x"]) }),
        ]),
      },
      {
        title: "the same on the base of a Dockerfile",
        of: stack("s", [service("a", { build: "./a", command: startAfter([needs.http("http://b/")], ["x"]) })]),
        files: { "a/Dockerfile": "FROM busybox:1.37\n" },
      },
      {
        title: "a command of the image that the service puts its own in the place of",
        of: stack("s", [
          service("a", { build: { dockerfile: from("acme/base").cmd(startAfter([needs.tcp("db", 1)], ["x"])) }, command: ["y"] }),
        ]),
      },
      {
        title: "a Dockerfile on an image that has the program",
        of: stack("s", [service("a", { build: "./a", healthcheck: probe.http({ port: 80, via: "node" }) })]),
        files: { "a/Dockerfile": "FROM node:22-slim\nCOPY . /app\n" },
      },
      {
        title: "a Dockerfile that carries the probe, on an image that has the program",
        of: stack("s", [service("a", { build: "./a", healthcheck: inDockerfile(probe.http({ port: 80 })) })]),
        files: { "a/Dockerfile": "FROM busybox:1.37\n" },
      },
      {
        title: "a health check that stands in the place of the Dockerfile's",
        of: stack("s", [
          service("a", {
            build: { dockerfile: from("acme/base").healthcheck(probe.http({ port: 80 })) },
            healthcheck: probe.command(["/check"]),
          }),
        ]),
      },
      {
        title: "an image that is known",
        of: stack("s", [service("a", { image: "redis:7", healthcheck: probe.redis() })]),
      },
      {
        title: "a command of one's own",
        of: stack("s", [service("a", { image: "acme/api:1", healthcheck: probe.command(["/check"]) })]),
      },
    ],
  },
  "no-healthcheck": {
    triggers: [
      {
        title: "a service that another one depends on",
        of: "services:\n  db: {image: redis:7}\n  app: {image: x, depends_on: [db], healthcheck: {disable: true}}\n",
        at: ["db"],
      },
      { title: "an image that may bring its own", of: 'services:\n  app: {image: acme/api:1, ports: ["80:80"]}\n', severity: "info" },
      {
        title: "a build without one",
        of: 'services:\n  app: {build: ., ports: ["80:80"]}\n',
        files: { Dockerfile: "FROM nginx:1.29\n" },
        at: ["app"],
      },
    ],
    misses: [
      {
        title: "a build with one",
        of: 'services:\n  app: {build: ., ports: ["80:80"]}\n',
        files: { Dockerfile: "FROM nginx:1.29\nHEALTHCHECK CMD curl -f http://127.0.0.1/\n" },
      },
      { title: "a task", of: stack("s", [service("a", { image: "redis:7", healthcheck: probe.redis() })]) },
      { title: "one that nobody uses", of: "services:\n  app: {image: redis:7}\n" },
      { title: "what runs once", of: "services:\n  migrate: {image: acme/api:1, command: npm run migrate}\n" },
      {
        title: "what others wait for until it is healthy, which is another rule's",
        of: "services:\n  db: {image: redis:7}\n  app: {image: x, depends_on: {db: {condition: service_healthy}}, healthcheck: {disable: true}}\n",
      },
      { title: "an image with one of its own", of: "services:\n  mail: {image: axllent/mailpit:v1.27}\n" },
    ],
  },
  "probe-output-hidden": {
    triggers: [{ title: "--silent", of: app("x", "[CMD, curl, --silent, --fail, 'http://127.0.0.1/']"), at: [TEST] }],
    misses: [
      { title: "errors that are shown", of: app("x", "[CMD, curl, -sSf, 'http://127.0.0.1/']") },
      { title: "an answer that is read", of: app("x", "curl -s http://127.0.0.1/ | grep ok") },
    ],
  },
  "jvm-or-runtime-boot-probe": {
    triggers: [{ title: "Celery", of: app("x", "celery -A app inspect ping", "      interval: 10s\n"), at: [TEST] }],
    misses: [
      { title: "Docker's own interval", of: app("x", "celery -A app inspect ping") },
      { title: "a light program", of: app("x", "[CMD, redis-cli, -e, ping]", "      interval: 5s\n") },
    ],
  },
  "model-or-data-not-ready": {
    triggers: [
      {
        title: "a service that waits for it",
        of: app("ollama/ollama:0.12", "[CMD, ollama, list]", "", "  web: {image: x, depends_on: {app: {condition: service_healthy}}}\n"),
        at: ["app.healthcheck"],
      },
    ],
    misses: [{ title: "nobody waits for it", of: app("ollama/ollama:0.12", "[CMD, ollama, list]") }],
  },
  "hard-coded-bridge-address": {
    triggers: [
      {
        title: "in a file that the Dockerfile copies, at its line",
        of: "services:\n  lb: {build: lb}\n",
        files: {
          "lb/Dockerfile": "FROM nginx:1.29\nCOPY lb.conf /etc/nginx/conf.d/\n",
          "lb/lb.conf": "upstream a {\n  server 172.17.0.1:5001;\n}\n",
        },
        at: [2],
      },
      {
        title: "in a file that is mounted",
        of: "services:\n  lb: {image: nginx:1.29, volumes: ['./lb.conf:/etc/nginx/conf.d/lb.conf:ro']}\n",
        files: { "lb.conf": "\n\nserver 172.17.0.1;\n" },
        at: [3],
      },
      {
        title: "in a configuration",
        of: "services:\n  web: {image: nginx:1.29, configs: [lb]}\nconfigs:\n  lb:\n    content: |\n      upstream a { server 172.17.0.1:5001; }\n",
        at: ["lb.content"],
      },
      {
        title: "in the environment",
        of: "services:\n  web:\n    image: x\n    environment:\n      - UP=http://172.17.0.1:5001\n",
        at: ["web.environment"],
      },
    ],
    misses: [
      {
        title: "another address of the same pool",
        of: "services:\n  web:\n    image: x\n    environment:\n      - UP=http://172.17.0.12:5001\n",
      },
      {
        title: "an address of a network of its own",
        of: "services:\n  web:\n    image: x\n    networks: {default: {ipv4_address: 172.20.5.1}}\n",
      },
    ],
  },
  "external-name-deprecated": {
    triggers: [
      {
        title: "a volume",
        of: "services:\n  web: {image: x, volumes: ['data:/d']}\nvolumes:\n  data:\n    external:\n      name: d1\n",
        at: ["data.external"],
      },
    ],
    misses: [{ title: "external alone", of: "services:\n  web: {image: x, volumes: ['data:/d']}\nvolumes:\n  data: {external: true}\n" }],
  },
};
