import { expect, it } from "vitest";
import { describeSystem, page } from "./system.ts";

describeSystem({ rows: "1", stack: "fastapi-health" }, ({ look, up, run }) => {
  it("must be healthy by the check of its image, and answer", async () => {
    expect(await look("api", ".State.Health.Status")).toBe("healthy");
    expect(await look<string[]>("api", ".Config.Healthcheck.Test")).toEqual(["CMD", "python3", "-c", expect.stringContaining("/health")]);
    expect(await page("http://localhost:8000/health")).toEqual({ status: 200, text: '{"status":"ok"}' });
  });

  it("must go from starting to healthy, shown as it happens", async () => {
    expect((await run(["compose", "fastapi-health", "--", "stop"])).exitCode).toBe(0);
    const { stdout } = await run(["up", "fastapi-health", "--json"]);
    const states = stdout.split("\n").map((line) => (JSON.parse(line) as { state?: string }).state);
    expect(states.filter((state) => state === "starting" || state === "healthy")).toEqual(["starting", "healthy"]);
  });

  it("must not be touched by a second launch of the same stack", async () => {
    const before = await look("api", ".State.StartedAt");
    await up();
    expect(await look("api", ".State.StartedAt")).toBe(before);
  });
});
