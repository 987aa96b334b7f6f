import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { execa } from "execa";

/** An ssh server of a test's own. */
export interface SshServer {
  /** For DOCKER_HOST. */
  readonly host: string;
  /** What ssh needs to know of the server and of the key: a folder for PATH, with an `ssh` that is given the test's configuration. */
  readonly bin: string;
  /** How many connections are open. */
  sessions(): number;
  /** What it logged. */
  log(): string;
  stop(): Promise<void>;
}

/** Whether one can be started here: by root, where OpenSSH's server and client are installed (Debian: openssh-server). */
export function canStartSshServers(): boolean {
  const has = (program: string): boolean => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
  return process.platform === "linux" && process.getuid?.() === 0 && has(SSHD) && has("ssh") && has("ssh-keygen");
}

const SSHD = "/usr/sbin/sshd";

/** Starts one on a free port of 127.0.0.1, with a key of its own and one for whoever logs in; everything it has is in the folder. */
export async function startSshServer(folder: string): Promise<SshServer> {
  const home = join(folder, "ssh");
  const bin = join(home, "bin");
  await mkdir(bin, { recursive: true, mode: 0o700 });
  const [hostKey, userKey] = [join(home, "host-key"), join(home, "user-key")];
  for (const key of [hostKey, userKey]) await execa("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
  const port = await freePort();
  // It separates privileges in a folder that the service of the distribution makes when it starts.
  await mkdir("/run/sshd", { recursive: true, mode: 0o755 });
  const config = {
    ListenAddress: "127.0.0.1",
    Port: port,
    HostKey: hostKey,
    AuthorizedKeysFile: `${userKey}.pub`,
    AuthenticationMethods: "publickey",
    PermitRootLogin: "prohibit-password",
    StrictModes: "no",
    UsePAM: "no",
    PidFile: "none",
  };
  await writeFile(join(home, "sshd_config"), linesOf(config));
  const key = readFileSync(`${hostKey}.pub`, "utf8").trim();
  await writeFile(join(home, "known_hosts"), `[127.0.0.1]:${port} ${key}\n`);
  const client = {
    IdentityFile: userKey,
    IdentitiesOnly: "yes",
    UserKnownHostsFile: join(home, "known_hosts"),
    StrictHostKeyChecking: "yes",
  };
  await writeFile(join(home, "ssh_config"), linesOf(client));
  // The docker client has no option for the configuration of ssh; ssh itself is the real one.
  const { stdout: ssh } = await execa("sh", ["-c", "command -v ssh"]);
  await writeFile(join(bin, "ssh"), `#!/bin/sh\nexec "${ssh}" -F "${home}/ssh_config" "$@"\n`);
  await chmod(join(bin, "ssh"), 0o755);
  let log = "";
  const server = spawn(SSHD, ["-D", "-e", "-f", join(home, "sshd_config")], { stdio: ["ignore", "ignore", "pipe"] });
  server.stderr.on("data", (chunk: Buffer) => {
    log += chunk.toString();
  });
  const ended = new Promise<void>((resolve) => {
    server.once("exit", () => resolve());
  });
  while (!log.includes("Server listening")) {
    if (server.exitCode !== null) throw new Error(`sshd ended: ${log}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    host: `ssh://root@127.0.0.1:${port}`,
    bin,
    // Each has a process of its own; one that ended may wait for its parent to take note.
    sessions: () =>
      spawnSync("ps", ["--ppid", String(server.pid), "-o", "stat="], { encoding: "utf8" }).stdout.match(/^[^Z\s]/gm)?.length ?? 0,
    log: () => log,
    stop: async () => {
      server.kill();
      await ended;
    },
  };
}

function linesOf(options: Readonly<Record<string, string | number>>): string {
  return Object.entries(options)
    .map(([name, value]) => `${name} ${value}\n`)
    .join("");
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
