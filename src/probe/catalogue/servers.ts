import { BOOLEAN, oneOf, type Rules } from "../../model/accepted.ts";
import { accepting } from "../../model/accepting.ts";
import type { Probe, Timing } from "../../model/schema/healthcheck.ts";
import { make, probeOptions } from "./make.ts";
import type { Credential } from "./tool.ts";
import { CREDENTIAL, LOGIN, PORT, URL_PATH } from "./values.ts";

/** A server whose port may be another than usual. */
export interface ServerOptions extends Timing {
  /** The port in the container. Default: the server's usual one. */
  readonly port?: number;
}

export interface RedisOptions extends ServerOptions {
  /** Where the password is; a server that asks for none is red then. Default: the container's REDISCLI_AUTH, which redis-cli reads itself. */
  readonly password?: Credential;
}

export interface RabbitmqOptions extends ServerOptions {
  /** Whether the broker's own diagnostics run, half a second and more of CPU a look. Default: false. */
  readonly diagnostics?: boolean;
}

export interface SearchOptions extends ServerOptions {
  /** Default: "https" where a password is given, else "http". */
  readonly scheme?: "http" | "https";
  /** Default: none; the cluster's health is asked for without authentication. */
  readonly login?: { readonly user: string; readonly password: Credential };
}

export interface VaultOptions extends ServerOptions {
  /** Whether a sealed or not yet initialised Vault counts as healthy. Default: false. */
  readonly sealedIsHealthy?: boolean;
}

export interface WebOptions extends ServerOptions {
  /** Default: "/". */
  readonly path?: `/${string}`;
}

/** The servers that are asked in their own protocol or by their own client. */
export type ServerType =
  | "redis"
  | "valkey"
  | "rabbitmq"
  | "kafka"
  | "elasticsearch"
  | "opensearch"
  | "nats"
  | "memcached"
  | "minio"
  | "clickhouse"
  | "cassandra"
  | "etcd"
  | "consul"
  | "vault"
  | "keycloak"
  | "neo4j"
  | "influxdb"
  | "temporal"
  | "traefik"
  | "nginx"
  | "caddy"
  | "httpd"
  | "phpFpm"
  | "zookeeper";

/** A probe of one of those servers. */
export interface ServerProbe<Type extends ServerType = ServerType>
  extends Probe<Type>,
    Omit<RedisOptions & RabbitmqOptions & SearchOptions & VaultOptions & WebOptions, keyof Timing> {}

const RULES = {
  port: PORT,
  password: CREDENTIAL,
  diagnostics: BOOLEAN,
  scheme: oneOf("http", "https"),
  login: LOGIN,
  sealedIsHealthy: BOOLEAN,
  path: URL_PATH,
} as const satisfies Rules;

/** Makes the function of the catalogue for one of those servers; `names` are its options. */
export function server<Type extends ServerType, Options extends ServerOptions = ServerOptions>(
  type: Type,
  names: readonly (keyof Options & keyof typeof RULES)[] = ["port" as keyof Options & "port"],
): (options?: Options) => ServerProbe<Type> {
  const rules = Object.fromEntries(names.map((name) => [name, RULES[name]]));
  return accepting(`probe.${type}`, { options: probeOptions(rules) }, (options?: Options) => make<ServerProbe<Type>>(type, options));
}
