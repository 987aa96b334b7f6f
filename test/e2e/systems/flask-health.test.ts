import { expect, it } from "vitest";
import { until } from "../engine.ts";
import { describeSystem, page } from "./system.ts";

describeSystem({ rows: "11, 18", stack: "flask-health" }, ({ look, run }) => {
  it("must turn unhealthy when /health answers with 500, and say so", async () => {
    expect(await look("app", ".State.Health.Status")).toBe("healthy");
    await page("http://localhost:8089/break", { method: "POST" });
    await until(async () => (await look("app", ".State.Health.Status")) === "unhealthy");
    expect((await page("http://localhost:8089/")).status).toBe(200);
    const wait = await run(["wait", "flask-health", "--timeout", "2s"]);
    expect(wait.exitCode).toBe(3);
    expect(wait.stdout).toMatch(/app: its last 3 probes failed.*500/);
  });

  it("must be shown by status as docker inspect shows it", async () => {
    const { Status, FailingStreak, Log } = await look<{ Status: string; FailingStreak: number; Log: object[] }>("app", ".State.Health");
    const status = JSON.parse((await run(["status", "flask-health", "--json"])).stdout) as { containers: object[] };
    expect(status.containers).toMatchObject([{ health: Status, failingStreak: FailingStreak }]);
    expect((status.containers[0] as { probes: object[] }).probes).toHaveLength(Log.length);
  });
});
