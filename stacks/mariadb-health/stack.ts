import { from, probe, service, stack } from "stackwright";
import { login, passwords, settings } from "../shared/mariadb.ts";

const account = { database: "health_exam", user: "examiner", ...passwords } as const;

/** MariaDB, whose image is given a health check that logs in over TCP: what answers a ping may not take anybody's login yet. */
export const db = service("db", {
  build: {
    dockerfile: from("mariadb:11.8").healthcheck(probe.mariadb({ ...login(account), interval: "5s", timeout: "3s", startPeriod: "30s" })),
  },
  ...settings("MARIADB", account),
  ports: ["127.0.0.1:3306:3306"],
});

export default stack("mariadb-health", [db]);
