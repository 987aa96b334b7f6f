import { expect, it } from "vitest";
import { resultOf, until } from "../engine.ts";
import { describeSystem, type Health, page } from "./system.ts";

describeSystem({ rows: "11, 18", stack: "flask-health" }, ({ generated, look, run }) => {
  it("must have the health check that its image brings", async () => {
    expect(generated("app.Dockerfile")).toMatch(/^HEALTHCHECK --interval=10s --timeout=3s --start-period=5s /m);
    expect(await look("app", ".State.Health.Status")).toBe("healthy");
  });

  it("must turn unhealthy when /health answers with 500, while everything else still answers", async () => {
    expect((await page("http://localhost:8089/break", { method: "POST" })).status).toBe(200);
    expect((await page("http://localhost:8089/health")).status).toBe(500);
    await until(async () => (await look("app", ".State.Health.Status")) === "unhealthy");
    expect((await page("http://localhost:8089/")).status).toBe(200);
    expect(await look("app", ".State.Status")).toBe("running");
    const wait = await run(["wait", "flask-health", "--timeout", "2s", "--json"]);
    expect(wait.exitCode).toBe(3);
    expect(resultOf(wait).culprits).toMatchObject([{ service: "app", cause: "http-status", message: expect.stringContaining("500") }]);
  });

  it("must be shown by status as docker inspect shows it", async () => {
    const { Status, FailingStreak, Log } = await look<Health>("app", ".State.Health");
    const status = JSON.parse((await run(["status", "flask-health", "--json"])).stdout) as { containers: object[] };
    expect(status.containers).toMatchObject([{ health: Status, failingStreak: FailingStreak }]);
    expect((status.containers[0] as { probes: object[] }).probes).toHaveLength(Log.length);
  });

  it("must be explained", async () => {
    const { stdout } = await run(["explain", "flask-health"]);
    expect(stdout).toMatch(/app: its health check is answered with HTTP 500/);
    expect(stdout).toMatch(/failed probes in a row/);
  });
});
