import { expect, it } from "vitest";
import { describeWithEngine, docker, resultOf, scenario, statesOf } from "./engine.ts";

describeWithEngine("what Compose users rely on", () => {
  it("services of included files must be started in order and awaited with the others", async (context) => {
    const included = `services:
  db:
    image: busybox:1.37
    command: [sh, -c, "sleep 1; touch /tmp/ready; exec sleep 300"]
    stop_grace_period: 1s
    healthcheck: { test: [CMD, test, -f, /tmp/ready], interval: 500ms, retries: 20 }
  api:
    image: busybox:1.37
    command: [sleep, "300"]
    stop_grace_period: 1s
    depends_on: { db: { condition: service_healthy } }
`;
    const shop = await scenario(context, `export default stack(NAME, [service("web", stays)], { include: ["more.yaml"] });`, {
      "more.yaml": included,
    });
    const up = await shop.run(["up", shop.name, "--json"]);
    expect([up.exitCode, statesOf(resultOf(up))], up.all).toEqual([0, { db: "healthy", api: "running", web: "running" }]);
    expect(up.stderr).not.toContain("--remove-orphans");
    const [db, api] = [await shop.inspect("db"), await shop.inspect("api")];
    const passed = db.State.Health?.Log.find(({ ExitCode }) => ExitCode === 0)?.End ?? "";
    expect(Date.parse(api.State.StartedAt)).toBeGreaterThanOrEqual(Date.parse(passed));
    expect((await shop.run(["wait", shop.name])).exitCode).toBe(0);
  });

  it("a service of an included file that fails must fail the launch", async (context) => {
    const shop = await scenario(context, `export default stack(NAME, [service("web", stays)], { include: ["more.yaml"] });`, {
      "more.yaml": `services: { job: { image: "busybox:1.37", command: [sh, -c, "echo no; exit 3"] } }\n`,
    });
    const up = await shop.run(["up", shop.name, "--json"]);
    expect([up.exitCode, resultOf(up).culprits.map(({ service }) => service)], up.all).toEqual([4, ["job"]]);
  });

  it("a port that the engine publishes nowhere must be told, and is none of its ports", async (context) => {
    const shop = await scenario(
      context,
      `const inner = network("inner", { internal: true });
       const outer = network("outer");
       const told = service("told", { ...stays, ports: ["80"], networks: [inner] });
       const served = service("served", { ...stays, ports: ["80"], networks: [inner, outer] });
       export default stack(NAME, [told, served]);`,
    );
    const up = await shop.run(["up", shop.name, "--json"]);
    expect([up.exitCode, statesOf(resultOf(up))], up.all).toEqual([0, { told: "running", served: "running" }]);
    expect(up.stderr).toMatch(/^told: 80\/tcp can't be reached from the host/m);
    expect(up.stderr).not.toContain("served: 80/tcp");
    const { NetworkSettings } = (await shop.inspect("told")) as unknown as { NetworkSettings: { Ports: object } };
    expect(NetworkSettings.Ports).toEqual({});
  });

  it("containers of a service that left the stack must be told, and removed only when asked", async (context) => {
    const shop = await scenario(context, `export default stack(NAME, [service("web", stays), service("old", stays)]);`);
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    await shop.rewrite(`export default stack(NAME, [service("web", stays)]);`);
    const told = await shop.run(["up", shop.name, "--json"]);
    expect([told.exitCode, statesOf(resultOf(told))]).toEqual([0, { web: "running" }]);
    expect(told.stderr).toContain(`${shop.name}-old-1`);
    expect(told.stderr).toContain("--remove-orphans");
    expect(await shop.containers()).toEqual([`${shop.name}-old-1`, `${shop.name}-web-1`]);
    const removed = await shop.run(["up", shop.name, "--remove-orphans"]);
    expect(removed.exitCode).toBe(0);
    expect(removed.stderr).toBe("");
    expect(await shop.containers()).toEqual([`${shop.name}-web-1`]);
  });

  it("a service must be restarted when one that it depends on with restart is replaced", async (context) => {
    const body = (value: string): string =>
      `const db = service("db", { ...readyAfter(0), environment: { VALUE: "${value}" } });
       const follows = service("follows", { ...stays, dependsOn: [db.healthy({ restart: true })] });
       const stands = service("stands", { ...stays, dependsOn: [db.healthy()] });
       export default stack(NAME, [follows, stands]);`;
    const shop = await scenario(context, body("old"));
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    const [follows, stands] = [await shop.inspect("follows"), await shop.inspect("stands")];
    await shop.rewrite(body("new"));
    const up = await shop.run(["up", shop.name, "--json"]);
    expect([up.exitCode, statesOf(resultOf(up))], up.all).toEqual([0, { db: "healthy", follows: "running", stands: "running" }]);
    expect(Date.parse((await shop.inspect("follows")).State.StartedAt)).toBeGreaterThan(
      Date.parse((await shop.inspect("db")).State.StartedAt),
    );
    expect((await shop.inspect("follows")).State.StartedAt).not.toBe(follows.State.StartedAt);
    expect((await shop.inspect("stands")).State.StartedAt).toBe(stands.State.StartedAt);
  });

  it("a hook that fails must fail its service, and run again with the next up", async (context) => {
    // The probe fails with the same exit code.
    const body = (code: number): string =>
      `const healthcheck = probe.shell("test -e /tmp/ready || exit 9", quick);
       const postStart = [{ command: ["true"] }, { command: ["sh", "-c", "sleep 1; touch /tmp/ready; exit ${code}"] }];
       export default stack(NAME, [service("web", { ...stays, healthcheck, postStart })]);`;
    const shop = await scenario(context, body(9));
    for (const _ of [1, 2]) {
      const up = await shop.run(["up", shop.name, "--json"]);
      expect([up.exitCode, resultOf(up).culprits]).toMatchObject([7, [{ service: "web", cause: "hook-failed" }]]);
      expect(resultOf(up).culprits[0]?.message).toContain('its hook "sh -c sleep 1; touch /tmp/ready; exit 9" failed with exit code 9');
    }
    expect((await shop.run(["wait", shop.name])).exitCode).toBe(4);
    await shop.rewrite(body(0));
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
  });

  it("a hook that does not end must not be waited for beyond the time, nor let dependents start", async (context) => {
    const body = (hook: string): string =>
      `const web = service("web", { ...stays, healthcheck: probe.command(["true"]), postStart: [{ command: ["sh", "-c", "${hook}"] }] });
       export default stack(NAME, [web, service("started", { ...stays, dependsOn: [web.started()] }),
         service("healthy", { ...stays, dependsOn: [web.healthy()] })]);`;
    const shop = await scenario(context, body("sleep 77"));
    const up = await shop.run(["up", shop.name, "--timeout", "4s", "--json"]);
    expect([up.exitCode, resultOf(up)]).toMatchObject([
      5,
      { culprits: [{ service: "web", cause: "hook-not-ended" }], victims: [{ service: "started" }, { service: "healthy" }] },
    ]);
    expect(resultOf(up).culprits[0]?.message).toContain('its hook "sh -c sleep 77" had not ended when time ran out');
    for (const name of ["started", "healthy"]) expect((await shop.inspect(name)).State.Status).toBe("created");
    // Its hooks have to run again.
    expect((await shop.inspect("web")).State.Status).toBe("exited");
    await shop.rewrite(body("true"));
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
  });

  it("scale 0 must have no container, and take away those that were there", async (context) => {
    const body = (replicas: number): string =>
      `const worker = service("worker", { ...stays, deploy: { replicas: ${replicas} } });
       export default stack(NAME, [worker, service("web", { ...stays, dependsOn: [worker.started()] })]);`;
    const shop = await scenario(context, body(2));
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    expect(await shop.containers()).toHaveLength(3);
    await shop.rewrite(body(0));
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    expect(await shop.containers()).toEqual([`${shop.name}-web-1`]);
  });

  it("external networks and volumes must be used, and outlive the stack", async (context) => {
    const shop = await scenario(
      context,
      `const outside = network("outside", { external: true, name: NAME + "-net" });
       const data = volume("data", { external: true, name: NAME + "-data" });
       const web = service("web", { ...sh("touch /data/kept; exec sleep 300"), networks: [outside], volumes: [data.at("/data")] });
       export default stack(NAME, [web]);`,
    );
    const missing = await shop.run(["up", shop.name, "--json"]);
    expect(missing.exitCode).toBe(7);
    await docker("network", "create", `${shop.name}-net`);
    await docker("volume", "create", `${shop.name}-data`);
    context.onTestFinished(async () => {
      await docker("compose", "--project-name", shop.name, "down", "--timeout", "0");
      await docker("network", "rm", `${shop.name}-net`);
      await docker("volume", "rm", `${shop.name}-data`);
    });
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    expect((await shop.run(["down", shop.name, "--volumes", "--yes"])).exitCode).toBe(0);
    expect(await docker("run", "--rm", "--volume", `${shop.name}-data:/data`, "busybox:1.37", "ls", "/data")).toBe("kept");
    expect(await docker("network", "ls", "--quiet", "--filter", `name=${shop.name}-net`)).not.toBe("");
  });
});
