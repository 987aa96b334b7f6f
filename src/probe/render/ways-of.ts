import type { CommandedProbe } from "../catalog.ts";
import type { CombinedProbe } from "../catalogue/combined.ts";
import type { Context } from "./context.ts";
import { mariadbWays, mongoWays, mssqlWays, mysqlWays, postgresWays } from "./recipes/databases.ts";
import { commandWays, fileWays, grpcWays, processWays, requestWays, scriptWays, shellWays, tcpWays } from "./recipes/programs.ts";
import { kafkaWays, natsWays, rabbitmqWays, zookeeperWays } from "./recipes/queues.ts";
import { cassandraWays, clickhouseWays, etcdWays, memcachedWays, redisWays } from "./recipes/stores.ts";
import {
  caddyWays,
  keycloakWays,
  phpFpmWays,
  searchWays,
  statusPage,
  temporalWays,
  traefikWays,
  vaultWays,
  webWays,
} from "./recipes/web.ts";
import type { Way } from "./way.ts";

/** A probe that is done by one command: all but the combined ones. */
export type SingleProbe = Exclude<CommandedProbe, CombinedProbe>;

type Recipes = {
  readonly [Type in SingleProbe["type"]]: (probe: Extract<SingleProbe, { type: Type }>, context: Context) => readonly Way[];
};

const RECIPES = {
  http: requestWays,
  https: requestWays,
  tcp: tcpWays,
  grpc: grpcWays,
  command: commandWays,
  shell: shellWays,
  script: scriptWays,
  process: processWays,
  file: fileWays,
  postgres: postgresWays,
  mysql: mysqlWays,
  mariadb: mariadbWays,
  mongo: mongoWays,
  mssql: mssqlWays,
  redis: redisWays,
  valkey: redisWays,
  rabbitmq: rabbitmqWays,
  kafka: kafkaWays,
  elasticsearch: searchWays,
  opensearch: searchWays,
  nats: natsWays,
  memcached: memcachedWays,
  minio: statusPage(9000, "/minio/health/cluster"),
  clickhouse: clickhouseWays,
  cassandra: cassandraWays,
  etcd: etcdWays,
  consul: statusPage(8500, "/v1/status/leader", ":"),
  vault: vaultWays,
  keycloak: keycloakWays,
  neo4j: statusPage(7474, "/"),
  influxdb: statusPage(8086, "/health"),
  temporal: temporalWays,
  traefik: traefikWays,
  nginx: webWays,
  caddy: caddyWays,
  httpd: webWays,
  phpFpm: phpFpmWays,
  zookeeper: zookeeperWays,
} satisfies Record<SingleProbe["type"], unknown>;

/** The ways to do a probe, best first. */
export function waysOf(probe: SingleProbe, context: Context): readonly Way[] {
  const recipe = (RECIPES as unknown as Recipes)[probe.type] as (probe: SingleProbe, context: Context) => readonly Way[];
  return recipe(probe, context);
}
