import { probe } from "stackwright";
import { describe, expect, it } from "vitest";
import type { AnyProbe } from "../../src/probe/catalog.ts";
import { renderProbe } from "../../src/probe/render.ts";
import { IMAGES, imagesOf } from "./images.ts";

const UNKNOWN = undefined;

/** Each probe, and the images that it is rendered for. */
const CASES: readonly (readonly [name: string, probe: AnyProbe, images: readonly (string | undefined)[]])[] = [
  ["http", probe.http({ port: 8080, path: "/health" }), [UNKNOWN, ...IMAGES]],
  ["tcp", probe.tcp({ port: 8080 }), [UNKNOWN, ...IMAGES]],
  ["https", probe.https({ port: 8443 }), [UNKNOWN, "nginx:1", "nginx:1-alpine-slim", "python:3-slim", "node:22-slim", "debian:13-slim"]],
  [
    "http-options",
    probe.http({ port: 80, path: "/it's", status: [200, "4xx"], headers: { Host: "a.example", "X-Q": "$HOME \"q\" 'r'" } }),
    ["nginx:1", "alpine:3", "debian:13-slim"],
  ],
  ["http-status", probe.http({ port: 80, status: 204, via: "perl" }), ["debian:13-slim"]],
  ["http-status-python3", probe.http({ port: 80, status: 204, via: "python3" }), ["python:3"]],
  ["http-status-node", probe.http({ port: 80, status: 204, via: "node" }), ["node:22"]],
  ["http-contains", probe.http({ port: 80, contains: "it's up" }), [UNKNOWN, "nginx:1", "alpine:3", "debian:13-slim"]],
  ["http-contains-perl", probe.http({ port: 80, contains: "it's up", via: "perl" }), ["debian:13-slim"]],
  ["http-contains-python3", probe.http({ port: 80, contains: "it's up", via: "python3" }), ["python:3"]],
  ["http-contains-node", probe.http({ port: 80, contains: "it's up", via: "node" }), ["node:22"]],
  ["http-head", probe.http({ port: 80, method: "HEAD" }), [UNKNOWN, "nginx:1", "alpine:3", "debian:13-slim"]],
  [
    "http-login",
    probe.http({ port: 80, login: { user: "u", password: { file: "/run/secrets/p" } } }),
    [UNKNOWN, "nginx:1", "debian:13-slim"],
  ],
  ["http-ipv6", probe.http({ port: 80, host: "::1" }), ["nginx:1", "debian:13-slim", "alpine:3"]],
  ["http-via", probe.http({ port: 80, via: "curl" }), [UNKNOWN, "debian:13-slim", "nginx:1", "httpd:2.4"]],
  ["tcp-via", probe.tcp({ port: 80, via: "curl" as "bash" }), ["debian:13-slim"]],
  ["grpc", probe.grpc({ port: 50051 }), [UNKNOWN, "node:22-slim", "debian:13-slim"]],
  ["grpc-service", probe.grpc({ port: 50051, service: "shop.Orders" }), ["node:22-slim"]],
  ["command", probe.command(["/app", "check"]), [UNKNOWN, "scratch"]],
  ["shell", probe.shell('[ -n "$HOME" ]'), [UNKNOWN, "alpine:3", "nats:2"]],
  ["script", probe.script("/check.sh", { args: ["a b"] }), [UNKNOWN, "alpine:3", "nats:2"]],
  ["process", probe.process("sidekiq"), [UNKNOWN, "ruby:3-slim"]],
  ["file", probe.file("/tmp/alive"), [UNKNOWN]],
  ["file-max-age", probe.file("/tmp/alive", { maxAge: "1m" }), [UNKNOWN]],
  ["all", probe.all([probe.http({ port: 80 }), probe.file("/ready")]), [UNKNOWN, "nginx:1", "nats:2"]],
  ["any", probe.any([probe.tcp({ port: 80 }), probe.shell("exit 0")]), ["nginx:1", "alpine:3"]],
  ["postgres", probe.postgres(), [UNKNOWN, ...imagesOf("postgres", "supabase/postgres")]],
  ["postgres-database", probe.postgres({ user: "app", database: "shop" }), ["postgres:17"]],
  ["postgres-query", probe.postgres({ query: true }), ["postgres:17"]],
  ["postgres-query-file", probe.postgres({ query: true, password: { file: "/run/secrets/p" } }), ["postgres:17"]],
  ["mysql", probe.mysql(), [UNKNOWN, ...imagesOf("mysql")]],
  ["mysql-user", probe.mysql({ user: "app", database: "shop", password: { variable: "MYSQL_PASSWORD" } }), ["mysql:8.4"]],
  ["mariadb", probe.mariadb(), [UNKNOWN, ...imagesOf("mariadb")]],
  ["mariadb-query", probe.mariadb({ via: "mariadb" }), ["mariadb:11"]],
  ["redis", probe.redis(), [UNKNOWN, "redis:6", "redis:7", "redis:latest", "redis:8-alpine"]],
  ["redis-password", probe.redis({ password: { variable: "REDIS_PASSWORD" } }), ["redis:8"]],
  ["valkey", probe.valkey(), [UNKNOWN, "valkey/valkey:8", "valkey/valkey:8-alpine"]],
  ["mongo", probe.mongo(), [UNKNOWN, ...imagesOf("mongo")]],
  ["mongo-replica-set", probe.mongo({ replicaSet: "rs0" }), ["mongo:8"]],
  ["rabbitmq", probe.rabbitmq(), imagesOf("rabbitmq")],
  ["rabbitmq-diagnostics", probe.rabbitmq({ diagnostics: true }), ["rabbitmq:4"]],
  ["kafka", probe.kafka(), imagesOf("apache/kafka", "apache/kafka-native", "confluentinc/cp-kafka")],
  ["elasticsearch", probe.elasticsearch(), imagesOf("elasticsearch")],
  [
    "elasticsearch-login",
    probe.elasticsearch({ login: { user: "elastic", password: { variable: "ELASTIC_PASSWORD" } } }),
    ["elasticsearch:9"],
  ],
  ["opensearch", probe.opensearch(), imagesOf("opensearchproject/opensearch")],
  ["nats", probe.nats(), imagesOf("nats")],
  ["memcached", probe.memcached(), imagesOf("memcached")],
  ["minio", probe.minio(), imagesOf("minio/minio")],
  ["clickhouse", probe.clickhouse(), imagesOf("clickhouse/clickhouse-server")],
  ["cassandra", probe.cassandra(), imagesOf("cassandra")],
  ["etcd", probe.etcd(), imagesOf("quay.io/coreos/etcd")],
  ["consul", probe.consul(), imagesOf("hashicorp/consul")],
  ["vault", probe.vault(), imagesOf("hashicorp/vault")],
  ["vault-sealed", probe.vault({ sealedIsHealthy: true }), ["hashicorp/vault:1"]],
  ["keycloak", probe.keycloak(), imagesOf("quay.io/keycloak/keycloak")],
  ["neo4j", probe.neo4j(), imagesOf("neo4j")],
  ["influxdb", probe.influxdb(), imagesOf("influxdb")],
  ["mssql", probe.mssql(), imagesOf("mcr.microsoft.com/mssql/server")],
  ["temporal", probe.temporal(), imagesOf("temporalio/auto-setup")],
  ["traefik", probe.traefik(), imagesOf("traefik")],
  ["traefik-port", probe.traefik({ port: 8080 }), ["traefik:3"]],
  ["nginx", probe.nginx(), imagesOf("nginx")],
  ["caddy", probe.caddy(), imagesOf("caddy")],
  ["caddy-site", probe.caddy({ port: 80 }), ["caddy:2"]],
  ["httpd", probe.httpd(), imagesOf("httpd")],
  ["phpFpm", probe.phpFpm(), imagesOf("php", "wordpress")],
  ["zookeeper", probe.zookeeper(), imagesOf("zookeeper")],
  ["fromImage", probe.fromImage(), ["axllent/mailpit:v1"]],
  ["none", probe.none(), ["nginx:1"]],
];

