import { execa } from "execa";
import { expect, it } from "vitest";
import { describeSystem, page } from "./system.ts";

const env = { DB_PASSWORD: "pass-12" };

describeSystem({ rows: "12", stack: "postgres-web", env }, ({ look, exec, run, up }) => {
  const products = async () => (await page("http://localhost:8092/")).text;

  it("must have started the web only after PostgreSQL took connections, though its init script took five seconds", async () => {
    const { all: log } = await execa("docker", ["logs", "--timestamps", "postgres-web-db-1"], { all: true });
    // The server of the init scripts writes to another stream than the one that stays, so that lines come out of order.
    const times = log
      .split("\n")
      .sort()
      .filter((line) => line.includes("database system is ready to accept connections"));
    expect(times).toHaveLength(2);
    const [initReady = 0, ready = 0] = times.map((line) => Date.parse(line.split(" ")[0] ?? ""));
    expect(ready - initReady).toBeGreaterThan(5000);
    expect(Date.parse(await look("web", ".State.StartedAt"))).toBeGreaterThan(ready);
    expect(await look<number>("web", ".RestartCount")).toBe(0);
    expect(await products()).toBe("lamp\ntable\n");
  });

  it("must keep its data when it goes down and comes up again", async () => {
    expect((await page("http://localhost:8092/", { method: "POST", body: "chair" })).status).toBe(200);
    const { stdout } = await run(["down", "postgres-web"]);
    expect(stdout).toContain("kept volumes: db-data");
    await up();
    expect(await products()).toBe("lamp\ntable\nchair\n");
    const sql = "SELECT count(*) FROM products";
    expect(await exec("db", "sh", "-c", `PGPASSWORD=${env.DB_PASSWORD} psql -h 127.0.0.1 -U shop -Atc "${sql}"`)).toBe("3");
  });
});
