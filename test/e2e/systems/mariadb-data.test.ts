import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeSystem } from "./system.ts";

const env = { DB_PASSWORD: "pass-5", DB_ROOT_PASSWORD: "root-pass-5" };

describeSystem({ rows: "5", stack: "mariadb-data", env }, ({ folder, exec, run, up }) => {
  const sql = (text: string) =>
    exec("db", "sh", "-c", `MYSQL_PWD=${env.DB_PASSWORD} mariadb -h 127.0.0.1 -u librarian library -Ne "${text}"`);

  it("must have run the init script", async () => {
    expect(await sql("SELECT title FROM books")).toBe("The first book");
  });

  it("must keep its data when it goes down and comes up again, without running the script again", async () => {
    await sql("INSERT INTO books (title) VALUES ('The second book')");
    expect((await run(["down", "mariadb-data", "--volumes"])).exitCode).toBe(0);
    expect(existsSync(join(folder, "stacks/mariadb-data/data/library"))).toBe(true);
    await up();
    expect(await sql("SELECT title FROM books ORDER BY id")).toBe("The first book\nThe second book");
  });
});
