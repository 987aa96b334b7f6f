import { probe, type Secret, type ServiceSpec, type ServiceWithHealthcheck, secret, service } from "stackwright";

/** What a MariaDB or MySQL server makes in an empty data folder: a database, and a user that may do everything in it. */
export interface Account {
  readonly database: string;
  readonly user: string;
  readonly password: Secret;
  readonly rootPassword: Secret;
}

type ServerSpec = Omit<ServiceSpec, "image" | "environment" | "secrets" | "healthcheck"> & { readonly account: Account };

/** The passwords of a server, from variables of the launching shell: `DB_PASSWORD=... DB_ROOT_PASSWORD=... stackwright up`. */
export const passwords = {
  password: secret("db-password", { environment: "DB_PASSWORD" }),
  rootPassword: secret("db-root-password", { environment: "DB_ROOT_PASSWORD" }),
} as const;

/** MariaDB on port 3306; its data are in /var/lib/mysql. */
export function mariadb(name: string, { account, ...spec }: ServerSpec): ServiceWithHealthcheck {
  return service(name, {
    image: "mariadb:11.8",
    stopGracePeriod: "1m",
    ...spec,
    ...settings("MARIADB", account),
    healthcheck: probe.mariadb(login(account)),
  });
}

/** MySQL on port 3306; its data are in /var/lib/mysql. */
export function mysql(name: string, { account, ...spec }: ServerSpec): ServiceWithHealthcheck {
  return service(name, {
    image: "mysql:8.4",
    stopGracePeriod: "1m",
    ...spec,
    ...settings("MYSQL", account),
    healthcheck: probe.mysql(login(account)),
  });
}

/** How the images are told of the account: passwords as files, so that they are in no file of the stack and no list of variables. */
export function settings(prefix: "MARIADB" | "MYSQL", { database, user, password, rootPassword }: Account) {
  return {
    environment: {
      [`${prefix}_ROOT_PASSWORD_FILE`]: rootPassword.path,
      [`${prefix}_DATABASE`]: database,
      [`${prefix}_USER`]: user,
      [`${prefix}_PASSWORD_FILE`]: password.path,
    },
    secrets: [password, rootPassword],
  };
}

/** How a probe logs in: as the account's user, because what counts is what that one can do. An empty data folder is initialised first. */
export function login({ database, user, password }: Account) {
  return { database, user, password: { file: password.path }, startPeriod: "2m" } as const;
}
