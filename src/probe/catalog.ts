import { accepting } from "../model/accepting.ts";
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
import { make, probeOptions } from "./catalogue/make.ts";
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

/** A probe that can be asked from another container than the server's. */
export type AskedProbe =
  | HttpProbe
  | TcpProbe
  | GrpcProbe
  | PostgresProbe
  | MysqlProbe
  | MariadbProbe
  | MongoProbe
  | MssqlProbe
  | ServerProbe;

/** A probe that has a command of its own. */
export type CommandedProbe = AskedProbe | CommandProbe | ShellProbe | ScriptProbe | ProcessProbe | FileProbe | CombinedProbe;

/** Every probe of the catalogue. */
export type AnyProbe = CommandedProbe | Probe<"fromImage"> | Probe<"none">;

/**
 * Health checks by meaning; the command that does the check is chosen for the image at hand.
 * Costs are CPU time of the command alone, as measured in docs/probes.md; to start it in the container takes some 15 ms more.
 */
export const probe = {
  /**
   * Healthy: a request on 127.0.0.1 is answered with one of `status` (2xx or 3xx), and the body has `contains`.
   * Proxies are ignored. Costs 4 ms (bash, wget) to 71 ms (node). Does not prove that other containers can connect.
   */
  http,
  /**
   * Healthy: the same over TLS. Needs curl, wget, python3 or node; costs what `http` does and the handshake.
   * Does not prove that the certificate is valid: none is made out to 127.0.0.1, so that it is not verified.
   */
  https,
  /** Healthy: the port accepts a connection. Costs 4 ms (bash) to 71 ms (node). Does not prove that anything is answered: a process that hangs still accepts. */
  tcp,
  /**
   * Healthy: the standard health service answers SERVING, for the server as a whole or for `service`. Needs grpc_health_probe
   * or node; with node it costs some 70 ms. Does not prove that other containers can connect.
   * @see https://grpc.io/docs/guides/health-checking/
   */
  grpc,
  /** Healthy: the command, run without a shell, exits with 0. It proves, and costs, what the command does; only Docker limits its time. */
  command,
  /** Healthy: the script, run by the container's shell, exits with 0; `$NAME` is the container's variable. It proves, and costs, what the script does; only Docker limits its time. */
  shell,
  /** Healthy: the script file, in the image or a mounted config, exits with 0. It proves, and costs, what the script does; only Docker limits its time. */
  script,
  /** Healthy: a process of this name runs; the probe never finds itself, nor zombies. Costs a shell that reads a line of each process. Does not prove that it works. */
  process: processNamed,
  /** Healthy: the file is there, changed no longer ago than `maxAge`: the heartbeat of a worker without a port. Costs a `test` or `stat`. Does not prove that the work is done right. */
  file,
  /** Healthy: all of the probes pass, one after the other; they share the time limit, and it costs all of them. Does not prove what none of them does. */
  all,
  /** Healthy: one of the probes passes, tried in order; at worst it costs all of them. Does not prove what the others would. */
  any,
  /**
   * Healthy: PostgreSQL accepts connections over TCP, which the server that runs the init scripts does not. Costs 11 ms.
   * Proves neither user nor database: pg_isready never logs in. `query: true` does, for 18 ms; only a `password` is proven too,
   * as the official image asks for none on 127.0.0.1.
   */
  postgres,
  /**
   * Healthy: MySQL answers `SELECT 1` over TCP, with the user's password. The server of the init phase has no TCP.
   * Costs a start of the mysql client. Does not prove that it can write.
   */
  mysql,
  /**
   * Healthy: MariaDB answers over TCP, with InnoDB initialised (the image's healthcheck.sh), or to `SELECT 1` with the user's
   * password (`via: "mariadb"`, 8 ms; the script starts the same client twice). Does not prove that it can write.
   */
  mariadb,
  /**
   * Healthy: MongoDB answers a ping or, with `replicaSet`, is the writable primary of that set. Each look starts mongosh, a whole
   * Node.js, so that it looks every 2 s only. Without `replicaSet` it does not prove that there is a primary.
   */
  mongo,
  /** Healthy: SQL Server answers `SELECT 1` with the user's password. Costs a start of sqlcmd. Does not prove that user databases have recovered. */
  mssql,
  /**
   * Healthy: Redis answers PING with PONG: it has loaded its data and takes commands, with the password where one is given.
   * Costs 5 ms. Does not prove that it can write.
   */
  redis: server<"redis", RedisOptions>("redis", ["port", "password"]),
  /**
   * Healthy: Valkey answers PING with PONG: it has loaded its data and takes commands, with the password where one is given.
   * Costs 5 ms. Does not prove that it can write.
   */
  valkey: server<"valkey", RedisOptions>("valkey", ["port", "password"]),
  /**
   * Healthy: RabbitMQ's AMQP port is open, which happens at the very end of its start. Costs what `tcp` does. Does not prove that
   * a broker that hangs answers; `diagnostics: true` does, by an Erlang VM of its own that takes half a second and more of CPU a look.
   */
  rabbitmq: server<"rabbitmq", RabbitmqOptions>("rabbitmq", ["port", "diagnostics"]),
  /**
   * Healthy: the broker answers an ApiVersions request (where bash, perl, python3 or node is there), or its port is open (nc).
   * Costs what `tcp` does. Does not prove that topics have leaders.
   */
  kafka: server("kafka"),
  /** Healthy: the cluster is at least yellow, as it says itself. Costs what `http` does. Does not prove that every index is. */
  elasticsearch: server<"elasticsearch", SearchOptions>("elasticsearch", ["port", "scheme", "login"]),
  /** Healthy: the cluster is at least yellow, as it says itself. Costs what `http` does. Does not prove that every index is. */
  opensearch: server<"opensearch", SearchOptions>("opensearch", ["port", "scheme", "login"]),
  /** Healthy: the NATS server greets its clients with INFO. Costs what `tcp` does. Does not prove that JetStream has recovered. */
  nats: server("nats"),
  /** Healthy: memcached answers `version`. Costs what `tcp` does. Does not prove that it can write. */
  memcached: server("memcached"),
  /** Healthy: MinIO's own page says that the storage has a write quorum. Costs what `http` does. Does not prove that buckets exist. */
  minio: server("minio"),
  /** Healthy: ClickHouse answers /ping. Costs what `http` does. Does not prove that tables are loaded. */
  clickhouse: server("clickhouse"),
  /** Healthy: Cassandra answers a CQL OPTIONS request, which needs no login; the port opens when the node has joined. Costs what `tcp` does. Does not prove that a keyspace has its replicas. */
  cassandra: server("cassandra"),
  /** Healthy: etcd commits a linearizable read, thus has a quorum. Costs 13 ms (etcdctl). Does not prove that it can write: its disk may be full. */
  etcd: server("etcd"),
  /** Healthy: the Consul agent knows a leader. Costs what `http` does. Does not prove that other containers can connect. */
  consul: server("consul"),
  /** Healthy: Vault is unsealed, active or standby. Costs what `http` does. Does not prove that a token works. */
  vault: server<"vault", VaultOptions>("vault", ["port", "sealedIsHealthy"]),
  /**
   * Healthy: Keycloak's /health/ready says so; it needs KC_HEALTH_ENABLED=true. Default port: 9000; 8080 where the tag names a version before 25.
   * Costs what `http` does. Does not prove that a realm exists.
   */
  keycloak: server("keycloak"),
  /** Healthy: Neo4j's HTTP connector, the last to start, answers. Costs what `http` does. Does not prove that a database is online. */
  neo4j: server("neo4j"),
  /** Healthy: InfluxDB answers /health; during the automated set-up it listens elsewhere. Costs what `http` does. Does not prove that a bucket exists. */
  influxdb: server("influxdb"),
  /** Healthy: the Temporal frontend answers SERVING, on the container's own address, where it listens. Costs a start of the temporal client. Does not prove that workers serve. */
  temporal: server("temporal"),
  /** Healthy: Traefik answers its ping, which `--ping` must have switched on. Costs a start of traefik, or with `port` what `http` does. Does not prove that routes lead anywhere. */
  traefik: server("traefik"),
  /** Healthy: nginx answers on its port with 2xx or 3xx. Costs what `http` does. Does not prove that what it passes requests to answers. */
  nginx: server<"nginx", WebOptions>("nginx", ["port", "path"]),
  /** Healthy: Caddy has loaded a configuration, as its admin endpoint says, or with `port` its site answers. Costs what `http` does. Does not prove that what it passes requests to answers. */
  caddy: server<"caddy", WebOptions>("caddy", ["port", "path"]),
  /** Healthy: the Apache HTTP server answers on its port with 2xx or 3xx. Costs what `http` does. Does not prove that what it passes requests to answers. */
  httpd: server<"httpd", WebOptions>("httpd", ["port", "path"]),
  /**
   * Healthy: a PHP-FPM worker answers a FastCGI management record; no script runs, and `ping.path` need not be set. Costs what
   * `tcp` does, or a start of php. A pool whose workers are all busy is unhealthy. Does not prove that a script runs.
   */
  phpFpm: server("phpFpm"),
  /** Healthy: ZooKeeper answers `srvr`, the only four-letter word that is allowed by default: it serves requests, in an ensemble with a quorum. Costs what `tcp` does. Does not prove that it is the leader. */
  zookeeper: server("zookeeper"),
  /** Healthy: the health check that the image brings passes; timings given here replace the image's. It proves, and costs, what that one does. */
  fromImage: accepting(
    "probe.fromImage",
    { timing: probeOptions() },
    (timing: Timing = {}): Probe<"fromImage"> => make("fromImage", timing),
  ),
  /** No health check, even if the image brings one. */
  none: accepting("probe.none", {}, (): Probe<"none"> => make("none")),
} as const;
