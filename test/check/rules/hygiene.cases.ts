import { env, service, stack } from "stackwright";
import type { RuleCases } from "./case.ts";

const WEB = "services:\n  web:\n    image: nginx:1.29\n";
const db = (image: string, rest: string) => `services:\n  db:\n    image: ${image}\n${rest}`;
const withEnvironment = (text: string) => `${WEB}    environment:\n      ${text}\n`;

/** Cases of images, data and what surrounds them. */
export const CASES: RuleCases = {
  "image-unpinned": {
    triggers: [
      { title: "no tag", of: db("postgres", ""), at: ["db.image"], says: /has no version/ },
      { title: "a tag that moves, with a variant", of: db("mariadb:lts-noble", ""), says: /"lts-noble" moves/ },
    ],
    misses: [
      { title: "a digest", of: db(`postgres@sha256:${"0".repeat(64)}`, "") },
      { title: "a variable", of: db("postgres:${TAG:-latest}", "") },
      { title: "what the stack builds", of: "services:\n  a:\n    build: .\n    image: acme\n  b:\n    image: acme\n" },
      { title: "the port of a registry, and a version", of: db("localhost:5000/postgres:17", "") },
    ],
  },
  "image-gone-or-moved": {
    triggers: [
      { title: "an image of Bitnami's with a version", of: db("docker.io/bitnami/redis:7.0", ""), at: ["db.image"] },
      { title: "one that is only not maintained", of: db("mailhog/mailhog:v1.0.1", ""), severity: "warning" },
    ],
    misses: [
      { title: "Bitnami's latest, which is still there", of: db("bitnami/redis:latest", "") },
      { title: "the same on another registry", of: db("quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z", "") },
      { title: "another image of that name", of: db("acme/openjdk:21", "") },
    ],
  },
  "port-on-all-interfaces": {
    triggers: [
      { title: "a cache", of: db("redis:7", '    ports: ["6379:6379"]\n'), at: ["db.ports.0"] },
      { title: "all addresses, spelt out", of: db("postgres:17", '    ports: ["0.0.0.0:5432:5432"]\n') },
    ],
    misses: [
      { title: "an address that a variable says", of: db("postgres:17", '    ports: ["${ADDRESS:-127.0.0.1}:5432:5432"]\n') },
      { title: "a port that a variable says", of: db("postgres:17", '    ports: ["5432:${PORT:-5432}"]\n') },
      { title: "one address", of: db("postgres:17", '    ports: ["127.0.0.1:5432:5432"]\n') },
      { title: "another port of the image, for its user interface", of: db("rabbitmq:4-management", '    ports: ["15671:15671"]\n') },
      { title: "a web server", of: `${WEB}    ports: ["80:80"]\n` },
    ],
  },
  "secret-in-environment": {
    triggers: [
      { title: "a password, at its line", of: withEnvironment("DB_PASSWORD: horse"), at: [5] },
      { title: "in a list, at its line", of: withEnvironment("- A=1\n      - API_KEY=k123"), at: [6] },
      { title: "a private key under any name", of: withEnvironment('CERT: "-----BEGIN RSA PRIVATE KEY-----"') },
      { title: "a name in the user's own letters", of: withEnvironment("dbPassword_TOKEN: abc"), at: ["web.environment.dbPassword_TOKEN"] },
    ],
    misses: [
      { title: "a variable", of: withEnvironment("DB_PASSWORD: ${DB_PASSWORD:?}") },
      { title: "a file", of: withEnvironment("DB_PASSWORD_FILE: /run/secrets/db") },
      { title: "a switch", of: withEnvironment('ALLOW_EMPTY_PASSWORD: "yes"') },
      { title: "a word that contains one", of: withEnvironment("TOKENIZER: fast") },
      { title: "a variable, in TypeScript", of: stack("s", [service("a", { image: "x", environment: { PASSWORD: env("P") } })]) },
    ],
  },
  "stop-grace-too-short": {
    triggers: [
      { title: "a folder of the host", of: db("mysql:8.4", "    restart: always\n    volumes: [./data:/var/lib/mysql]\n"), at: ["db"] },
    ],
    misses: [
      { title: "scripts only", of: db("mysql:8.4", "    restart: always\n    volumes: [./init:/docker-entrypoint-initdb.d]\n") },
      { title: "one for a test, which nobody restarts", of: db("mysql:8.4", "    volumes: [./data:/var/lib/mysql]\n") },
      { title: "a minute", of: db("mysql:8.4", "    stop_grace_period: 1m\n    restart: always\n    volumes: [./data:/var/lib/mysql]\n") },
    ],
  },
  "missing-volume": {
    triggers: [
      {
        title: "scripts only",
        of: db("postgres:17", "    restart: always\n    volumes: [./init.sql:/docker-entrypoint-initdb.d/init.sql]\n"),
        at: ["db"],
      },
    ],
    misses: [
      { title: "a tmpfs: the data may be lost", of: db("postgres:17", "    restart: always\n    tmpfs: [/var/lib/postgresql/data]\n") },
      { title: "one for a test, which nobody restarts", of: db("postgres:17", "") },
      { title: "a folder of the host", of: db("postgres:17", "    restart: always\n    volumes: [./data:/var/lib/postgresql/data]\n") },
    ],
  },
  "volume-on-wrong-path": {
    triggers: [
      {
        title: "18 with a variant",
        of: db("postgres:18.1-alpine", "    volumes: [./data:/var/lib/postgresql/data]\n"),
        at: ["db.volumes.0.target"],
      },
      {
        title: "latest, which may be older in a cache",
        of: db("postgres", "    volumes: [./data:/var/lib/postgresql/data/]\n"),
        severity: "warning",
      },
    ],
    misses: [
      { title: "17", of: db("postgres:17", "    volumes: [./data:/var/lib/postgresql/data]\n") },
      {
        title: "PGDATA says where",
        of: db("postgres:18", "    environment: {PGDATA: /var/lib/postgresql/data}\n    volumes: [./data:/var/lib/postgresql/data]\n"),
      },
      { title: "another image that is based on it", of: db("postgis/postgis:18-3.6", "    volumes: [./data:/var/lib/postgresql/data]\n") },
    ],
  },
  "version-field": {
    triggers: [{ title: "at its line", of: `# a comment\nversion: "2"\n${WEB}`, at: [2] }],
    misses: [{ title: "an extension", of: `x-version: 2\n${WEB}` }],
  },
  "memory-limit-below-image-minimum": {
    triggers: [
      {
        title: "a limit of the deployment",
        of: db("mcr.microsoft.com/mssql/server:2022-latest", "    deploy: {resources: {limits: {memory: 512m}}}\n"),
        at: ["db.deploy.resources.limits.memory"],
      },
    ],
    misses: [
      { title: "no limit", of: db("mcr.microsoft.com/mssql/server:2022-latest", "") },
      { title: "enough", of: db("mcr.microsoft.com/mssql/server:2022-latest", "    mem_limit: 2g\n") },
    ],
  },
};
