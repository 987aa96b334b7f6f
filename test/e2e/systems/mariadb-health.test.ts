import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeSystem } from "./system.ts";

const env = { DB_PASSWORD: "user-Secret-1004", DB_ROOT_PASSWORD: "root-Secret-1004" };

describeSystem({ rows: "2", stack: "mariadb-health", env }, ({ folder, look, exec, run }) => {
  it("must be healthy because a login was answered over TCP", async () => {
    const { Status, Log } = await look<{ Status: string; Log: { ExitCode: number; Output: string }[] }>("db", ".State.Health");
    expect(Status).toBe("healthy");
    expect(Log.at(-1)?.Output).toContain("MariaDB");
    // What was asked before the server took connections did not pass.
    const firstPass = Log.findIndex(({ ExitCode }) => ExitCode === 0);
    for (const { Output } of Log.slice(0, firstPass)) expect(Output).toMatch(/ERROR/);
  });

  it("must take the user's own login", async () => {
    const sql = `MYSQL_PWD=${env.DB_PASSWORD} mariadb -h 127.0.0.1 -u examiner health_exam -Ne "SELECT 6 * 7"`;
    expect(await exec("db", "sh", "-c", sql)).toBe("42");
  });

  it("must not show a password in the generated file, the container's settings or what commands print", async () => {
    const file = readFileSync(join(folder, "generated", "mariadb-health", "compose.yaml"), "utf8");
    const settings = JSON.stringify(await look("db", ".Config"));
    const status = (await run(["status", "mariadb-health", "--json"])).all;
    for (const text of [file, settings, status]) expect(text).not.toMatch(/Secret-1004/);
  });
});
