import { service, stack, task } from "stackwright";
import type { RuleCases } from "./case.ts";

const WEB = "services:\n  web:\n    image: nginx:1.29\n";
const DB = "  db:\n    image: postgres:17\n";
const CHECKED = `${DB}    healthcheck: {test: [CMD, pg_isready, -h, 127.0.0.1]}\n`;
const APP = "  app:\n    build: .\n    healthcheck: {test: [CMD, python3, /check.py]}\n";
const on = (name: string, condition: string) => `    depends_on: {${name}: {condition: ${condition}}}\n`;
const MIGRATE = "  prepare:\n    image: acme/api:1\n    command: ./manage.py migrate\n";
const SHORT_MYSQL = "services:\n  db:\n    image: mysql:8.4\n    healthcheck: {test: x, interval: 2s}\n";

/** Cases of dependencies, restarts and what runs once. */
export const CASES: RuleCases = {
  "short-form-race": {
    triggers: [
      { title: "a list, item by item", of: `${WEB}    depends_on:\n      - db\n${CHECKED}`, at: ["web.depends_on.db"] },
      { title: "a database without a health check", of: `${WEB}    depends_on: [db]\n${DB}`, severity: "info" },
      {
        title: "an application with a health check",
        of: `${WEB}    depends_on: [app]\n${APP}`,
        at: ["web.depends_on.app"],
        severity: "warning",
      },
      {
        title: "an application whose Dockerfile has one",
        of: `${WEB}    depends_on: [app]\n  app:\n    build: .\n`,
        files: { Dockerfile: "FROM python:3.12\nHEALTHCHECK CMD python3 /check.py\n" },
        severity: "warning",
      },
      { title: "the same, with a condition that may be meant", of: `${WEB}${on("app", "service_started")}${APP}`, severity: "info" },
      {
        title: "an application that has none",
        of: `${WEB}    depends_on: [app]\n  app:\n    build: .\n`,
        severity: "info",
        says: /has no health check/,
      },
    ],
    misses: [
      { title: "its health", of: `${WEB}${on("db", "service_healthy")}${CHECKED}` },
      { title: "something that nobody has to wait for", of: `${WEB}    depends_on: [other]\n  other:\n    image: nginx:1.29\n` },
      { title: "an image of which nothing is known", of: `${WEB}    depends_on: [other]\n  other:\n    image: acme/db:1\n` },
      { title: "the health of an application", of: `${WEB}${on("app", "service_healthy")}${APP}` },
      {
        title: "an application whose health check is switched off",
        of: `${WEB}    depends_on: [app]\n  app:\n    build: .\n    healthcheck: {disable: true}\n`,
      },
      {
        title: "what only observes",
        of: `${WEB}    depends_on: [o]\n  o:\n    image: grafana/loki:3.5.1\n    healthcheck: {test: "true"}\n`,
      },
    ],
  },
  "completed-on-daemon": {
    triggers: [
      { title: "a cache", of: `${WEB}${on("c", "service_completed_successfully")}  c:\n    image: redis:7\n`, at: ["web.depends_on.c"] },
    ],
    misses: [
      {
        title: "its client, which ends",
        of: `${WEB}${on("c", "service_completed_successfully")}  c:\n    image: postgres:17\n    command: psql -h db -c 'select 1'\n`,
      },
      {
        title: "an image of which nothing is known",
        of: `${WEB}${on("c", "service_completed_successfully")}  c:\n    image: acme/seed:1\n`,
      },
    ],
  },
  "one-shot-not-awaited": {
    triggers: [
      { title: "a migration, by its command", of: WEB + MIGRATE, at: ["prepare"] },
      { title: "by its name", of: `${WEB}  db-seed:\n    build: ./seed\n`, at: ["db-seed"] },
      { title: "one that is only awaited until it has started", of: `${WEB}${on("prepare", "service_started")}${MIGRATE}` },
      { title: "a task in TypeScript", of: stack("s", [service("a", { image: "x" }), task("load", { image: "x" })]), at: ["load"] },
    ],
    misses: [
      { title: "it is awaited", of: `${WEB}${on("prepare", "service_completed_successfully")}${MIGRATE}` },
      { title: "it goes on to serve", of: `${WEB}  api:\n    image: acme/api:1\n    command: sh -c "migrate && npm start"\n` },
      { title: "it publishes a port", of: `${WEB}${MIGRATE}    ports: ["81:80"]\n` },
      { title: "it is called for by its profile", of: `${WEB}${MIGRATE}    profiles: [setup]\n` },
      { title: "a worker that looks after migrations", of: `${WEB}  worker-migrations:\n    image: acme/api:1\n` },
      { title: "it is all there is", of: `services:\n${MIGRATE}` },
    ],
  },
  "one-shot-with-healthcheck": {
    triggers: [
      {
        title: "a file that says that it is done",
        of: `${WEB}${on("prepare", "service_completed_successfully")}${MIGRATE}    healthcheck: {test: test -f /tmp/done}\n`,
        at: ["prepare.healthcheck"],
      },
    ],
    misses: [
      {
        title: "one that is switched off",
        of: `${WEB}${on("prepare", "service_completed_successfully")}${MIGRATE}    healthcheck: {disable: true}\n`,
      },
    ],
  },
  "one-shot-restarted": {
    triggers: [{ title: "for ever", of: `${WEB}${MIGRATE}    restart: unless-stopped\n`, at: ["prepare.restart"] }],
    misses: [
      { title: "after failures", of: `${WEB}${MIGRATE}    restart: on-failure\n` },
      { title: "a worker that looks after migrations", of: `${WEB}  worker-migrations:\n    image: acme/api:1\n    restart: always\n` },
    ],
  },
  "wait-for-it-in-command": {
    triggers: [
      { title: "in the entry point", of: `${WEB}    entrypoint: /wait-for-it.sh db:5432 -t 60 -- nginx\n`, at: ["web.entrypoint"] },
      { title: "--strict that belongs to the command", of: `${WEB}    command: ./wait-for-it.sh db:5432 -- tsc --strict\n` },
    ],
    misses: [
      { title: "strict", of: `${WEB}    command: ["./wait-for-it.sh", "-s", "db:5432", "--", "nginx"]\n` },
      { title: "another program", of: `${WEB}    command: ./wait-for.sh db:5432 -- nginx\n` },
    ],
  },
  "restart-does-not-heal": {
    triggers: [{ title: "a label alone", of: `${WEB}    labels: ["autoheal=true"]\n`, at: ["web.labels"] }],
    misses: [
      { title: "an auto-healer beside it", of: `${WEB}    labels: ["autoheal=true"]\n  h:\n    image: willfarrell/autoheal\n` },
      { title: "a label that says no", of: `${WEB}    labels: ["autoheal=false"]\n` },
    ],
  },
  "autoheal-loop": {
    triggers: [
      { title: "6 s for MySQL", of: `${SHORT_MYSQL}    labels: {autoheal: "true"}\n`, says: /6 s after its start; .* up to 30 s/ },
    ],
    misses: [{ title: "nobody heals it", of: SHORT_MYSQL }],
  },
  "dependency-cycle-via-health": {
    triggers: [
      {
        title: "through the proxy that waits for it",
        of: `${WEB}${on("api", "service_healthy")}  api:\n    image: x\n    healthcheck: {test: "curl -f http://web/health"}\n`,
        at: ["api.healthcheck.test"],
      },
    ],
    misses: [
      {
        title: "a host whose name begins the same",
        of: `${WEB}${on("api", "service_healthy")}  api:\n    image: x\n    healthcheck: {test: "curl -f http://web2/health"}\n`,
      },
      {
        title: "it is only started first",
        of: `${WEB}    depends_on: [api]\n  api:\n    image: x\n    healthcheck: {test: "curl -f http://web/health"}\n`,
      },
    ],
  },
  "log-shipper-gates-db": {
    triggers: [
      {
        title: "Supabase's own",
        of: `services:\n  db:\n    image: supabase/postgres:17\n${on("v", "service_healthy")}  v:\n    image: timberio/vector:0.50.0-alpine\n`,
        at: ["db.depends_on.v"],
      },
    ],
    misses: [
      { title: "something else than a database", of: `${WEB}${on("v", "service_healthy")}  v:\n    image: grafana/loki:3.5.1\n` },
      {
        title: "it is not required",
        of: `services:\n  db:\n    image: postgres:17\n    depends_on: {v: {condition: service_healthy, required: false}}\n  v:\n    image: grafana/loki:3.5.1\n`,
      },
    ],
  },
  "profile-gated-dependency": {
    triggers: [
      {
        title: "one of two profiles does not take it along",
        of: `${WEB}    profiles: [a, b]\n    depends_on: [db]\n${DB}    profiles: [a]\n`,
      },
      { title: "no container", of: `${WEB}    depends_on: [db]\n${DB}    scale: 0\n`, says: /has no container/ },
    ],
    misses: [
      { title: "the same profile, and one more", of: `${WEB}    profiles: [a]\n    depends_on: [db]\n${DB}    profiles: [a, b]\n` },
      {
        title: "it is not required",
        of: `${WEB}    depends_on: {db: {condition: service_started, required: false}}\n${DB}    profiles: [a]\n`,
      },
    ],
  },
  "restart-missing": {
    triggers: [{ title: "one of four", of: `${restarted("a", "b", "c")}${DB}`, at: ["db"] }],
    misses: [
      { title: "one of two", of: `${restarted("a")}${DB}` },
      { title: "it says that it wants none", of: `${restarted("a", "b", "c")}${DB}    restart: "no"\n` },
      { title: "nothing is known of it", of: `${restarted("a", "b", "c")}  d:\n    image: acme/d:1\n` },
    ],
  },
  "deploy-restart-policy-wins": {
    triggers: [
      {
        title: "no condition, which means no",
        of: `${WEB}    restart: always\n    deploy: {restart_policy: {max_attempts: 0}}\n`,
        at: ["web.restart"],
        says: /"always" is ignored: by deploy\.restart_policy it is "no"/,
      },
    ],
    misses: [
      { title: "both say the same", of: `${WEB}    restart: always\n    deploy: {restart_policy: {condition: any}}\n` },
      { title: "only one is written", of: `${WEB}    deploy: {restart_policy: {condition: on-failure}}\n` },
    ],
  },
};

function restarted(...names: readonly string[]): string {
  return `services:\n${names.map((name) => `  ${name}:\n    image: acme/${name}:1\n    restart: always\n`).join("")}`;
}
