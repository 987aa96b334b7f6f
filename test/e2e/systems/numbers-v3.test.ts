import { execa } from "execa";
import { afterAll, expect, it } from "vitest";
import { writeTree } from "../../temporary-folder.ts";
import { docker, resultOf, until } from "../engine.ts";
import { describeSystem, type Health, page } from "./system.ts";

// Ports of their own: the stack "numbers", which other tests bring up, has the usual ones.
const env = { NUMBERS_API_PORT: "18087", NUMBERS_WEB_PORT: "18088" };

// The network may be there already, and then it stays.
const network = await execa("docker", ["network", "create", "nat"], { reject: false });

afterAll(async () => {
  if (network.exitCode === 0) await execa("docker", ["network", "rm", "nat"]);
});

describeSystem({ rows: "15, 16", stack: "numbers-v3", env }, ({ folder, generated, look, exec, run }) => {
  it("must have come up without any order, the web by trying again until the API was there", async () => {
    expect(generated("compose.yaml")).not.toContain("depends_on");
    expect(await look<number>("numbers-web", ".RestartCount")).toBeGreaterThan(0);
    const log = await docker("logs", "numbers-v3-numbers-web-1");
    expect(log).toMatch(/try 1: failed \(exit code 1\): http-check: \w+, url http:\/\/numbers-api\/rng\n/);
    expect(log).toMatch(/try 1: ok\nnumbers-web listens on 80$/);
    expect((await page(`http://localhost:${env.NUMBERS_WEB_PORT}/health`)).status).toBe(200);
  });

  it("must have the retries shown, and not taken for a crash loop", async () => {
    expect((await run(["compose", "numbers-v3", "--", "down"])).exitCode).toBe(0);
    const { exitCode, stdout } = await run(["up", "numbers-v3", "--json"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/"service":"numbers-web","state":"restarting"/);
    const { verdict, culprits, services } = resultOf({ stdout });
    expect([verdict, culprits]).toEqual(["ready", []]);
    expect(services).toMatchObject([
      { service: "numbers-api", state: "healthy", restarts: 0 },
      { service: "numbers-web", state: "healthy", restarts: await look<number>("numbers-web", ".RestartCount") },
    ]);
  });

  it("must not begin to start where its network is not there, and say so", async () => {
    await writeTree(folder, {
      "stacks/lonely/stack.ts": `import { network, service, stack, volume } from "stackwright";
        const nat = network("nat", { name: "no-such-network", external: true });
        const data = volume("data").at("/data");
        export default stack("lonely", [service("web", { image: "busybox:1.37", networks: [nat], volumes: [data] })]);`,
    });
    const { exitCode, stdout } = await run(["up", "lonely", "--json"]);
    expect(exitCode).toBe(7);
    expect(resultOf({ stdout }).culprits).toMatchObject([
      { service: "web", cause: "network-absent", hint: expect.stringContaining("docker network create no-such-network") },
    ]);
    for (const kind of [
      ["ps", "--all"],
      ["network", "ls"],
      ["volume", "ls"],
    ])
      expect(await docker(...kind, "--quiet", "--filter", "label=com.docker.compose.project=lonely")).toBe("");
  });

  it("must be checked by a utility of its own, copied from another stage: there is no curl in the image", async () => {
    for (const name of ["numbers-api.Dockerfile", "numbers-web.Dockerfile"]) {
      expect(generated(name).match(/^FROM .*$/gm)).toEqual(["FROM node:22-slim AS http-check", "FROM node:22-slim"]);
      expect(generated(name)).toContain("COPY --from=http-check /src/http-check.mjs .");
    }
    for (const service of ["numbers-api", "numbers-web"]) await expect(exec(service, "sh", "-c", "command -v curl wget")).rejects.toThrow();
  });

  it("must leave one line of output a probe", async () => {
    for (const service of ["numbers-api", "numbers-web"]) {
      const { Log } = await look<Health>(service, ".State.Health");
      const passed = Log.filter(({ ExitCode }) => ExitCode === 0);
      expect(passed).not.toEqual([]);
      for (const { Output } of passed) expect(Output).toMatch(/^http-check: status 200, url http:\/\/127\.0\.0\.1\/health, took \d+ ms\n$/);
      // A probe that the end of its container has cut off leaves none.
      for (const { Output } of Log) expect(Output).toMatch(/^[^\n]*\n?$/);
    }
  });

  it("must have the utility take a URL, a limit and the key of a setting", async () => {
    const node = (...args: string[]) => exec("numbers-web", "node", ...args).catch((error: { stdout: string }) => error.stdout);
    const check = (...args: string[]) => node("http-check.mjs", ...args);
    expect(await check("-u", "http://numbers-api/health")).toMatch(/^http-check: status 200, url http:\/\/numbers-api\/health/);
    expect(await check("-c", "RNG_URL", "-t", "900")).toMatch(/^http-check: status \d+, url http:\/\/numbers-api\/rng/);
    expect(await check("-c", "NO_SUCH_SETTING")).toMatch(/NO_SUCH_SETTING/);
    const silent = `require("net").createServer().listen(9099, () => require("child_process")
      .spawn("node", ["http-check.mjs", "-u", "http://127.0.0.1:9099/", "-t", "300"], { stdio: "inherit" }).on("exit", process.exit))`;
    expect(await node("-e", silent)).toBe("http-check: no answer within 300 ms, url http://127.0.0.1:9099/");
  });

  it("must turn unhealthy after two failed probes", async () => {
    await until(async () => (await page(`http://localhost:${env.NUMBERS_API_PORT}/rng`)).status === 500);
    await until(async () => (await look("numbers-api", ".State.Health.Status")) === "unhealthy");
    expect(await look<number>("numbers-api", ".State.Health.FailingStreak")).toBe(2);
    const wait = await run(["wait", "numbers-v3", "--timeout", "2s"]);
    expect(wait.exitCode).toBe(3);
    expect(wait.stdout).toContain("http-check: status 500");
  });
});
