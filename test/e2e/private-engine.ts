import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, openSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";

/** A Docker Engine of a test's own, which may be killed. */
export interface PrivateEngine {
  /** For DOCKER_HOST. */
  readonly host: string;
  /** Where it keeps everything. */
  readonly dataRoot: string;
  /** Starts it (again) and waits until it answers. */
  start(): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Sends it a signal, e.g. SIGSTOP. */
  signal(signal: NodeJS.Signals): void;
  docker(...args: readonly string[]): Promise<string>;
  /** Stops it; nothing of it is left. */
  remove(): Promise<void>;
}

export interface PrivateEngineOptions {
  readonly args?: readonly string[];
  /** Bytes of disk that it has, as for `mount -o size=`. Default: all that there is. */
  readonly disk?: string;
}

/** Whether an engine can be started here: by root, where dockerd is installed. */
export function canStartEngines(): boolean {
  return process.platform === "linux" && process.getuid?.() === 0 && spawnSync("dockerd", ["--version"]).status === 0;
}

/** Starts an engine beside the one that is there, with its base image; it shares neither state nor network with it. */
export async function startPrivateEngine({ args = [], disk }: PrivateEngineOptions = {}): Promise<PrivateEngine> {
  const home = mkdtempSync(join(tmpdir(), "stackwright-engine-"));
  const dataRoot = join(home, "data");
  const host = `unix://${home}/docker.sock`;
  mkdirSync(dataRoot);
  if (disk !== undefined) await execa("mount", ["-t", "tmpfs", "-o", `size=${disk}`, "tmpfs", dataRoot]);
  const network = await ownNetwork();
  let daemon: ChildProcess | undefined;
  const docker = async (...words: readonly string[]): Promise<string> =>
    (await execa("docker", words, { env: { DOCKER_HOST: host } })).stdout;
  const start = async (): Promise<void> => {
    // What a crash leaves would be taken for a daemon that runs.
    rmSync(join(home, "pid"), { force: true });
    const log = openSync(join(home, "log"), "a");
    const command = [`--net=/proc/${network.pid}/ns/net`, "dockerd", ...optionsOf(home, host), ...args];
    daemon = spawn("nsenter", command, { stdio: ["ignore", log, log], detached: true });
    await answered(docker);
  };
  const ended = async (signal: NodeJS.Signals): Promise<void> => {
    if (daemon === undefined || daemon.exitCode !== null || daemon.signalCode !== null) return;
    const end = new Promise((resolve) => daemon?.once("exit", resolve));
    daemon.kill(signal);
    await end;
  };
  await start();
  await execa("sh", ["-c", 'docker save busybox:1.37 | DOCKER_HOST="$1" docker load', "sh", host]);
  return {
    host,
    dataRoot,
    start,
    kill: () => ended("SIGKILL"),
    signal: (signal) => daemon?.kill(signal),
    docker,
    remove: async () => {
      daemon?.kill("SIGCONT");
      if (daemon?.signalCode !== null) await start();
      const all = (await docker("ps", "--all", "--quiet")).split("\n").filter(Boolean);
      if (all.length > 0) await docker("rm", "--force", "--volumes", ...all);
      await ended("SIGTERM");
      network.kill();
      for (const mount of mountsBelow(home)) spawnSync("umount", ["--lazy", mount]);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A process that keeps a network of its own: an engine without a default bridge takes away the one that it finds. */
async function ownNetwork(): Promise<ChildProcess> {
  const holder = spawn("unshare", ["--net", "sleep", "infinity"], { stdio: "ignore" });
  const networkOf = (process: number | string | undefined): string => readlinkSync(`/proc/${process}/ns/net`);
  while (networkOf(holder.pid) === networkOf("self")) await new Promise((resolve) => setTimeout(resolve, 10));
  return holder;
}

function optionsOf(home: string, host: string): readonly string[] {
  const places = ["--host", host, "--data-root", join(home, "data"), "--exec-root", join(home, "exec"), "--pidfile", join(home, "pid")];
  const network = ["--bridge=none", "--iptables=false", "--ip6tables=false", "--default-address-pool", "base=10.79.0.0/16,size=24"];
  return [...places, ...network, "--shutdown-timeout", "2"];
}

async function answered(docker: PrivateEngine["docker"]): Promise<void> {
  for (;;) {
    try {
      await docker("version");
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function mountsBelow(folder: string): readonly string[] {
  const mounts = readFileSync("/proc/self/mounts", "utf8").split("\n");
  const below = mounts.map((line) => line.split(" ")[1] ?? "").filter((path) => path.startsWith(`${folder}/`));
  return below.sort((a, b) => b.length - a.length);
}
