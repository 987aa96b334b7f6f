import { expect, it } from "vitest";
import { logOf } from "./log.ts";
import { describeSystem, page } from "./system.ts";

const secrets = { DB_PASSWORD: "pass-Secret-12" };

describeSystem({ rows: "12", stack: "postgres-web", secrets }, ({ look, exec, run, up }) => {
  const products = async () => (await page("http://localhost:8092/")).text;
  const sql = (text: string) => exec("db", "sh", "-c", `PGPASSWORD=${secrets.DB_PASSWORD} psql -h 127.0.0.1 -U shop -Atc "${text}"`);

  it("must have started the web only after PostgreSQL took connections, though its init script took five seconds", async () => {
    // Once for the server that runs the script, on its socket only, and once for the one that stays.
    const ready = (await logOf("postgres-web-db-1")).filter(({ text }) => text.includes("database system is ready to accept connections"));
    expect(ready).toHaveLength(2);
    const [init, real] = ready.map(({ at }) => at);
    expect((real ?? 0) - (init ?? 0)).toBeGreaterThanOrEqual(5000);
    expect(Date.parse(await look("web", ".State.StartedAt"))).toBeGreaterThan(real ?? Number.POSITIVE_INFINITY);
    expect(await look<number>("web", ".RestartCount")).toBe(0);
    expect(await look("web", ".State.Health.Status")).toBe("healthy");
    expect(await products()).toBe("lamp\ntable\n");
  });

  it("must keep its data when it goes down and comes up again", async () => {
    expect((await page("http://localhost:8092/", { method: "POST", body: "chair" })).status).toBe(200);
    const { stdout } = await run(["down", "postgres-web"]);
    expect(stdout).toContain("kept volumes: db-data");
    await up();
    expect(await products()).toBe("lamp\ntable\nchair\n");
    expect(await sql("SELECT count(*) FROM products")).toBe("3");
  });
});
