import { execa } from "execa";
import { afterAll, expect, it } from "vitest";
import { writeTree } from "../../temporary-folder.ts";
import { docker, until } from "../engine.ts";
import { describeSystem, page } from "./system.ts";

// Ports of their own: the stack "numbers", which other tests bring up, has the usual ones.
const env = { NUMBERS_API_PORT: "18087", NUMBERS_WEB_PORT: "18088" };

// The network may be there already, and then it stays.
const network = await execa("docker", ["network", "create", "nat"], { reject: false });

afterAll(async () => {
  if (network.exitCode === 0) await execa("docker", ["network", "rm", "nat"]);
});

describeSystem({ rows: "15, 16", stack: "numbers-v3", env }, ({ folder, look, exec, run, up }) => {
  it("must have come up without any order, by restarts that are shown and are no crash loop", async () => {
    const { services } = await up();
    expect(services).toMatchObject([{ state: "healthy" }, { state: "healthy" }]);
    expect(await look<number>("numbers-web", ".RestartCount")).toBeGreaterThan(0);
    expect((await page(`http://localhost:${env.NUMBERS_WEB_PORT}/health`)).status).toBe(200);
  });

  it("must not begin to start where its network is not there, and say so", async () => {
    await writeTree(folder, {
      "stacks/lonely/stack.ts": `import { network, service, stack } from "stackwright";
        const nat = network("nat", { name: "no-such-network", external: true });
        export default stack("lonely", [service("web", { image: "busybox:1.37", networks: [nat] })]);`,
    });
    const { exitCode, stderr } = await run(["up", "lonely"]);
    expect(exitCode).toBe(7);
    expect(stderr).toContain("docker network create");
    expect(await docker("ps", "--all", "--quiet", "--filter", "label=com.docker.compose.project=lonely")).toBe("");
  });

  it("must be checked by a utility of its own, one line a probe: there is no curl in the image", async () => {
    const { Log } = await look<{ Log: { Output: string }[] }>("numbers-api", ".State.Health");
    expect(Log.at(-1)?.Output).toMatch(/^http-check: status 200, url http:\/\/127\.0\.0\.1\/health, took \d+ ms\n$/);
    await expect(exec("numbers-api", "sh", "-c", "command -v curl")).rejects.toThrow();
  });

  it("must have the utility take a URL, a limit and the key of a setting", async () => {
    const check = (...args: string[]) =>
      exec("numbers-web", "node", "http-check.mjs", ...args).catch((error: { stdout: string }) => error.stdout);
    expect(await check("-u", "http://numbers-api/health")).toMatch(/status 200/);
    expect(await check("-c", "RNG_URL", "-t", "900")).toMatch(/status \d+, url http:\/\/numbers-api\/rng/);
    expect(await check("-c", "NO_SUCH_SETTING")).toMatch(/NO_SUCH_SETTING/);
  });

  it("must turn unhealthy after two failed probes", async () => {
    await until(async () => (await page(`http://localhost:${env.NUMBERS_API_PORT}/rng`)).status === 500);
    await until(async () => (await look("numbers-api", ".State.Health.Status")) === "unhealthy");
    const wait = await run(["wait", "numbers-v3", "--timeout", "2s"]);
    expect(wait.exitCode).toBe(3);
    expect(wait.stdout).toContain("http-check: status 500");
  });
});
