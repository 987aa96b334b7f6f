import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { startCli } from "../run-cli.ts";
import { describeWithEngine, docker, scenario, until } from "./engine.ts";

/** Deaf to SIGTERM. */
const SLOW_TO_STOP = `{ ...sh("trap : TERM; while true; do sleep 0.2; done"), stopGracePeriod: "15s" }`;

describeWithEngine("Ctrl-C", () => {
  it("while images are built must end the build and start nothing", async (context) => {
    // A step of its own each time: one that an engine has built before is not built again.
    const shop = await scenario(context, `export default stack(NAME, [service("web", { build: "./web" })]);`, {
      "web/Dockerfile": `FROM busybox:1.37\nRUN sleep 61 # ${randomUUID()}\n`,
    });
    const up = shop.start(["up", shop.name]);
    let seen = "";
    up.all?.on("data", (chunk: Buffer) => {
      seen += chunk.toString();
    });
    await until(() => seen.includes("RUN sleep 61"));
    up.kill("SIGINT");
    const { exitCode, stderr } = await up;
    expect(exitCode).toBe(130);
    expect(stderr).toContain("interrupted while the containers were created");
    expect(await shop.containers()).toEqual([]);
  });

  it("while it waits must leave running what runs, and say what that is", async (context) => {
    const shop = await scenario(
      context,
      `const db = service("db", { ...stays, healthcheck: ready });
       export default stack(NAME, [service("api", { ...stays, dependsOn: [db.healthy()] }), service("web", stays)]);`,
    );
    const up = shop.start(["up", shop.name]);
    await until(async () => (await shop.containers()).length === 3 && (await shop.inspect("web")).State.Status === "running");
    await until(async () => (await shop.inspect("db")).State.Status === "running");
    up.kill("SIGINT");
    const { exitCode, stdout } = await up;
    expect(exitCode).toBe(130);
    expect(stdout).toContain("interrupted; still running: db, web");
    expect(stdout).toContain(`stackwright down ${shop.name}`);
    expect((await shop.inspect("db")).State.Status).toBe("running");
    expect((await shop.inspect("api")).State.Status).toBe("created");
  });

  it("while a hook runs must stop its service, so that the next up runs the hook, and say so", async (context) => {
    const shop = await scenario(
      context,
      `const postStart = [{ command: ["sh", "-c", "test -e /tmp/again || { touch /tmp/again; sleep 77; }"] }];
       export default stack(NAME, [service("web", { ...stays, healthcheck: probe.command(["true"]), postStart }), service("db", stays)]);`,
    );
    const up = shop.start(["up", shop.name]);
    await until(async () => (await docker("exec", `${shop.name}-web-1`, "ls", "/tmp").catch(() => "")).includes("again"));
    await until(async () => (await shop.inspect("db")).State.Status === "running");
    up.kill("SIGINT");
    const { exitCode, stdout, stderr } = await up;
    expect(exitCode).toBe(130);
    expect(stdout).toContain("interrupted; still running: db\n");
    expect(stderr).toContain("stopped, so that the next up runs their hooks: web");
    expect((await shop.inspect("web")).State.Status).toBe("exited");
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
  });

  it("in the midst of starts must name what runs a moment later", async (context) => {
    const services = Array.from({ length: 8 }, (_, index) => `service("s${index}", stays)`).join(", ");
    const shop = await scenario(context, `export default stack(NAME, [${services}]);`);
    const up = shop.start(["up", shop.name], { detached: true });
    await says(up, "  starting");
    process.kill(-(up.pid ?? 0), "SIGINT");
    const { exitCode, stdout } = await up;
    expect(exitCode).toBe(130);
    const running = (await docker("ps", "--filter", `name=${shop.name}-`, "--format", "{{.Names}}")).split("\n").sort();
    const told = /still running: (.*)/.exec(stdout)?.[1]?.split(", ") ?? [];
    expect(told.map((service) => `${shop.name}-${service}-1`).sort()).toEqual(running);
  });

  it("while restart stops must exit 130 and say what runs", async (context) => {
    const shop = await scenario(context, `export default stack(NAME, [service("slow", ${SLOW_TO_STOP}), service("web", stays)]);`);
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    const restart = shop.start(["restart", shop.name], { detached: true });
    await says(restart, "Stopping");
    await until(async () => (await shop.inspect("web")).State.Status === "exited");
    process.kill(-(restart.pid ?? 0), "SIGINT");
    const { exitCode, stdout, stderr } = await restart;
    expect(stderr).toContain("what was told to stop will stop all the same");
    expect(stdout).toContain("interrupted; still running: slow\n");
    expect(exitCode).toBe(130);
  });

  it("while down stops must exit 130 and say what is left, and how it is finished", async (context) => {
    const shop = await scenario(context, `export default stack(NAME, [service("slow", ${SLOW_TO_STOP})]);`);
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    const path = `./stacks/${shop.name}`;
    const down = shop.start(["down", path], { detached: true });
    await says(down, "Stopping");
    process.kill(-(down.pid ?? 0), "SIGINT");
    const { exitCode, stdout } = await down;
    expect(stdout).toContain(`interrupted; not removed yet: ${shop.name}-slow-1 (running)`);
    expect(stdout).toContain(`stackwright down ${path}`);
    expect(exitCode).toBe(130);
  });

  it("must be told as a result in JSON", async (context) => {
    const shop = await scenario(context, `export default stack(NAME, [service("db", { ...stays, healthcheck: ready })]);`);
    const up = shop.start(["up", shop.name, "--json"]);
    let seen = "";
    up.all?.on("data", (chunk: Buffer) => {
      seen += chunk.toString();
    });
    // Its own word that db runs: the engine knows it a moment before.
    await until(() => seen.includes('"state":"starting"'));
    up.kill("SIGTERM");
    const { exitCode, stdout } = await up;
    expect(exitCode).toBe(130);
    const last = JSON.parse(stdout.split("\n").at(-1) ?? "") as object;
    expect(last).toMatchObject({ type: "result", verdict: "interrupted", culprits: [], services: [{ service: "db", state: "starting" }] });
  });
});

async function says(command: ReturnType<typeof startCli>, text: string): Promise<void> {
  let seen = "";
  command.all?.on("data", (chunk: Buffer) => {
    seen += chunk.toString();
  });
  await until(() => seen.includes(text));
}
