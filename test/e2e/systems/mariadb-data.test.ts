import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeSystem } from "./system.ts";

const secrets = { DB_PASSWORD: "pass-Secret-5", DB_ROOT_PASSWORD: "root-Secret-5" };

describeSystem({ rows: "5", stack: "mariadb-data", secrets }, ({ folder, exec, look, run, up }) => {
  const sql = (text: string, user = "librarian", password = secrets.DB_PASSWORD) =>
    exec("db", "sh", "-c", `MYSQL_PWD=${password} mariadb -h 127.0.0.1 -u ${user} library -Ne "${text}"`);

  it("must have made database, user and passwords of its four values", async () => {
    expect(await sql("SELECT current_user(), database()")).toBe("librarian@%\tlibrary");
    expect(await sql("SELECT 1", "root", secrets.DB_ROOT_PASSWORD)).toBe("1");
    await expect(sql("SELECT 1", "root", "wrong")).rejects.toThrow("Access denied");
    const values = (await look<string[]>("db", ".Config.Env")).filter((value) => value.startsWith("MARIADB_"));
    expect(values).toHaveLength(4);
  });

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
