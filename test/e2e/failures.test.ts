import { expect, it } from "vitest";
import { stackTraceIn } from "../run-cli.ts";
import { describeWithEngine, docker, holdPort, resultOf, scenario, statesOf, until } from "./engine.ts";

describeWithEngine("a launch that fails", () => {
  it("must name the service that crashes again and again", async (context) => {
    const shop = await scenario(
      context,
      `export default stack(NAME, [service("web", { ...sh("echo no config; exit 3"), restart: "always" }), service("other", stays)]);`,
    );
    const json = await shop.run(["up", shop.name, "--json"]);
    expect(json.exitCode).toBe(4);
    expect(resultOf(json).culprits).toMatchObject([{ service: "web", cause: "crash-loop" }]);
    expect(resultOf(json).culprits[0]?.evidence.join("\n")).toContain("no config");
  });

  it("must be one for whoever asks later, too, where it crashes only then", async (context) => {
    const shop = await scenario(
      context,
      `export default stack(NAME, [service("web", { ...sh("sleep 3; echo no luck; exit 9"), restart: "always" })]);`,
    );
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    const restarts = async (): Promise<number> => Number(await docker("inspect", "--format", "{{.RestartCount}}", `${shop.name}-web-1`));
    await until(async () => (await restarts()) > 0);
    const [status, wait, explain, again] = await Promise.all(
      [["status"], ["wait"], ["explain"], ["up"]].map(([command = ""]) => shop.run([command, shop.name, "--json"])),
    );
    expect(JSON.parse(status?.stdout ?? "")).toMatchObject({ services: [{ service: "web", state: "failed" }] });
    expect(JSON.parse(explain?.stdout ?? "")).toMatchObject({ culprits: [{ service: "web", cause: "crash-loop" }] });
    for (const each of [wait, again]) {
      expect(each?.exitCode).toBe(4);
      expect(each && resultOf(each).culprits).toMatchObject([{ service: "web", cause: "crash-loop" }]);
    }
  });

  it("must say so by its exit code where nobody reads on", async (context) => {
    const shop = await scenario(context, `export default stack(NAME, [service("web", sh("sleep 0.8; exit 3"))]);`);
    const up = shop.start(["up", shop.name]);
    up.stdout?.once("data", () => up.stdout?.destroy());
    expect((await up).exitCode).toBe(4);
    expect((await shop.inspect("web")).State.Status).toBe("exited");
  });

  it("must quote what the last run printed, and nothing of those before", async (context) => {
    const script = "echo again >> /runs; echo run $(wc -l < /runs); exit 1";
    const shop = await scenario(
      context,
      `export default stack(NAME, [task("import", { ...sh(${JSON.stringify(script)}), restart: "on-failure:2" })]);`,
    );
    const logOf = async (): Promise<readonly string[]> => {
      const [culprit] = resultOf(await shop.run(["up", shop.name, "--json"])).culprits;
      return culprit?.evidence.filter((line) => line.startsWith("log")) ?? [];
    };
    expect(await logOf()).toEqual(["log   run 3"]);
    // A second launch starts the same container again.
    expect(await logOf()).toEqual(["log   run 6"]);
  });

  it("must notice a service that dies after it had settled, while another one starts", async (context) => {
    const shop = await scenario(
      context,
      `export default stack(NAME, [service("short", sh("sleep 2; exit 5")), service("slow", readyAfter(5))]);`,
    );
    const json = await shop.run(["up", shop.name, "--json"]);
    expect(json.exitCode).toBe(4);
    expect(resultOf(json).culprits).toMatchObject([{ service: "short", cause: "exited", message: "it exited with code 5" }]);
  });

  it("must end when a service becomes unhealthy, with what its probe said", async (context) => {
    const shop = await scenario(
      context,
      `const timing = { interval: "500ms", timeout: "2s", retries: 2, startPeriod: "1s", startInterval: "250ms" } as const;
       const web = service("web", { ...stays, healthcheck: probe.shell("echo the cat is out; exit 1", timing) });
       const api = service("api", { ...stays, dependsOn: [web.healthy()] });
       export default stack(NAME, [api]);`,
    );
    const json = await shop.run(["up", shop.name, "--json"]);
    expect(json.exitCode).toBe(3);
    const { culprits, victims } = resultOf(json);
    expect(culprits).toMatchObject([{ service: "web", cause: "unhealthy" }]);
    expect(culprits[0]?.message).toContain("the cat is out");
    expect(victims).toEqual([{ service: "api", culprit: "web" }]);
  });

  it("must end when time runs out, which is not success", async (context) => {
    const shop = await scenario(
      context,
      `export default stack(NAME, [service("web", { ...stays, healthcheck: ready }), service("ok", stays)]);`,
    );
    const json = await shop.run(["up", shop.name, "--json", "--timeout", "8s"]);
    expect(json.exitCode).toBe(5);
    const result = resultOf(json);
    expect(result.verdict).toBe("timeout");
    expect(result.culprits).toMatchObject([{ service: "web", cause: "still-starting" }]);
    expect(statesOf(result)).toEqual({ web: "starting", ok: "running" });
  });

  it("must not happen because of a task that succeeds on its second try", async (context) => {
    const shop = await scenario(
      context,
      `const seed = task("seed", { ...sh("test -f /tmp/tried && exit 0; touch /tmp/tried; exit 1"), restart: "on-failure:3" });
       export default stack(NAME, [service("api", { ...stays, dependsOn: [seed.completed()] })]);`,
    );
    const json = await shop.run(["up", shop.name, "--json"]);
    expect(json.exitCode).toBe(0);
    expect(resultOf(json).services).toMatchObject([
      { service: "seed", state: "completed", restarts: 1 },
      { service: "api", state: "running", restarts: 0 },
    ]);
  });

  it("must name the port that is taken", async (context) => {
    const { port, release } = await holdPort();
    context.onTestFinished(release);
    const shop = await scenario(context, `export default stack(NAME, [service("web", { ...stays, ports: ["${port}:80"] })]);`);
    const json = await shop.run(["up", shop.name, "--json"]);
    expect(json.exitCode).toBe(7);
    expect(resultOf(json).culprits).toMatchObject([{ service: "web", cause: "port-taken" }]);
    expect(resultOf(json).culprits[0]?.message).toContain(`:${port} is taken`);
    expect(await shop.containers()).toEqual([]);
  });

  it("must name the stack that has the port, before anything of the other is created or changed", async (context) => {
    const first = await scenario(context, `export default stack(NAME, [service("front", { ...stays, ports: ["18971:80"] })]);`);
    expect((await first.run(["up", first.name])).exitCode).toBe(0);
    const { Id } = await first.inspect("front");
    const body = (port: number): string =>
      `const web = service("web", { ...stays, ports: ["${port}:80"], volumes: [volume("data").at("/data")] });
       export default stack(NAME, [service("app", { ...stays, dependsOn: [web.started()] }), web]);`;
    const second = await scenario(context, body(18971));
    const refused = await second.run(["up", second.name, "--json"]);
    expect(refused.exitCode).toBe(7);
    expect(resultOf(refused)).toMatchObject({
      verdict: "failed",
      culprits: [
        {
          service: "web",
          cause: "port-taken",
          message: `host port 0.0.0.0:18971 is taken by the container ${first.name}-front-1 (service front of project ${first.name})`,
        },
      ],
      victims: [{ service: "app", culprit: "web" }],
    });
    for (const kind of ["network", "volume"])
      expect(await docker(kind, "ls", "--quiet", "--filter", `label=com.docker.compose.project=${second.name}`)).toBe("");
    expect(await second.containers()).toEqual([]);

    // What is up stays as it is, too; and a stack does not stand in its own way.
    await second.rewrite(body(18972));
    expect((await second.run(["up", second.name])).exitCode).toBe(0);
    const before = await second.inspect("web");
    expect((await second.run(["up", second.name])).exitCode).toBe(0);
    await second.rewrite(body(18971));
    expect((await second.run(["up", second.name])).exitCode).toBe(7);
    expect(await second.inspect("web")).toMatchObject({ Id: before.Id, State: { StartedAt: before.State.StartedAt } });
    expect((await first.inspect("front")).Id).toBe(Id);
  });

  it("must name the program that the image does not have", async (context) => {
    const shop = await scenario(context, `export default stack(NAME, [service("web", { image: "busybox:1.37", command: ["serve-it"] })]);`);
    const json = await shop.run(["up", shop.name, "--json"]);
    expect(json.exitCode).toBe(7);
    expect(resultOf(json).culprits).toMatchObject([{ service: "web", cause: "command-not-found" }]);
    expect(resultOf(json).culprits[0]?.message).toContain("serve-it");
  });

  it("must name the image that can't be had", async (context) => {
    // Nothing listens on port 1: no registry has to be asked.
    const shop = await scenario(context, `export default stack(NAME, [service("web", { image: "localhost:1/no-such-image:9" })]);`);
    const { exitCode, stdout, stderr } = await shop.run(["up", shop.name]);
    expect(exitCode).toBe(7);
    expect(stdout).toContain("localhost:1");
    expect(stdout).toContain("[registry-unreachable]");
    expect(stackTraceIn(stderr)).toEqual([]);
  });

  it.for([
    ["limit-refused", `service("web", { ...stays, memLimit: "1m", networks: [logging] })`],
    ["limit-refused", `service("web", { ...stays, cpus: 4096 })`],
    ["driver-missing", `service("web", { ...stays, logging: { driver: "nosuch" } })`],
    ["subnet-taken", `service("web", { ...stays, networks: [subnet("one"), subnet("two")] })`],
  ] as const)("must name what the engine refuses to create: %s, %s", async ([cause, web], context) => {
    const shop = await scenario(
      context,
      `const logging = network("logging");
       const subnet = (name: string) => network(name, { ipam: { config: [{ subnet: "10.231.7.0/24" }] } });
       export default stack(NAME, [service("api", { ...stays, networks: [logging] }), ${web}]);`,
    );
    const json = await shop.run(["up", shop.name, "--json"]);
    expect(json.exitCode).toBe(7);
    expect(resultOf(json).culprits).toMatchObject([{ service: "web", cause }]);
  });

  it("must show the step at which an image can't be built", async (context) => {
    const shop = await scenario(context, `export default stack(NAME, [service("web", { build: "./web" })]);`, {
      "web/Dockerfile": "FROM busybox:1.37\nRUN echo made it here\nRUN echo not further && exit 9\n",
    });
    const { exitCode, stdout } = await shop.run(["up", shop.name]);
    expect(exitCode).toBe(7);
    expect(stdout).toContain("RUN echo not further && exit 9");
    expect(stdout).toContain("its image can't be built");
    expect(await shop.containers()).toEqual([]);
  });

  it("must not wait for ever for the health of an image without a health check", async (context) => {
    const shop = await scenario(
      context,
      `const db = service("db", { ...stays, image: NAME + "-image", healthcheck: probe.fromImage() });
       export default stack(NAME, [service("api", { ...stays, dependsOn: [db.healthy()] })]);`,
    );
    // Of busybox by its own name it is known beforehand.
    await docker("tag", "busybox:1.37", `${shop.name}-image`);
    context.onTestFinished(async () => void (await docker("image", "rm", `${shop.name}-image`)));
    const json = await shop.run(["up", shop.name, "--json"]);
    expect(json.exitCode).toBe(2);
    expect(resultOf(json).culprits).toMatchObject([{ service: "db", cause: "no-healthcheck" }]);
    expect(resultOf(json).victims).toEqual([{ service: "api", culprit: "db" }]);
  });

  it("must name the service whose image can't be built, where another one's was built before", async (context) => {
    const shop = await scenario(
      context,
      `export default stack(NAME, [service("api", { build: "./api" }), service("web", { build: "./web" })]);`,
      { "api/Dockerfile": "FROM busybox:1.37\n", "web/Dockerfile": "FROM busybox:1.37\nCOPY not-there.txt /\n" },
    );
    await docker("tag", "busybox:1.37", `${shop.name}-api`);
    context.onTestFinished(async () => void (await docker("image", "rm", `${shop.name}-api`)));
    const json = await shop.run(["up", shop.name, "--json"]);
    expect(json.exitCode).toBe(7);
    expect(resultOf(json).culprits).toMatchObject([{ service: "web", cause: "build-failed" }]);
  });

  it("must say so when somebody removes a container meanwhile", async (context) => {
    const shop = await scenario(
      context,
      `const db = service("db", { ...stays, healthcheck: ready });
       export default stack(NAME, [service("api", { ...stays, dependsOn: [db.healthy()] })]);`,
    );
    const up = shop.start(["up", shop.name, "--json"]);
    await until(async () => (await shop.containers()).length === 2 && (await shop.inspect("db")).State.Status === "running");
    await docker("rm", `${shop.name}-api-1`);
    const { exitCode, stdout } = await up;
    expect(exitCode).toBe(4);
    expect(resultOf({ stdout }).culprits).toMatchObject([{ service: "api", cause: "removed" }]);
  });
});
