import { probe, secret, service, stack, volume } from "stackwright";
import { FLASK_PORT, flask } from "../shared/flask.ts";

const password = secret("db-password", { environment: "DB_PASSWORD" });
const database = { user: "shop", name: "shop" } as const;

/** PostgreSQL, filled by a script on its first start. The probe asks over TCP, which only the server that comes after the script has. */
export const db = service("db", {
  image: "postgres:15",
  environment: { POSTGRES_USER: database.user, POSTGRES_DB: database.name, POSTGRES_PASSWORD_FILE: password.path },
  secrets: [password],
  volumes: [volume("db-data").at("/var/lib/postgresql/data"), "./init:/docker-entrypoint-initdb.d:ro"],
  healthcheck: probe.postgres({ user: database.user, database: database.name, startPeriod: "2m" }),
});

/** Shows what is in the database. It ends at once if that can't be reached. */
export const web = flask("web", `${import.meta.dirname}/app`, {
  environment: { DB_HOST: db.host, DB_USER: database.user, DB_NAME: database.name, DB_PASSWORD_FILE: password.path },
  secrets: [password],
  ports: [`8092:${FLASK_PORT}`],
  dependsOn: [db.healthy()],
});

export default stack("postgres-web", [web]);
