import { probe } from "stackwright";
import type { AnyProbe } from "../../src/probe/catalog.ts";
import { IMAGES } from "./images.ts";

const UNKNOWN = undefined;

/** An image that nobody knows, and one for every variant of the table. */
export const EVERYWHERE: readonly (string | undefined)[] = [UNKNOWN, ...IMAGES];

/** A probe, and the images that it is rendered for. */
export type Case = readonly [name: string, probe: AnyProbe, images: readonly (string | undefined)[]];

/** Every probe of the catalogue, and images that it is rendered for besides the whole table. */
const PROBES: readonly Case[] = [
  ["http", probe.http({ port: 8080, path: "/health" }), []],
  ["tcp", probe.tcp({ port: 8080 }), []],
  ["https", probe.https({ port: 8443 }), ["nginx@sha256:0123", "golang:1-nanoserver"]],
  ["grpc", probe.grpc({ port: 50051 }), []],
  ["command", probe.command(["/app", "check"]), []],
  ["shell", probe.shell('[ -n "$HOME" ]'), []],
  ["script", probe.script("/check.sh", { args: ["a b"] }), []],
  ["process", probe.process("sidekiq"), []],
  ["file", probe.file("/tmp/alive"), []],
  ["all", probe.all([probe.http({ port: 80 }), probe.file("/ready")]), []],
  ["any", probe.any([probe.tcp({ port: 80 }), probe.shell("exit 0")]), []],
  ["postgres", probe.postgres(), []],
  ["mysql", probe.mysql(), []],
  ["mariadb", probe.mariadb(), ["mariadb:10.5"]],
  ["redis", probe.redis(), ["redis:6", "redis:7", "redis:latest", "redis:8-alpine"]],
  ["valkey", probe.valkey(), ["valkey/valkey:8", "valkey/valkey:8-alpine"]],
  ["mongo", probe.mongo(), ["mongo:4.4", "mongo@sha256:0123", "mongo:8-windowsservercore-ltsc2022"]],
  ["rabbitmq", probe.rabbitmq(), []],
  ["kafka", probe.kafka(), []],
  ["elasticsearch", probe.elasticsearch(), []],
  ["opensearch", probe.opensearch(), []],
  ["nats", probe.nats(), []],
  ["memcached", probe.memcached(), []],
  ["minio", probe.minio(), []],
  ["clickhouse", probe.clickhouse(), []],
  ["cassandra", probe.cassandra(), []],
  ["etcd", probe.etcd(), []],
  ["consul", probe.consul(), []],
  ["vault", probe.vault(), []],
  ["keycloak", probe.keycloak(), ["quay.io/keycloak/keycloak:24.0", "quay.io/keycloak/keycloak:19.0"]],
  ["neo4j", probe.neo4j(), []],
  ["influxdb", probe.influxdb(), []],
  ["mssql", probe.mssql(), []],
  ["temporal", probe.temporal(), []],
  ["traefik", probe.traefik(), []],
  ["nginx", probe.nginx(), []],
  ["caddy", probe.caddy(), []],
  ["httpd", probe.httpd(), []],
  ["phpFpm", probe.phpFpm(), ["php:8.3-fpm", "php:8.3-fpm-alpine"]],
  ["zookeeper", probe.zookeeper(), []],
  ["fromImage", probe.fromImage(), []],
  ["none", probe.none(), []],
];

/** What options make of them, in images where that matters. */
const OPTIONS: readonly Case[] = [
  [
    "http-options",
    probe.http({ port: 80, path: "/it's", status: [200, "4xx"], headers: { Host: "a.example", "X-Q": "$HOME \"q\" 'r'" } }),
    ["nginx:1", "alpine:3", "debian:13-slim"],
  ],
  ["http-status", probe.http({ port: 80, status: 204, via: "perl" }), ["debian:13-slim"]],
  ["http-status-python3", probe.http({ port: 80, status: 204, via: "python3" }), ["python:3"]],
  ["http-status-node", probe.http({ port: 80, status: 204, via: "node" }), ["node:22"]],
  ["http-contains", probe.http({ port: 80, contains: "it's up" }), EVERYWHERE],
  ["http-contains-perl", probe.http({ port: 80, contains: "it's up", via: "perl" }), ["debian:13-slim"]],
  ["http-contains-python3", probe.http({ port: 80, contains: "it's up", via: "python3" }), ["python:3"]],
  ["http-contains-node", probe.http({ port: 80, contains: "it's up", via: "node" }), ["node:22"]],
  ["http-head", probe.http({ port: 80, method: "HEAD" }), EVERYWHERE],
  [
    "http-header",
    probe.http({
      port: 80,
      headers: { Host: "a", Authorization: { prefix: "Bearer ", variable: "TOKEN" }, "X-Key": { file: "/run/secrets/k" } },
    }),
    EVERYWHERE,
  ],
  ["http-login", probe.http({ port: 80, login: { user: "u", password: { file: "/run/secrets/p" } } }), EVERYWHERE],
  ["http-ipv6", probe.http({ port: 80, host: "::1" }), ["nginx:1", "debian:13-slim", "alpine:3"]],
  ["http-via", probe.http({ port: 80, via: "curl" }), [UNKNOWN, "debian:13-slim", "nginx:1", "httpd:2.4"]],
  ["tcp-via", probe.tcp({ port: 80, via: "curl" as "bash" }), ["debian:13-slim"]],
  ["grpc-service", probe.grpc({ port: 50051, service: "shop.Orders" }), ["node:22-slim"]],
  ["file-max-age", probe.file("/tmp/alive", { maxAge: "1m" }), [UNKNOWN]],
  ["postgres-database", probe.postgres({ user: "app", database: "shop" }), ["postgres:17"]],
  ["postgres-query", probe.postgres({ query: true }), ["postgres:17"]],
  ["postgres-query-file", probe.postgres({ query: true, password: { file: "/run/secrets/p" } }), ["postgres:17"]],
  ["mysql-user", probe.mysql({ user: "app", database: "shop", password: { variable: "MYSQL_PASSWORD" } }), ["mysql:8.4"]],
  ["mariadb-query", probe.mariadb({ via: "mariadb" }), ["mariadb:11"]],
  ["redis-password", probe.redis({ password: { variable: "REDIS_PASSWORD" } }), ["redis:8"]],
  ["mongo-replica-set", probe.mongo({ replicaSet: "rs0" }), ["mongo:8"]],
  ["rabbitmq-diagnostics", probe.rabbitmq({ diagnostics: true }), ["rabbitmq:4"]],
  [
    "elasticsearch-login",
    probe.elasticsearch({ login: { user: "elastic", password: { variable: "ELASTIC_PASSWORD" } } }),
    ["elasticsearch:9"],
  ],
  ["vault-sealed", probe.vault({ sealedIsHealthy: true }), ["hashicorp/vault:1"]],
  ["traefik-port", probe.traefik({ port: 8080 }), ["traefik:3"]],
  ["caddy-site", probe.caddy({ port: 80 }), ["caddy:2"]],
];

/** Each probe of the catalogue for an image that nobody knows and for every variant of the table, and what options make of some. */
export const CASES: readonly Case[] = [...PROBES.map(([name, probed, more]): Case => [name, probed, [...EVERYWHERE, ...more]]), ...OPTIONS];
