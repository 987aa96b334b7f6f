import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runCli } from "../run-cli.ts";
import { describeWithEngine, inspect, removeAll, resultOf, statesOf, until } from "./engine.ts";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const run = (...args: readonly string[]) => runCli(args, { cwd: REPOSITORY });
const healthOf = async (service: string) => (await inspect(`numbers-${service}-1`)).State.Health?.Status;

// One story in order: the stack of this repository comes up, breaks, is explained and goes.
describeWithEngine("the numbers stack", () => {
  beforeAll(() => removeAll("numbers"));
  afterAll(() => removeAll("numbers"));

  it("must come up healthy, both services, though nobody told them an order", async () => {
    const up = await run("up", "numbers", "--json");
    expect(up.exitCode).toBe(0);
    expect(statesOf(resultOf(up))).toEqual({ "numbers-api": "healthy", "numbers-web": "healthy" });
    expect([await healthOf("numbers-api"), await healthOf("numbers-web")]).toEqual(["healthy", "healthy"]);
    expect((await fetch("http://localhost:8087/health")).status).toBe(200);
    expect((await fetch("http://localhost:8088/health")).status).toBe(200);
  });

  it("must be shown by status", async () => {
    const { exitCode, stdout } = await run("status", "numbers");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/numbers-api +healthy.*http:\/\/localhost:8087/);
    expect(stdout).toMatch(/numbers-web +healthy.*http:\/\/localhost:8088/);
  });

  it("must be unhealthy once the API has broken, with the probe's words as evidence", async () => {
    const statuses: number[] = [];
    for (let call = 0; call < 4; call++) statuses.push((await fetch("http://localhost:8087/rng")).status);
    expect(statuses).toEqual([200, 200, 200, 500]);
    await until(async () => (await healthOf("numbers-api")) === "unhealthy");
    const wait = await run("wait", "numbers", "--timeout", "2s", "--json");
    expect(wait.exitCode).toBe(3);
    const result = resultOf(wait);
    expect(result.verdict).toBe("failed");
    expect(result.culprits).toMatchObject([{ service: "numbers-api", cause: "http-status" }]);
    expect(result.culprits[0]?.evidence.join("\n")).toContain("HTTP 500");
    expect(statesOf(result)).toEqual({ "numbers-api": "unhealthy", "numbers-web": "healthy" });
  });

  it("must say the same to people", async () => {
    const { exitCode, stdout } = await run("wait", "numbers", "--timeout", "2s");
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/numbers-api: its health check is answered with HTTP 500/);
    expect(stdout).toMatch(/numbers-web +healthy/);
    expect(stdout).toContain("numbers failed");
  });

  it("must go down", async () => {
    expect((await run("down", "numbers")).exitCode).toBe(0);
    const status = await run("status", "numbers");
    expect(status.exitCode).toBe(2);
  });
});