function show(rendered: ReturnType<typeof renderProbe>): string {
  if (rendered.problem !== undefined) return `REFUSED ${rendered.problem.message}\n    ${rendered.problem.hint}`;
  if (rendered.healthcheck === undefined) return "(the image's own)";
  const { test, disable } = rendered.healthcheck;
  if (disable === true) return "(disabled)";
  const assumed = rendered.test?.assumed ?? [];
  return `${JSON.stringify(test)}${assumed.length === 0 ? "" : `\n    assumes ${assumed.join(", ")}`}`;
}

// The same command for many images is written once.
function table(probed: AnyProbe, images: readonly (string | undefined)[]): string {
  const groups = new Map<string, (string | undefined)[]>();
  for (const image of images) {
    const text = show(renderProbe(probed, image));
    groups.set(text, [...(groups.get(text) ?? []), image]);
  }
  return [...groups].map(([text, members]) => `${members.map((each) => each ?? "(unknown image)").join(", ")}\n  ${text}\n`).join("\n");
}

describe("the command of a probe for an image", () => {
  it.each(CASES)("%s", async (name, probed, images) => {
    await expect(table(probed, images)).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it("every variant of the table has an image here", () => {
    expect(IMAGES.filter((image) => image.includes(" "))).toEqual([]);
  });

  it("every probe of the catalogue is here", () => {
    const types = new Set(CASES.map(([, { type }]) => type));
    expect(Object.keys(probe).filter((type) => !types.has(type as AnyProbe["type"]))).toEqual([]);
  });
});
