import { expect, it } from "vitest";
import { until } from "../engine.ts";
import { describeSystem, type Health } from "./system.ts";

describeSystem({ rows: "3", stack: "worker-script" }, ({ generated, look, exec, run }) => {
  it("must have its script for a health check, in the Dockerfile that was emitted", async () => {
    expect(generated("worker.Dockerfile")).toMatch(/^HEALTHCHECK --interval=10s .*CMD \["sh", "\/app\/healthcheck.sh"\]$/m);
    const { Status, Log } = await look<Health>("worker", ".State.Health");
    expect([Status, Log.at(-1)?.Output]).toEqual(["healthy", expect.stringMatching(/^process \d+ works\n$/)]);
  });

  it("must turn unhealthy after three probes once its process is killed, with the script's words in the report", async () => {
    await exec("worker", "sh", "-c", "kill $(cat /tmp/worker.pid)");
    await until(async () => (await look("worker", ".State.Health.Status")) === "unhealthy");
    expect(await look("worker", ".State.Status")).toBe("running");
    expect(await look<number>("worker", ".State.Health.FailingStreak")).toBe(3);
    const wait = await run(["wait", "worker-script", "--timeout", "2s"]);
    expect(wait.exitCode).toBe(3);
    expect(wait.stdout).toMatch(/worker: its last 3 probes failed: process \d+, which does the work, is gone/);
  });
});
