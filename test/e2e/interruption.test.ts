import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { describeWithEngine, scenario, until } from "./engine.ts";

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
