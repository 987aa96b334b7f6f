import type { Probe, Timing } from "../model/schema/healthcheck.ts";
import { all, any, type CombinedProbe } from "./catalogue/combined.ts";
import {
  type MariadbProbe,
  type MongoProbe,
  type MssqlProbe,
  type MysqlProbe,
  mariadb,
  mongo,
  mssql,
  mysql,
  type PostgresProbe,
  postgres,
} from "./catalogue/databases.ts";
import { make } from "./catalogue/make.ts";
import { type GrpcProbe, grpc, type HttpProbe, http, https, type TcpProbe, tcp } from "./catalogue/network.ts";
import {
  type CommandProbe,
  command,
  type FileProbe,
  file,
  type ProcessProbe,
  processNamed,
  type ScriptProbe,
  type ShellProbe,
  script,
  shell,
} from "./catalogue/program.ts";
import {
  type RabbitmqOptions,
  type RedisOptions,
  type SearchOptions,
  type ServerProbe,
  server,
  type VaultOptions,
  type WebOptions,
} from "./catalogue/servers.ts";

/** A probe that has a command of its own. */
export type CommandedProbe =
  | HttpProbe
  | TcpProbe
  | GrpcProbe
  | CommandProbe
  | ShellProbe
  | ScriptProbe
  | ProcessProbe
  | FileProbe
  | CombinedProbe
  | PostgresProbe
  | MysqlProbe
  | MariadbProbe
  | MongoProbe
  | MssqlProbe
  | ServerProbe;

/** Every probe of the catalogue. */
export type AnyProbe = CommandedProbe | Probe<"fromImage"> | Probe<"none">;

