import { expect, it } from "vitest";
import { docker, until } from "../engine.ts";
import { describeSystem, type Health, page } from "./system.ts";

interface Status {
  readonly containers: readonly {
    readonly service: string;
    readonly status: string;
    readonly health: string;
    readonly failingStreak: number;
    readonly probes: readonly { readonly exitCode: number; readonly output: string }[];
  }[];
}

describeSystem({ rows: "13, 14, 18", stack: "numbers-v2" }, ({ generated, look, run }) => {
  it("must have the health check in the API's Dockerfile, and the dependency check in the web's", () => {
    expect(generated("numbers-api.Dockerfile")).toMatch(/^HEALTHCHECK .*\/health/m);
    expect(generated("numbers-web.Dockerfile")).toMatch(/^CMD \["sh", "-c", .*http:\/\/numbers-api\/rng/m);
    expect(generated("compose.yaml")).not.toMatch(/healthcheck|command/);
  });

  it("must start the web where the API is there", async () => {
    expect(await docker("logs", "numbers-v2-numbers-web-1")).toBe("http://numbers-api/rng: try 1: ok\nnumbers-web listens on 80");
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

  it("must have status show the failing streak and the last five probes, exit code and output, as docker inspect does", async () => {
    // One look can fall between two probes, the other behind the second.
    await until(async () => {
      const status = JSON.parse((await run(["status", "numbers-v2", "--json"])).stdout) as Status;
      const shown = status.containers.find(({ service }) => service === "numbers-api");
      const { FailingStreak, Log } = await look<Health>("numbers-api", ".State.Health");
      if (shown === undefined || FailingStreak < 5 || FailingStreak !== shown.failingStreak) return false;
      expect(shown).toMatchObject({ status: "running", health: "unhealthy" });
      expect(shown.probes).toHaveLength(5);
      expect(shown.probes.map(({ exitCode, output }) => [exitCode, output])).toEqual(Log.map(({ ExitCode, Output }) => [ExitCode, Output]));
      for (const { exitCode, output } of shown.probes) expect([exitCode, output]).toEqual([1, expect.stringContaining("500")]);
      return true;
    });
  });

  it("must have explain show the same", async () => {
    const { stdout } = await run(["explain", "numbers-v2"]);
    expect(stdout).toMatch(/numbers-api: its health check is answered with HTTP 500/);
    expect(stdout).toMatch(/state running, unhealthy, \d+ failed probes in a row/);
    expect(stdout.match(/probe .* exit 1: .*500/g)?.length).toBeGreaterThanOrEqual(3);
    expect(stdout).toContain("log   call 4: out of numbers");
  });

  it("must not start the web where the API is not, and say why", async () => {
    expect((await run(["compose", "numbers-v2", "--", "stop", "numbers-api"])).exitCode).toBe(0);
    const web = await run(["compose", "numbers-v2", "--", "run", "--rm", "--no-deps", "-T", "numbers-web"]);
    expect(web.exitCode).toBe(1);
    expect(web.all).toMatch(/http:\/\/numbers-api\/rng: try 1: failed \(exit code 1\): .*numbers-api/);
    expect(web.all).toContain("http://numbers-api/rng: gave up at try 1");
    expect(web.all).not.toContain("listens on 80");
  });
});
