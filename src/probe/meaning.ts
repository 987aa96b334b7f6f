import type { AnyProbe } from "./catalog.ts";

/** What "healthy" means. */
export interface Meaning {
  readonly proves: string;
  readonly doesNotProve: string;
}

const OTHERS = "that other containers reach it";
const WRITES = "that it can write";

const MEANINGS: Readonly<Record<AnyProbe["type"], readonly [proves: string, doesNotProve: string]>> = {
  http: ["a request inside the container is answered as asked for", OTHERS],
  https: ["a request over TLS is answered as asked for", "that the certificate is valid"],
  tcp: ["the port accepts a connection", "that anything is answered: a process that hangs still accepts"],
  grpc: ["the standard health service answers SERVING", OTHERS],
  command: ["what the command proves", "what it does not"],
  shell: ["what the script proves", "what it does not"],
  script: ["what the script proves", "what it does not"],
  process: ["a process of this name runs", "that it works"],
  file: ["the file is there and, with maxAge, was changed lately", "that the work is done right"],
  all: ["what each of the probes proves", "what none of them does"],
  any: ["what one of the probes proves", "what the others would"],
  postgres: [
    "the real server accepts connections over TCP; with a query also user and database; with a password that too",
    "without a query: that user and database exist",
  ],
  mysql: ["the real server answers a query over TCP, with the password", WRITES],
  mariadb: ["the real server answers over TCP", WRITES],
  mongo: ["the server answers; with replicaSet, that it is the writable primary", "without replicaSet: that there is a primary"],
  mssql: ["the server answers a query, with the password", "that all databases have recovered"],
  redis: ["the server has loaded its data and takes commands, with the password where one is given", WRITES],
  valkey: ["the server has loaded its data and takes commands, with the password where one is given", WRITES],
  rabbitmq: [
    "the AMQP listener is open, which happens last; with diagnostics, that it answers",
    "without diagnostics: that a broker which hangs answers",
  ],
  kafka: ["the broker answers requests (where bash, perl, python3 or node is there)", "that topics have leaders"],
  elasticsearch: ["the cluster is at least yellow", "that every index is"],
  opensearch: ["the cluster is at least yellow", "that every index is"],
  nats: ["the server greets its clients", "that JetStream has recovered"],
  memcached: ["the server answers a command", WRITES],
  minio: ["the storage says that it has a write quorum", "that buckets exist"],
  clickhouse: ["the server answers requests", "that tables are loaded"],
  cassandra: ["the node has joined and answers CQL", "that a keyspace has its replicas"],
  etcd: ["a read is committed by a quorum", WRITES],
  consul: ["the agent knows a leader", OTHERS],
  vault: ["it is unsealed (unless sealed counts as healthy)", "that a token works"],
  keycloak: ["its readiness page says so", "that a realm exists"],
  neo4j: ["the HTTP connector, the last to start, answers", "that a database is online"],
  influxdb: ["the server, not the one of the set-up, says that it is well", "that a bucket exists"],
  temporal: ["the frontend serves", "that workers do"],
  traefik: ["the ping entry point answers", "that routes lead anywhere"],
  nginx: ["the site answers", "that what it passes requests to does"],
  caddy: ["a configuration is loaded, or with port that the site answers", "that what it passes requests to does"],
  httpd: ["the site answers", "that what it passes requests to does"],
  phpFpm: ["a worker is free and answers", "that a script runs"],
  zookeeper: ["the server serves requests; in an ensemble, that it has a quorum", "that it is the leader"],
  fromImage: ["what the image's own health check proves", "what it does not"],
  none: ["nothing: there is no health check", "anything"],
};

/** What a probe of a type proves. */
export function meaningOf(type: AnyProbe["type"]): Meaning {
  const [proves, doesNotProve] = MEANINGS[type];
  return { proves, doesNotProve };
}
