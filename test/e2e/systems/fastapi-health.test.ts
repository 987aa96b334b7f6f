import { expect, it } from "vitest";
import { describeSystem, page } from "./system.ts";

describeSystem({ rows: "1", stack: "fastapi-health" }, ({ generated, look, exec, run }) => {
  it("must have the health check in the Dockerfile that was emitted, and nowhere else", async () => {
    expect(generated("api.Dockerfile")).toMatch(/^HEALTHCHECK .*--timeout=10s --start-period=5s .*"GET\\",\\"\/health\\"/m);
    expect(generated("compose.yaml")).not.toContain("healthcheck");
    const { Test, Timeout, StartPeriod } = await look<{ Test: string[]; Timeout: number; StartPeriod: number }>(
      "api",
      ".Config.Healthcheck",
    );
    expect(Test.slice(0, 2)).toEqual(["CMD", "python3"]);
    expect([Timeout, StartPeriod]).toEqual([10e9, 5e9]);
  });

  it("must be healthy without any curl, and answer", async () => {
    expect(await look("api", ".State.Health.Status")).toBe("healthy");
    await expect(exec("api", "sh", "-c", "command -v curl wget")).rejects.toThrow();
    expect(await page("http://localhost:8000/health")).toEqual({ status: 200, text: '{"status":"ok"}' });
  });

  it("must go from starting to healthy, shown as it happens", async () => {
    expect((await run(["compose", "fastapi-health", "--", "stop"])).exitCode).toBe(0);
    const { stdout } = await run(["up", "fastapi-health", "--json"]);
    const states = stdout.split("\n").map((line) => (JSON.parse(line) as { state?: string }).state);
    expect(states.filter((state) => state === "starting" || state === "healthy")).toEqual(["starting", "healthy"]);
  });
});
