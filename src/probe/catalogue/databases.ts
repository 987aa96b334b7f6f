import { BOOLEAN, LINE, oneOf, type Rules } from "../../model/accepted.ts";
import { accepting } from "../../model/accepting.ts";
import type { Probe, Timing } from "../../model/schema/healthcheck.ts";
import { make, probeOptions } from "./make.ts";
import type { Credential } from "./tool.ts";
import { CREDENTIAL, PORT } from "./values.ts";

export interface PostgresOptions extends Timing {
  /** Default: 5432. */
  readonly port?: number;
  /** Default: the container's POSTGRES_USER, or what the file named by POSTGRES_USER_FILE holds, or "postgres". */
  readonly user?: string;
  /** Default: the container's POSTGRES_DB, or what the file named by POSTGRES_DB_FILE holds, or the user's name. */
  readonly database?: string;
  /**
   * Whether `SELECT 1` is run in the database, which proves that user and database are there. Default: where a password is given.
   * Where the server asks for one on 127.0.0.1 too, it gets POSTGRES_PASSWORD or what the file named by POSTGRES_PASSWORD_FILE holds.
   */
  readonly query?: boolean;
  /**
   * Where the password is that is to be proven. The query then goes to the container's own address: on 127.0.0.1 the official
   * image takes any password. Needs a network (not `networkMode: "none"`), and a server that listens on more than the loopback.
   * Default: none is proven.
   */
  readonly password?: Credential;
}

export interface MysqlOptions extends Timing {
  /** Default: 3306. */
  readonly port?: number;
  /** Default: "root". */
  readonly user?: string;
  /** The database in which `SELECT 1` is run. Default: none. */
  readonly database?: string;
  /**
   * Where the password is. Default: MYSQL_ROOT_PASSWORD (or MARIADB_ROOT_PASSWORD), for another user than root MYSQL_PASSWORD (or
   * MARIADB_PASSWORD), or the file named by the same with _FILE.
   */
  readonly password?: Credential;
}

export interface MariadbOptions extends MysqlOptions {
  /** "healthcheck.sh" is the image's own script. Default: it where the image has it, else "mariadb", a query. */
  readonly via?: "healthcheck.sh" | "mariadb";
}

export interface MongoOptions extends Timing {
  /** Default: 27017. */
  readonly port?: number;
  /** The replica set that this member must be a writable primary of. Default: none, a standalone server. */
  readonly replicaSet?: string;
}

export interface MssqlOptions extends Timing {
  /** Default: 1433. */
  readonly port?: number;
  /** Default: "sa". */
  readonly user?: string;
  /** Where the password is. Default: MSSQL_SA_PASSWORD or SA_PASSWORD. */
  readonly password?: Credential;
}

export interface PostgresProbe extends Probe<"postgres">, Omit<PostgresOptions, keyof Timing> {}
export interface MysqlProbe extends Probe<"mysql">, Omit<MysqlOptions, keyof Timing> {}
export interface MariadbProbe extends Probe<"mariadb">, Omit<MariadbOptions, keyof Timing> {}
export interface MongoProbe extends Probe<"mongo">, Omit<MongoOptions, keyof Timing> {}
export interface MssqlProbe extends Probe<"mssql">, Omit<MssqlOptions, keyof Timing> {}

const SERVER: Rules = { port: PORT, user: LINE, password: CREDENTIAL };

/** See `probe.postgres`. */
export const postgres = database<"postgres", PostgresOptions, PostgresProbe>("postgres", { ...SERVER, database: LINE, query: BOOLEAN });

/** See `probe.mysql`. */
export const mysql = database<"mysql", MysqlOptions, MysqlProbe>("mysql", { ...SERVER, database: LINE });

/** See `probe.mariadb`. */
export const mariadb = database<"mariadb", MariadbOptions, MariadbProbe>("mariadb", {
  ...SERVER,
  database: LINE,
  via: oneOf("healthcheck.sh", "mariadb"),
});

/** See `probe.mongo`. */
export const mongo = database<"mongo", MongoOptions, MongoProbe>("mongo", { port: PORT, replicaSet: LINE });

/** See `probe.mssql`. */
export const mssql = database<"mssql", MssqlOptions, MssqlProbe>("mssql", SERVER);

function database<Type extends string, Options extends Timing, Made extends Probe<Type>>(
  type: Type,
  rules: Rules,
): (options?: Options) => Made {
  return accepting(`probe.${type}`, { options: probeOptions(rules) }, (options?: Options) => make<Made>(type, options));
}
