import { network, probe, service, stack, volume } from "stackwright";
import { mysql, passwords } from "../shared/mariadb.ts";

const front = network("front");
const back = network("back", { internal: true });
const account = { database: "blog", user: "blogger", ...passwords } as const;

/** The database: on the back network only. */
export const db = mysql("db", {
  account,
  volumes: [volume("db-data").at("/var/lib/mysql")],
  networks: [back],
  restart: "always",
});

/** WordPress on Apache. Its page answers with an error as long as it can't reach the database. */
export const web = service("web", {
  image: "wordpress:6.8",
  environment: {
    WORDPRESS_DB_HOST: `${db.host}:3306`,
    WORDPRESS_DB_NAME: account.database,
    WORDPRESS_DB_USER: account.user,
    WORDPRESS_DB_PASSWORD_FILE: account.password.path,
  },
  secrets: [account.password],
  volumes: [volume("web-data").at("/var/www/html"), "./log:/var/log"],
  networks: [front, back],
  ports: ["8888:80"],
  restart: "always",
  dependsOn: [db.healthy()],
  healthcheck: probe.http({ port: 80, path: "/wp-login.php", startPeriod: "1m" }),
});

export default stack("wordpress", [web]);
