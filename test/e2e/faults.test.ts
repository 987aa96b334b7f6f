import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type CliResult, runCli, startCli } from "../run-cli.ts";
import { keptFolder, writeTree } from "../temporary-folder.ts";
import { resultOf, statesOf, until } from "./engine.ts";
import { canStartEngines, type PrivateEngine, type PrivateEngineOptions, startPrivateEngine } from "./private-engine.ts";

const PRELUDE = `
import { probe, service, stack, volume } from "stackwright";
const sh = (script: string) => ({ image: "busybox:1.37", init: true, command: ["sh", "-c", script], stopGracePeriod: "1s" }) as const;
const readyAfter = (seconds: number) =>
  ({ ...sh(\`sleep \${seconds}; touch /tmp/ready; exec sleep 300\`), healthcheck: probe.file("/tmp/ready", { interval: "1s" }) }) as const;
`;

interface Launch {
  readonly engine: PrivateEngine;
  /** `up --json`, already running. */
  begin(): Promise<{ readonly ended: Promise<CliResult> }>;
  up(more?: Readonly<Record<string, string>>): Promise<CliResult>;
  /** What a launch left: processes (an open event stream needs one) and files; the loader's cache of modules is meant to stay. */
  leftovers(): Promise<readonly string[]>;
}

async function launchOn(body: string, options: PrivateEngineOptions = {}): Promise<Launch> {
  const folder = keptFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const engine = await startPrivateEngine(options);
  onTestFinished(() => engine.remove(), 180_000);
  const scratch = join(folder, "tmp");
  mkdirSync(scratch);
  await writeTree(folder, { "stacks/fault/stack.ts": `${PRELUDE}${body}` });
  const env = { DOCKER_HOST: engine.host, TMPDIR: scratch };
  return {
    engine,
    begin: async () => {
      const child = startCli(["up", "fault", "--json"], { cwd: folder, env });
      await until(async () => child.exitCode !== null || (await engine.docker("ps", "--quiet")) !== "");
      return { ended: child.then(({ exitCode = -1, stdout, stderr, all }) => ({ exitCode, stdout, stderr, all })) };
    },
    up: (more = {}) => runCli(["up", "fault", "--json"], { cwd: folder, env: { ...env, ...more } }),
    leftovers: async () => {
      const processes = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" }).split("\n");
      const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".tmp"));
      return [...processes.filter((line) => line.includes(folder)), ...files, ...readdirSync(scratch).filter((name) => name !== "jiti")];
    },
  };
}

