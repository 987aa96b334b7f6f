import { readFileSync } from "node:fs";
import { connect as connectSocket } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { execa } from "execa";

/** Opens a connection to the engine. */
export type Connect = () => Duplex;

/**
 * The way to the engine that the docker client would use: DOCKER_HOST, the current context, or the default socket.
 * A local socket is opened directly; so is plain TCP; for everything else (ssh, TLS, named pipes, contexts) the docker client itself carries
 * the bytes (`docker system dial-stdio`), so that whatever works for it works here.
 */
export function engineConnection(env: NodeJS.ProcessEnv = process.env): Connect {
  const socket = localSocket(env);
  if (socket !== undefined) return () => connectSocket(socket);
  const address = plainAddress(env);
  return address === undefined ? () => dialStdio(env) : () => connectSocket(address);
}

// tcp:// without TLS: nothing that the client would have to add.
function plainAddress(env: NodeJS.ProcessEnv): { readonly host: string; readonly port: number } | undefined {
  const match = /^tcp:\/\/(\[[\da-f:]+\]|[^:/]+):(\d+)\/?$/i.exec(env["DOCKER_HOST"] ?? "");
  if (match === null || (env["DOCKER_TLS_VERIFY"] ?? "") !== "" || (env["DOCKER_TLS"] ?? "") !== "") return undefined;
  const [, host = "", port] = match;
  return { host: host.replace(/^\[|\]$/g, ""), port: Number(port) };
}

const DEFAULT_SOCKET = "/var/run/docker.sock";

function localSocket(env: NodeJS.ProcessEnv): string | undefined {
  const host = env["DOCKER_HOST"];
  if (host !== undefined && host !== "") return host.startsWith("unix://") ? host.slice("unix://".length) : undefined;
  const context = env["DOCKER_CONTEXT"] || currentContext(env);
  return process.platform !== "win32" && (context === undefined || context === "default") ? DEFAULT_SOCKET : undefined;
}

function currentContext(env: NodeJS.ProcessEnv): string | undefined {
  try {
    const folder = env["DOCKER_CONFIG"] || join(homedir(), ".docker");
    const { currentContext } = JSON.parse(readFileSync(join(folder, "config.json"), "utf8")) as { currentContext?: string };
    return currentContext === "" ? undefined : currentContext;
  } catch {
    // No configuration: the docker client takes the default socket too.
    return undefined;
  }
}

function dialStdio(env: NodeJS.ProcessEnv): Duplex {
  const client = execa("docker", ["system", "dial-stdio"], {
    env,
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
    buffer: false,
    reject: false,
  });
  const duplex = client.duplex();
  duplex.on("close", () => client.kill());
  // Node's HTTP agent takes what it is given for a socket.
  const same = (): Duplex => duplex;
  return Object.assign(duplex, { setKeepAlive: same, setNoDelay: same, setTimeout: same, ref: same, unref: same });
}
