import { probe, service, stack } from "stackwright";
import { passwords } from "../shared/mariadb.ts";

const { password, rootPassword } = passwords;

/** MariaDB, whose image was given a health check that logs in and asks something. */
export const db = service("db", {
  build: "./server",
  environment: {
    MARIADB_ROOT_PASSWORD_FILE: rootPassword.path,
    MARIADB_DATABASE: "health_exam",
    MARIADB_USER: "examiner",
    MARIADB_PASSWORD_FILE: password.path,
  },
  secrets: [password, rootPassword],
  ports: ["127.0.0.1:3306:3306"],
  healthcheck: probe.fromImage({ startPeriod: "30s", startInterval: "500ms" }),
});

export default stack("mariadb-health", [db]);
