import { expect, it } from "vitest";
import { describeWithEngine, docker, resultOf, scenario, statesOf, until } from "./engine.ts";

describeWithEngine("a probe of ours", () => {
  it("must wait in a container that starts up, and be the plain check when that is over", async (context) => {
    const shop = await scenario(
      context,
      `const healthcheck = probe.file("/tmp/ready", { startPeriod: "3s", interval: "300ms", retries: 1 });
       export default stack(NAME, [service("web", { ...sh("sleep 1; touch /tmp/ready; exec sleep 300"), healthcheck })]);`,
    );
    const up = await shop.run(["up", shop.name, "--json"]);
    expect([up.exitCode, statesOf(resultOf(up))]).toEqual([0, { web: "healthy" }]);
    // A probe that does not wait would have failed a dozen times before.
    const codes = (await shop.inspect("web")).State.Health?.Log.map(({ ExitCode }) => ExitCode) ?? [];
    expect(codes.every((code) => code === 0)).toBe(true);
    const container = `${shop.name}-web-1`;
    const age = async (): Promise<number> => Date.now() - Date.parse((await shop.inspect("web")).State.StartedAt);
    await until(async () => (await age()) > 4000);
    await docker("exec", container, "rm", "/tmp/ready");
    await until(async () => (await shop.inspect("web")).State.Health?.Status === "unhealthy");
    const failed = (await shop.inspect("web")).State.Health?.Log.at(-1);
    expect(failed?.ExitCode).not.toBe(0);
    expect((await shop.run(["wait", shop.name])).exitCode).toBe(3);
  });
});