// Every engine takes memory and a core for a moment: one after the other.
describe.skipIf(!canStartEngines())("an engine that fails during a launch", { timeout: 120_000 }, () => {
  it("killed and started again with live-restore: its containers live on, and so does the launch", async () => {
    const { engine, begin, leftovers } = await launchOn(
      `export default stack("fault", [service("web", { ...readyAfter(6), volumes: [volume("data").at("/data")] })]);`,
      { args: ["--live-restore"] },
    );
    const { ended } = await begin();
    await engine.docker("exec", "fault-web-1", "touch", "/data/kept");
    await engine.kill();
    await engine.start();
    const result = await ended;
    expect(result.exitCode, result.all).toBe(0);
    expect(statesOf(resultOf(result))).toEqual({ web: "healthy" });
    expect(await engine.docker("exec", "fault-web-1", "ls", "/data")).toBe("kept");
    expect(await leftovers()).toEqual([]);
  });

  it("killed and started again without: what it ended has failed, what it restarts becomes ready", async () => {
    const { engine, begin, up, leftovers } = await launchOn(
      `export default stack("fault", [
         service("ends", { ...readyAfter(20), volumes: [volume("data").at("/data")] }),
         service("returns", { ...readyAfter(1), restart: "always" }),
       ]);`,
    );
    const { ended } = await begin();
    await engine.docker("exec", "fault-ends-1", "touch", "/data/kept");
    await engine.kill();
    await engine.start();
    const result = await ended;
    expect(result.exitCode, result.all).toBe(4);
    expect(resultOf(result)).toMatchObject({ verdict: "failed", culprits: [{ service: "ends", cause: "stopped" }] });
    expect(await leftovers()).toEqual([]);
    const again = await up();
    expect([again.exitCode, statesOf(resultOf(again))]).toEqual([0, { ends: "healthy", returns: "healthy" }]);
    expect(await engine.docker("exec", "fault-ends-1", "ls", "/data")).toBe("kept");
  });

  it("killed for good: the launch ends, and says that the engine is gone", async () => {
    const { engine, begin, leftovers } = await launchOn(`export default stack("fault", [service("web", readyAfter(300))]);`);
    const { ended } = await begin();
    await engine.kill();
    const result = await ended;
    expect(result.exitCode, result.all).toBe(6);
    expect(resultOf(result)).toMatchObject({ verdict: "failed", culprits: [{ service: "Docker Engine", cause: "engine-gone" }] });
    expect(await leftovers()).toEqual([]);
  });

  it("killed while the containers are created: the launch ends, and says that the engine is gone", async () => {
    const { engine, up, leftovers } = await launchOn(`export default stack("fault", [service("web", { build: "./web" })]);`);
    await engine.kill();
    const result = await up();
    expect(result.exitCode, result.all).toBe(6);
    expect(await leftovers()).toEqual([]);
  });

  it("stopped for ten seconds: the launch waits for it and goes on", async () => {
    const { engine, begin, leftovers } = await launchOn(`export default stack("fault", [service("web", readyAfter(3))]);`);
    const { ended } = await begin();
    engine.signal("SIGSTOP");
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    engine.signal("SIGCONT");
    const result = await ended;
    expect([result.exitCode, statesOf(resultOf(result))], result.all).toEqual([0, { web: "healthy" }]);
    expect(result.stdout).toMatch(/^\{"type":"engine","answers":false(.*\n)+\{"type":"engine","answers":true/m);
    expect(await leftovers()).toEqual([]);
  });

  it("killed and started again in the midst of a hundred containers: the launch goes on, and finds the one at fault", async () => {
    const { engine, begin, up, leftovers } = await launchOn(
      `const fails = process.env["FAULT_FAILS"] === "1";
       const plain = Array.from({ length: 85 }, (_, index) => service(\`plain\${index}\`, sh("exec sleep 300")));
       const timing = { interval: "10s", startPeriod: "60s", startInterval: "2s" } as const;
       const healthcheck = probe.file("/tmp/ready", timing);
       const checked = Array.from({ length: 14 }, (_, index) => service(\`checked\${index}\`, { ...sh("touch /tmp/ready; exec sleep 300"), healthcheck }));
       const one = service("one", fails ? sh("sleep 1; echo out of luck; exit 3") : sh("exec sleep 300"));
       export default stack("fault", [...plain, ...checked, one]);`,
      { args: ["--live-restore"] },
    );
    const { ended } = await begin();
    await until(async () => (await engine.docker("ps", "--quiet")).split("\n").length > 30);
    await engine.kill();
    await engine.start();
    const result = await ended;
    expect(result.exitCode, result.all.slice(-3000)).toBe(0);
    const states = Object.values(statesOf(resultOf(result)));
    expect([states.length, new Set(states)]).toEqual([100, new Set(["running", "healthy"])]);
    expect((await engine.docker("ps", "--quiet")).split("\n")).toHaveLength(100);
    expect(await leftovers()).toEqual([]);

    const failed = await up({ FAULT_FAILS: "1" });
    expect([failed.exitCode, resultOf(failed).culprits.map(({ service, cause }) => `${service}: ${cause}`)]).toEqual([4, ["one: exited"]]);
    expect((await engine.docker("ps", "--quiet")).split("\n")).toHaveLength(99);
    expect(await leftovers()).toEqual([]);
  }, 400_000);

  it("without space on its disk: the launch fails to create, names the disk, and goes well when there is room again", async () => {
    const { engine, up, leftovers } = await launchOn(`export default stack("fault", [service("web", readyAfter(0))]);`, { disk: "24m" });
    const filler = join(engine.dataRoot, "filler");
    execFileSync("sh", ["-c", 'dd if=/dev/zero of="$1" bs=64k 2>/dev/null; true', "sh", filler]);
    const full = await up();
    expect(full.exitCode, full.all).toBe(7);
    expect(resultOf(full)).toMatchObject({ verdict: "failed", culprits: [{ cause: "no-space" }] });
    expect(await leftovers()).toEqual([]);
    rmSync(filler);
    const again = await up();
    expect([again.exitCode, statesOf(resultOf(again))], again.all).toEqual([0, { web: "healthy" }]);
  });
});
