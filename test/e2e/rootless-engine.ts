import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";

/** A Docker Engine that a normal user runs. @see https://docs.docker.com/engine/security/rootless/ */
export interface RootlessEngine {
  /** For DOCKER_HOST. */
  readonly host: string;
  docker(...args: readonly string[]): Promise<string>;
  /** Stops it; nothing of it is left. */
  remove(): Promise<void>;
}

/**
 * Whether one can be started here: by root for the user of `scripts/engine-ways`, where RootlessKit is installed and the kernel lets
 * that user have namespaces and a network device.
 */
export function canStartRootlessEngines(): boolean {
  const has = (program: string): boolean => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
  const isRoot = process.platform === "linux" && process.getuid?.() === 0;
  if (!isRoot || START === undefined || !["rootlesskit", "slirp4netns", "newuidmap"].every(has)) return false;
  return spawnSync("setpriv", [...AS_USER, "sh", "-c", "unshare --user true && : <> /dev/net/tun"]).status === 0;
}

const USER = "stackwright-rootless";
const AS_USER = ["--reuid", USER, "--regid", USER, "--init-groups", "--"];

// Docker's packages put it on PATH, Debian's with the examples.
const START = ["/usr/bin/dockerd-rootless.sh", "/usr/share/docker.io/contrib/dockerd-rootless.sh"].find((file) => existsSync(file));

/** Starts one, with the base image of the engine that is there. */
export async function startRootlessEngine(): Promise<RootlessEngine> {
  const home = mkdtempSync(join(tmpdir(), "rootless-"));
  const runtime = join(home, "run");
  const host = `unix://${runtime}/docker.sock`;
  mkdirSync(runtime, { mode: 0o700 });
  await execa("chown", ["-R", `${USER}:${USER}`, home]);
  const docker = async (...words: readonly string[]): Promise<string> =>
    (await execa("docker", words, { env: { DOCKER_HOST: host } })).stdout;
  const engine = asUser([START ?? "", "--data-root", join(home, "data")], home, runtime);
  await answered(engine, docker, join(home, "log"));
  await execa("sh", ["-c", 'docker save busybox:1.37 | DOCKER_HOST="$1" docker load', "sh", host]);
  return {
    host,
    docker,
    remove: async () => {
      const ended = new Promise((resolve) => engine.once("exit", resolve));
      if (engine.exitCode === null && engine.kill("SIGTERM")) await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function asUser(command: readonly string[], home: string, runtime: string): ChildProcess {
  const log = openSync(join(home, "log"), "a");
  const env = { HOME: home, XDG_RUNTIME_DIR: runtime, PATH: "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" };
  return spawn("setpriv", [...AS_USER, ...command], { cwd: home, env, stdio: ["ignore", log, log] });
}

async function answered(engine: ChildProcess, docker: RootlessEngine["docker"], log: string): Promise<void> {
  for (;;) {
    if (engine.exitCode !== null) throw new Error(`the rootless engine ended: ${readFileSync(log, "utf8").slice(-2000)}`);
    try {
      await docker("version");
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
