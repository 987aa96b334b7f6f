import { chmod, mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { expect, it } from "vitest";
import { engineProxy } from "../../bench/engine-proxy.ts";
import { describeWithEngine, docker, resultOf, type Scenario, scenario, statesOf, until } from "./engine.ts";
import { canStartSshServers, startSshServer } from "./ssh-server.ts";

// It takes ssh's arguments and runs the command behind "--" here: what the docker client sends is the engine's own protocol.
const SSH = `#!/bin/sh
echo "$@" >> "$FAKE_SSH_LOG"
while [ "$1" != "--" ]; do shift; done
shift 2
unset DOCKER_HOST
exec sh -c "$*"
`;

describeWithEngine("an engine", () => {
  const BODY = `const db = service("db", readyAfter(1));
    export default stack(NAME, [service("web", { ...stays, dependsOn: [db.healthy()] })]);`;

  async function mustWork(shop: Scenario, env: Readonly<Record<string, string>>): Promise<void> {
    const up = await shop.run(["up", shop.name, "--json"], env);
    expect([up.exitCode, statesOf(resultOf(up))], up.all).toEqual([0, { db: "healthy", web: "running" }]);
    expect((await shop.run(["status", shop.name], env)).stdout).toMatch(/db +healthy/);
    const down = await shop.run(["down", shop.name], env);
    expect([down.exitCode, await shop.containers()], down.all).toEqual([0, []]);
  }

  it("must be reached over TCP", async (context) => {
    const proxy = await engineProxy(() => true);
    context.onTestFinished(() => proxy.close());
    await mustWork(await scenario(context, BODY), { DOCKER_HOST: proxy.host });
  });

  it("must be reached over ssh, as the docker client does", async (context) => {
    const shop = await scenario(context, BODY);
    const bin = join(shop.folder, "bin");
    await mkdir(bin);
    await writeFile(join(bin, "ssh"), SSH);
    await chmod(join(bin, "ssh"), 0o755);
    await mustWork(shop, {
      DOCKER_HOST: "ssh://somebody@somewhere",
      PATH: `${bin}${delimiter}${process.env["PATH"]}`,
      FAKE_SSH_LOG: join(shop.folder, "ssh.log"),
    });
  });

  it.skipIf(!canStartSshServers())("must be reached over a real ssh server, whose connections end with the command", async (context) => {
    const shop = await scenario(
      context,
      `export default stack(NAME, [service("db", { ...readyAfter(1), ports: ["80"] }), service("web", stays)]);`,
    );
    const server = await startSshServer(shop.folder);
    context.onTestFinished(() => server.stop());
    const env = { DOCKER_HOST: server.host, PATH: `${server.bin}${delimiter}${process.env["PATH"]}` };
    const up = await shop.run(["up", shop.name], env);
    expect(up.exitCode, `${up.all}\n${server.log()}`).toBe(0);
    // The port is published where the engine is.
    expect(up.stdout).toMatch(/db +healthy .* http:\/\/127\.0\.0\.1:\d+ -> 80/);
    expect(server.log()).toContain("Accepted publickey for root from 127.0.0.1");
    expect((await shop.run(["down", shop.name], env)).exitCode).toBe(0);
    expect(await shop.containers()).toEqual([]);
    await until(() => server.sessions() === 0);
  });

  it("that gives no answer for a while must be waited for, and that be told", async (context) => {
    const shop = await scenario(
      context,
      `const healthcheck = probe.command(["test", "-f", "/tmp/ready"], { ...quick, startPeriod: "80s" });
       export default stack(NAME, [service("web", { ...stays, healthcheck })]);`,
    );
    let isThere = true;
    const proxy = await engineProxy(() => isThere, { socket: join(shop.folder, "engine.sock") });
    context.onTestFinished(() => proxy.close());
    const env = { DOCKER_HOST: proxy.host };
    expect((await shop.run(["up", shop.name, "--no-wait"], env)).exitCode).toBe(0);

    const waits = [[], ["--json"]].map((format) => shop.start(["wait", shop.name, ...format], { env }));
    const said = waits.map(everything);
    const all = (text: RegExp) => until(() => said.every((each) => text.test(each())));
    await all(/starting/);
    isThere = false;
    await all(/no answer|"answers":false/);
    isThere = true;
    await all(/answers again|"answers":true/);
    await docker("exec", `${shop.name}-web-1`, "touch", "/tmp/ready");
    const [plain, json] = await Promise.all(waits);
    expect(plain?.exitCode, plain?.all).toBe(0);
    expect(plain?.stdout).toMatch(
      /^the Docker Engine gives no answer, and is waited for: up to 30 s\nthe Docker Engine answers again, after /m,
    );
    const lines = (json?.stdout ?? "").split("\n").map((line) => JSON.parse(line) as { type: string });
    expect(lines.filter(({ type }) => type === "engine")).toMatchObject([{ answers: false, patience: 30 }, { answers: true }]);
    expect(lines.at(-1)).toMatchObject({ type: "result", verdict: "ready" });
  });

  it("that can't be reached must be told, with how to say where it is", async (context) => {
    const shop = await scenario(context, BODY);
    for (const host of ["tcp://127.0.0.1:1", "unix:///nowhere/docker.sock"]) {
      const up = await shop.run(["up", shop.name], { DOCKER_HOST: host });
      expect(up.exitCode, up.all).toBe(6);
      expect(up.stderr).toContain("DOCKER_HOST");
    }
  });
});

function everything(command: ReturnType<Scenario["start"]>): () => string {
  let seen = "";
  command.all?.on("data", (chunk: Buffer) => {
    seen += chunk.toString();
  });
  return () => seen;
}