/** Health checks by meaning; the command that does the check is chosen for the image at hand. */
export const probe = {
  /**
   * Healthy: a request on 127.0.0.1 is answered with one of `status` (2xx or 3xx), and the body has `contains`.
   * Proxies are ignored. Costs 4 ms (wget, bash) to 70 ms (node). Does not prove that other containers can connect.
   */
  http,
  /** The same over TLS. The certificate is not verified: no certificate is made out to 127.0.0.1. Needs curl, wget, python3 or node. */
  https,
  /** Healthy: the port accepts a connection. Does not prove that anything is answered: a process that hangs still accepts. */
  tcp,
  /** Healthy: the standard health service answers SERVING. @see https://grpc.io/docs/guides/health-checking/ */
  grpc,
  /** Healthy: the command, run without a shell, exits with 0. It proves what the command proves. */
  command,
  /** Healthy: the script, run by the container's shell, exits with 0. `$NAME` is the container's variable. */
  shell,
  /** Healthy: the script file, in the image or a mounted config, exits with 0. */
  script,
  /** Healthy: a process of this name runs; the probe never finds itself, nor zombies. Does not prove that it works. */
  process: processNamed,
  /** Healthy: the file is there, changed no longer ago than `maxAge`: the heartbeat of a worker without a port. */
  file,
  /** Healthy: all of the probes pass, one after the other; they share the time limit. */
  all,
  /** Healthy: one of the probes passes. */
  any,
  /**
   * Healthy: PostgreSQL accepts connections over TCP, which the server that runs the init scripts does not.
   * Costs 10 ms. Proves neither user nor database: pg_isready never logs in. `query: true` does, for 17 ms; it takes a
   * `password` to prove that as well, because the image asks for none on 127.0.0.1.
   */
  postgres,
  /** Healthy: MySQL answers `SELECT 1` over TCP, with the user's password. The server of the init phase has no TCP. */
  mysql,
  /** Healthy: MariaDB answers over TCP (the image's healthcheck.sh, or `SELECT 1` with the user's password). */
  mariadb,
  /** Healthy: MongoDB answers a ping or, with `replicaSet`, is the writable primary of that set. mongosh takes a second of CPU. */
  mongo,
  /** Healthy: SQL Server answers `SELECT 1` with the user's password. Does not prove that user databases have recovered. */
  mssql,
  /** Healthy: Redis answers PING with PONG: it has loaded its data, and the password is right. Does not prove that it can write. */
  redis: server<"redis", RedisOptions>("redis", ["port", "password"]),
  /** Healthy: Valkey answers PING with PONG: it has loaded its data, and the password is right. Does not prove that it can write. */
  valkey: server<"valkey", RedisOptions>("valkey", ["port", "password"]),
  /**
   * Healthy: RabbitMQ's AMQP port is open, which happens at the very end of its start. Does not prove that a broker that
   * hangs answers; `diagnostics: true` does, by an Erlang VM of its own (about 2 s of CPU a look).
   */
  rabbitmq: server<"rabbitmq", RabbitmqOptions>("rabbitmq", ["port", "diagnostics"]),
  /** Healthy: the broker answers an ApiVersions request (where bash, perl or the like is there), or its port is open (nc). */
  kafka: server("kafka"),
  /** Healthy: the cluster is at least yellow, as it says itself. Does not prove that every index is. */
  elasticsearch: server<"elasticsearch", SearchOptions>("elasticsearch", ["port", "scheme", "login"]),
  /** Healthy: the cluster is at least yellow, as it says itself. Does not prove that every index is. */
  opensearch: server<"opensearch", SearchOptions>("opensearch", ["port", "scheme", "login"]),
  /** Healthy: the NATS server greets its clients with INFO. Does not prove that JetStream has recovered. */
  nats: server("nats"),
  /** Healthy: memcached answers `version`. */
  memcached: server("memcached"),
  /** Healthy: MinIO's own readiness page says so. */
  minio: server("minio"),
  /** Healthy: ClickHouse answers /ping with "Ok.". Does not prove that tables are loaded. */
  clickhouse: server("clickhouse"),
  /** Healthy: Cassandra answers a CQL OPTIONS request, which needs no login; the port opens when the node has joined. */
  cassandra: server("cassandra"),
  /** Healthy: etcd commits a linearizable read, thus has a quorum. */
  etcd: server("etcd"),
  /** Healthy: the Consul agent knows a leader. */
  consul: server("consul"),
  /** Healthy: Vault is unsealed, active or standby. */
  vault: server<"vault", VaultOptions>("vault", ["port", "sealedIsHealthy"]),
  /** Healthy: Keycloak's /health/ready says so; it needs KC_HEALTH_ENABLED=true. Default port: 9000; before Keycloak 25 it was 8080. */
  keycloak: server("keycloak"),
  /** Healthy: Neo4j's HTTP connector, the last to start, answers. */
  neo4j: server("neo4j"),
  /** Healthy: InfluxDB answers /health; during the automated set-up it listens elsewhere. */
  influxdb: server("influxdb"),
  /** Healthy: the Temporal frontend answers SERVING, on the container's own address, where it listens. */
  temporal: server("temporal"),
  /** Healthy: Traefik answers its ping, which `--ping` must have switched on. */
  traefik: server("traefik"),
  /** Healthy: nginx answers on its port. */
  nginx: server<"nginx", WebOptions>("nginx", ["port", "path"]),
  /** Healthy: Caddy's admin endpoint gives out a configuration, or with `port` its site answers. */
  caddy: server<"caddy", WebOptions>("caddy", ["port", "path"]),
  /** Healthy: the Apache HTTP server answers on its port. */
  httpd: server<"httpd", WebOptions>("httpd", ["port", "path"]),
  /** Healthy: a PHP-FPM worker answers a FastCGI management record; no script runs, and `ping.path` need not be set. */
  phpFpm: server("phpFpm"),
  /** Healthy: ZooKeeper answers `srvr`, the only four-letter word that is allowed by default: it serves requests. */
  zookeeper: server("zookeeper"),
  /** The health check that the image brings; timings given here replace the image's. */
  fromImage: (timing: Timing = {}): Probe<"fromImage"> => make("fromImage", timing, []),
  /** No health check, even if the image brings one. */
  none: (): Probe<"none"> => make("none", {}, []),
} as const;
