import type { MariadbProbe, MongoProbe, MssqlProbe, MysqlProbe, PostgresProbe } from "../../catalogue/databases.ts";
import { isOlder } from "../../facts/version.ts";
import { addressIn, type Context } from "../context.ts";
import { passwordExpression, settingExpression } from "../credential.ts";
import { inDoubleQuotes, quote, quoteAll } from "../quote.ts";
import { exec, script, type Way, wholeSeconds } from "../way.ts";

/**
 * pg_isready over TCP, or a query. A password is proven on the container's own address, which its name stands for: the
 * image trusts whoever comes from the loopback, and asks for passwords on every other one.
 */
export function postgresWays({ port = 5432, user, database, query, password }: PostgresProbe, context: Context): readonly Way[] {
  const wait = wholeSeconds(context.limit);
  const address = addressIn(context);
  const settings = [
    ...(user === undefined ? [`u=${settingExpression("POSTGRES_USER")}`] : []),
    ...(database === undefined ? [`d=${settingExpression("POSTGRES_DB")}`] : []),
  ];
  const role = user === undefined ? '"${u:-postgres}"' : quote(user);
  const name = database === undefined ? `"\${d:-${user === undefined ? "${u:-postgres}" : inDoubleQuotes(user)}}"` : quote(database);
  if (query === true || password !== undefined) {
    const host = password === undefined || context.host !== undefined ? quote(address) : '"$(uname -n)"';
    const secret = passwordExpression(password, "POSTGRES_PASSWORD");
    settings.push(`export PGPASSWORD=${secret} PGCONNECT_TIMEOUT=${wait} PGOPTIONS='-c statement_timeout=${wait}s'`);
    return [script("psql", `${settings.join("; ")}; exec psql -h ${host} -p ${port} -U ${role} -d ${name} -XAtqc 'SELECT 1'`)];
  }
  const words = ["pg_isready", "-h", address, "-p", String(port), "-t", wait];
  // Who is asked for does not matter, but the server's log complains of a role that does not exist.
  if (user !== undefined && database !== undefined) return [exec("pg_isready", [...words, "-U", user, "-d", database])];
  return [script("pg_isready", `${settings.join("; ")}; exec ${quoteAll(words)} -U ${role} -d ${name}`)];
}

/** A query over TCP with MySQL's client, or with MariaDB's in its images, whose newer ones know no other name. */
export function mysqlWays(probe: MysqlProbe, context: Context): readonly Way[] {
  return [queryWay("mysql", ["MYSQL"], probe, context), { ...queryWay("mariadb", ["MARIADB", "MYSQL"], probe, context), rare: true }];
}

/** The image's own script, or a query with MariaDB's client, over TCP. */
export function mariadbWays(probe: MariadbProbe, context: Context): readonly Way[] {
  const query = queryWay("mariadb", ["MARIADB", "MYSQL"], probe, context);
  const own = exec("healthcheck.sh", ["healthcheck.sh", "--connect", "--innodb_initialized"], {
    unlimited: true,
    remark: "healthcheck.sh needs the user that the entry point makes on an empty volume (MariaDB 10.6.6 and newer)",
  });
  // The script knows neither another user nor another database.
  const isPlain = probe.user === undefined && probe.database === undefined && probe.password === undefined && probe.port === undefined;
  return context.host === undefined && (isPlain || probe.via === "healthcheck.sh") ? [own, query] : [query];
}

/** A ping with mongosh, or the state of the member; images before 5 have the old shell alone. */
export function mongoWays({ port = 27017, replicaSet }: MongoProbe, context: Context): readonly Way[] {
  const { image } = context;
  const isOld = image?.repository === "mongo" && isOlder(image.tag, [5]);
  const [client, primary] = isOld
    ? ["mongo", "h.ismaster&&h.setName===SET)(db.isMaster())"]
    : ["mongosh", "h.isWritablePrimary&&h.setName===SET)(db.hello())"];
  const healthy =
    replicaSet === undefined ? "db.adminCommand({ping:1}).ok" : `(h=>${primary.replace("SET", () => JSON.stringify(replicaSet))}`;
  const words = [client, "--quiet", "--norc", "--host", addressIn(context), "--port", String(port)];
  const remark = isOld ? {} : { remark: "mongosh writes a log of each run into the home folder of its user" };
  return [exec(client, [...words, "--eval", `quit(${healthy}?0:1)`], { unlimited: true, ...remark })];
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

// The socket is no proof: the server of the init phase answers there, and "localhost" means the socket. The images name the passwords
// of root and of the user whom they make in variables with the name of the server, or of the one that it stands for.
function queryWay(
  client: "mysql" | "mariadb",
  servers: readonly string[],
  { port = 3306, user = "root", database, password }: MysqlProbe | MariadbProbe,
  context: Context,
): Way {
  const wait = wholeSeconds(context.limit);
  const words = [client, "-h", addressIn(context), "-P", String(port), "-u", user, `--connect-timeout=${wait}`, "-NBe", "SELECT 1"];
  const secret = passwordExpression(password, ...servers.map((server) => `${server}_${user === "root" ? "ROOT_" : ""}PASSWORD`));
  return script(client, `export MYSQL_PWD=${secret}; exec ${quoteAll([...words, ...(database === undefined ? [] : [database])])}`);
}
