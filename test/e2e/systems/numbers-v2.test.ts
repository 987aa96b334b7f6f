import { expect, it } from "vitest";
import { until } from "../engine.ts";
import { describeSystem, page } from "./system.ts";

interface Health {
  readonly Status: string;
  readonly FailingStreak: number;
  readonly Log: readonly { readonly ExitCode: number; readonly Output: string }[];
}

describeSystem({ rows: "13, 14, 18", stack: "numbers-v2" }, ({ look, run }) => {
  it("must start the web where the API is there", async () => {
    expect((await page("http://localhost:8084/health")).status).toBe(200);
  });

  it("must turn unhealthy after the fourth number that was asked for, and run on", async () => {
    // The web's dependency check had the first.
    const statuses: number[] = [];
    for (let call = 2; call <= 4; call++) statuses.push((await page("http://localhost:8083/rng")).status);
    expect(statuses).toEqual([200, 200, 500]);
    await until(async () => (await look("numbers-api", ".State.Health.Status")) === "unhealthy");
    expect(await look("numbers-api", ".State.Status")).toBe("running");
  });

  it("must show the failing streak and the last probes, exit code and output, as docker inspect does", async () => {
    const { containers } = JSON.parse((await run(["status", "numbers-v2", "--json"])).stdout) as {
      containers: { service: string; failingStreak: number; probes: { exitCode: number; output: string }[] }[];
    };
    const api = containers.find(({ service }) => service === "numbers-api");
    const health = await look<Health>("numbers-api", ".State.Health");
    expect(api?.failingStreak).toBeGreaterThanOrEqual(3);
    expect(api?.probes.length).toBeLessThanOrEqual(5);
    expect(api?.probes.at(-1)).toMatchObject({ exitCode: 22, output: expect.stringContaining("500") });
    expect(health.Log.at(-1)).toMatchObject({ ExitCode: 22, Output: expect.stringContaining("500") });
  });

  it("must not start the web where the API is not, and say why", async () => {
    expect((await run(["compose", "numbers-v2", "--", "stop", "numbers-api"])).exitCode).toBe(0);
    const web = await run(["compose", "numbers-v2", "--", "run", "--rm", "--no-deps", "-T", "numbers-web"]);
    expect(web.exitCode).toBe(6);
    expect(web.all).toContain("Could not resolve host: numbers-api");
  });
});
