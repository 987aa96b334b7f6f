import { stack } from "stackwright";
import { mariadb, passwords } from "../shared/mariadb.ts";

/** MariaDB with its data in a folder of the host, filled by the scripts of another one when it is empty. */
export const db = mariadb("db", {
  account: { database: "library", user: "librarian", ...passwords },
  ports: ["127.0.0.1:3307:3306"],
  volumes: ["./data:/var/lib/mysql", "./init:/docker-entrypoint-initdb.d:ro"],
  restart: "always",
});

export default stack("mariadb-data", [db]);
