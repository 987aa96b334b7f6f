import { probe, type Secret, type ServiceSpec, type ServiceWithHealthcheck, secret, service } from "stackwright";

/** What a MariaDB or MySQL server makes in an empty data folder: a database, and a user that may do everything in it. */
export interface Account {
  readonly database: string;
  readonly user: string;
  readonly password: Secret;
  readonly rootPassword: Secret;
}

interface ServerSpec extends Omit<ServiceSpec, "environment" | "secrets" | "healthcheck"> {
  readonly account: Account;
}

/** The passwords of a server, from variables of the launching shell: `DB_PASSWORD=... DB_ROOT_PASSWORD=... stackwright up`. */
export const passwords = {
  password: secret("db-password", { environment: "DB_PASSWORD" }),
  rootPassword: secret("db-root-password", { environment: "DB_ROOT_PASSWORD" }),
} as const;

/** MariaDB on port 3306; its data are in /var/lib/mysql. */
export function mariadb(name: string, spec: ServerSpec): ServiceWithHealthcheck {
  return server(name, { image: "mariadb:11.8", ...spec }, { client: "mariadb", prefix: "MARIADB" });
}

/** MySQL on port 3306; its data are in /var/lib/mysql. */
export function mysql(name: string, spec: ServerSpec): ServiceWithHealthcheck {
  return server(name, { image: "mysql:8.4", ...spec }, { client: "mysql", prefix: "MYSQL" });
}

// Over TCP: the server that runs the init scripts listens on its socket only. As the account's user: a ping
// would call "access denied" a success.
function server(
  name: string,
  { account, ...spec }: ServerSpec,
  { client, prefix }: { client: string; prefix: string },
): ServiceWithHealthcheck {
  const { database, user, password, rootPassword } = account;
  const select = `${client} --host=127.0.0.1 --user=${user} --database=${database} --execute='SELECT 1'`;
  return service(name, {
    ...spec,
    environment: {
      [`${prefix}_ROOT_PASSWORD_FILE`]: rootPassword.path,
      [`${prefix}_DATABASE`]: database,
      [`${prefix}_USER`]: user,
      [`${prefix}_PASSWORD_FILE`]: password.path,
    },
    secrets: [password, rootPassword],
    healthcheck: probe.shell(`MYSQL_PWD="$(cat ${password.path})" ${select}`, { startPeriod: "2m" }),
  });
}
