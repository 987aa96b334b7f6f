import type { MariadbProbe, MongoProbe, MssqlProbe, MysqlProbe, PostgresProbe } from "../../catalogue/databases.ts";
import { addressIn, type Context } from "../context.ts";
import { passwordExpression } from "../credential.ts";
import { inDoubleQuotes, quote, quoteAll } from "../quote.ts";
import { exec, script, type Way, wholeSeconds } from "../way.ts";

/**
 * pg_isready over TCP, or a query. A password is proven on the container's own address, which its name stands for: the
 * image trusts whoever comes from the loopback, and asks for passwords on every other one.
 */
export function postgresWays({ port = 5432, user, database, query, password }: PostgresProbe, context: Context): readonly Way[] {
  const wait = wholeSeconds(context.limit);
  const address = addressIn(context);
  const role = user === undefined ? '"${POSTGRES_USER:-postgres}"' : quote(user);
  const name =
    database === undefined
      ? `"\${POSTGRES_DB:-${user === undefined ? "${POSTGRES_USER:-postgres}" : inDoubleQuotes(user)}}"`
      : quote(database);
  if (query === true || password !== undefined) {
    const host = password === undefined || context.host !== undefined ? quote(address) : '"$(uname -n)"';
    const secret = passwordExpression(password, "POSTGRES_PASSWORD");
    const settings = `export PGPASSWORD=${secret} PGCONNECT_TIMEOUT=${wait} PGOPTIONS='-c statement_timeout=${wait}s'`;
    return [script("psql", `${settings}; exec psql -h ${host} -p ${port} -U ${role} -d ${name} -XAtqc 'SELECT 1'`)];
  }
  const words = ["pg_isready", "-h", address, "-p", String(port), "-t", wait];
  // Who is asked for does not matter, but the server's log complains of a role that does not exist.
  if (user !== undefined && database !== undefined) return [exec("pg_isready", [...words, "-U", user, "-d", database])];
  return [script("pg_isready", `exec ${quoteAll(words)} -U ${role} -d ${name}`)];
}

/** A query with MySQL's client, over TCP. */
export function mysqlWays(probe: MysqlProbe, context: Context): readonly Way[] {
  return [queryWay("mysql", probe, passwordExpression(probe.password, "MYSQL_ROOT_PASSWORD"), context)];
}

/** The image's own script, or a query with MariaDB's client, over TCP. */
export function mariadbWays(probe: MariadbProbe, context: Context): readonly Way[] {
  const query = queryWay("mariadb", probe, passwordExpression(probe.password, "MARIADB_ROOT_PASSWORD", "MYSQL_ROOT_PASSWORD"), context);
  const own = exec("healthcheck.sh", ["healthcheck.sh", "--connect", "--innodb_initialized"], {
    unlimited: true,
    remark: "healthcheck.sh needs the user that the entry point makes on an empty volume (MariaDB 10.6.6 and newer)",
  });
  // The script knows neither another user nor another database.
  const isPlain = probe.user === undefined && probe.database === undefined && probe.password === undefined && probe.port === undefined;
  return context.host === undefined && (isPlain || probe.via === "healthcheck.sh") ? [own, query] : [query];
}

/** A ping with mongosh, or the state of the member. */
export function mongoWays({ port = 27017, replicaSet }: MongoProbe, context: Context): readonly Way[] {
  const healthy =
    replicaSet === undefined
      ? "db.adminCommand({ping:1}).ok"
      : `(h=>h.isWritablePrimary&&h.setName===${JSON.stringify(replicaSet)})(db.hello())`;
  const words = ["mongosh", "--quiet", "--norc", "--host", addressIn(context), "--port", String(port)];
  const remark = "mongosh writes a log of each run into the home folder of its user";
  return [exec("mongosh", [...words, "--eval", `quit(${healthy}?0:1)`], { unlimited: true, remark })];
}

/** A query with sqlcmd, which is not on PATH; images before July 2024 have it in another folder. */
export function mssqlWays({ port = 1433, user = "sa", password }: MssqlProbe, context: Context): readonly Way[] {
  const wait = wholeSeconds(context.limit);
  const secret = password === undefined ? '"${MSSQL_SA_PASSWORD:-$SA_PASSWORD}"' : passwordExpression(password);
  const query = `-C -S ${addressIn(context)},${port} -U ${quote(user)} -l ${wait} -t ${wait} -b -Q 'SELECT 1'`;
  return [
    script("sqlcmd", `export SQLCMDPASSWORD=${secret} PATH="$PATH:/opt/mssql-tools18/bin:/opt/mssql-tools/bin"; exec sqlcmd ${query}`),
  ];
}

// The socket is no proof: the server of the init phase answers there, and "localhost" means the socket.
function queryWay(
  client: "mysql" | "mariadb",
  { port = 3306, user = "root", database }: MysqlProbe | MariadbProbe,
  secret: string,
  context: Context,
): Way {
  const wait = wholeSeconds(context.limit);
  const words = [client, "-h", addressIn(context), "-P", String(port), "-u", user, `--connect-timeout=${wait}`, "-NBe", "SELECT 1"];
  return script(client, `export MYSQL_PWD=${secret}; exec ${quoteAll([...words, ...(database === undefined ? [] : [database])])}`);
}
