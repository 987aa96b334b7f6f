import { expect, it } from "vitest";
import { describeWithEngine, docker, resultOf, scenario, statesOf } from "./engine.ts";

describeWithEngine("order", () => {
  it("a task must run between what it waits for and what waits for it", async (context) => {
    const shop = await scenario(
      context,
      `const db = service("db", readyAfter(1));
       const migrate = task("migrate", { ...sh("sleep 1; exit 0"), dependsOn: [db.healthy()] });
       const api = service("api", { ...readyAfter(0), dependsOn: [db.healthy(), migrate.completed()] });
       const web = service("web", { ...stays, dependsOn: [api.started()] });
       export default stack(NAME, [web]);`,
    );
    const { exitCode, stdout } = await shop.run(["up", shop.name]);
    expect(stdout).toContain(`${shop.name} is ready`);
    expect(exitCode).toBe(0);
    const [db, migrate, api, web] = await Promise.all(["db", "migrate", "api", "web"].map((name) => shop.inspect(name)));
    const passed = db?.State.Health?.Log.find(({ ExitCode }) => ExitCode === 0)?.End ?? "";
    const order = [db?.State.StartedAt, passed, migrate?.State.StartedAt, migrate?.State.FinishedAt, api?.State.StartedAt].map((time) =>
      Date.parse(time ?? ""),
    );
    expect(order).not.toContain(Number.NaN);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(Date.parse(web?.State.StartedAt ?? "")).toBeGreaterThanOrEqual(Date.parse(api?.State.StartedAt ?? ""));
    expect([migrate?.State.Status, api?.State.Health?.Status, web?.State.Status]).toEqual(["exited", "healthy", "running"]);
  });

  it("a task that fails must keep everything behind it from being started", async (context) => {
    const shop = await scenario(
      context,
      `const migrate = task("migrate", sh("echo no such table; exit 3"));
       const api = service("api", { ...stays, dependsOn: [migrate.completed()] });
       const web = service("web", { ...stays, dependsOn: [api.started()] });
       const alone = service("alone", stays);
       export default stack(NAME, [web, alone]);`,
    );
    const json = await shop.run(["up", shop.name, "--json"]);
    expect(json.exitCode).toBe(4);
    const result = resultOf(json);
    expect(result.verdict).toBe("failed");
    expect(result.culprits).toMatchObject([{ service: "migrate", cause: "exited", message: "it exited with code 3: no such table" }]);
    expect(result.culprits[0]?.evidence.join("\n")).toContain("no such table");
    expect(result.victims).toEqual([
      { service: "api", culprit: "migrate" },
      { service: "web", culprit: "migrate" },
    ]);
    expect((await shop.inspect("api")).State.Status).toBe("created");
    expect((await shop.inspect("web")).State.Status).toBe("created");
    const plain = await shop.run(["up", shop.name]);
    expect(plain.exitCode).toBe(4);
    expect(plain.stdout).toContain("migrate: it exited with code 3");
    expect(plain.stdout).toContain("never started because of it: api, web");
  });

  it("three replicas must all be healthy before the next service is started", async (context) => {
    const shop = await scenario(
      context,
      `const web = service("web", { ...readyAfter(1), deploy: { replicas: 3 } });
       const proxy = service("proxy", { ...stays, dependsOn: [web.healthy()] });
       export default stack(NAME, [proxy]);`,
    );
    const { exitCode } = await shop.run(["up", shop.name]);
    expect(exitCode).toBe(0);
    expect(await shop.containers()).toEqual(
      [1, 2, 3]
        .map((number) => `${shop.name}-web-${number}`)
        .concat(`${shop.name}-proxy-1`)
        .sort(),
    );
    const proxyStarted = Date.parse((await shop.inspect("proxy")).State.StartedAt);
    for (const number of [1, 2, 3]) {
      const { State } = await shop.inspect("web", number);
      const passed = Date.parse(State.Health?.Log.find(({ ExitCode }) => ExitCode === 0)?.End ?? "");
      expect(passed).toBeLessThanOrEqual(proxyStarted);
    }
  });

  it("one replica of three that exits must fail the launch", async (context) => {
    const shop = await scenario(
      context,
      `const shared = volume("shared");
       const web = service("web", {
         ...sh("mkdir /shared/first && exit 7; exec sleep 300"),
         volumes: [shared.at("/shared")],
         deploy: { replicas: 3 },
       });
       export default stack(NAME, [web]);`,
    );
    const json = await shop.run(["up", shop.name, "--json"]);
    expect(json.exitCode).toBe(4);
    expect(resultOf(json).culprits).toMatchObject([{ service: "web", cause: "exited", message: "it exited with code 7" }]);
  });

  it("a service of a profile must take part only when the profile is active", async (context) => {
    const shop = await scenario(
      context,
      `const web = service("web", stays);
       const debug = service("debug", { ...stays, profiles: ["debug"] });
       export default stack(NAME, [web, debug]);`,
    );
    const off = await shop.run(["up", shop.name, "--json"]);
    expect([off.exitCode, statesOf(resultOf(off))]).toEqual([0, { web: "running" }]);
    expect(await shop.containers()).toEqual([`${shop.name}-web-1`]);
    const on = await shop.run(["up", shop.name, "--json", "--profile", "debug"]);
    expect([on.exitCode, statesOf(resultOf(on))]).toEqual([0, { web: "running", debug: "running" }]);
    const down = await shop.run(["down", shop.name]);
    expect(down.exitCode).toBe(0);
    expect(await shop.containers()).toEqual([]);
  });

  it("a stack must come up through a docker context as well", async (context) => {
    const shop = await scenario(context, `export default stack(NAME, [service("web", readyAfter(0))]);`);
    const host = await docker("context", "inspect", "--format", "{{.Endpoints.docker.Host}}");
    const contextName = `${shop.name}-context`;
    await docker("context", "create", contextName, "--docker", `host=${host}`);
    context.onTestFinished(async () => {
      await docker("context", "rm", contextName);
    });
    const up = await shop.run(["up", shop.name, "--json"], { DOCKER_CONTEXT: contextName, DOCKER_HOST: "" });
    expect([up.exitCode, statesOf(resultOf(up))]).toEqual([0, { web: "healthy" }]);
  });
});
