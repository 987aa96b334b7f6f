import { readFileSync } from "node:fs";
import { connect as connectSocket } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { execa } from "execa";

type Environment = Readonly<Record<string, string | undefined>>;

/** Opens a connection to the engine. */
export type Connect = () => Duplex;

/**
 * The way to the engine that the docker client would use: DOCKER_HOST, the current context, or the default socket.
 * A local socket is opened directly; for everything else (ssh, TCP, named pipes, contexts) the docker client itself carries
 * the bytes (`docker system dial-stdio`), so that whatever works for it works here.
 */
export function engineConnection(env: Environment = process.env): Connect {
  const socket = localSocket(env);
  return socket === undefined ? () => dialStdio(env) : () => connectSocket(socket);
}

const DEFAULT_SOCKET = "/var/run/docker.sock";

function localSocket(env: Environment): string | undefined {
  const host = env["DOCKER_HOST"];
  if (host !== undefined && host !== "") return host.startsWith("unix://") ? host.slice("unix://".length) : undefined;
  const context = env["DOCKER_CONTEXT"] || currentContext(env);
  return process.platform !== "win32" && (context === undefined || context === "default") ? DEFAULT_SOCKET : undefined;
}

function currentContext(env: Environment): string | undefined {
  try {
    const folder = env["DOCKER_CONFIG"] || join(homedir(), ".docker");
    const { currentContext } = JSON.parse(readFileSync(join(folder, "config.json"), "utf8")) as { currentContext?: string };
    return currentContext === "" ? undefined : currentContext;
  } catch {
    // No configuration: the docker client takes the default socket too.
    return undefined;
  }
}

function dialStdio(env: Environment): Duplex {
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
  return asSocket(duplex);
}

// Node's HTTP agent calls these on a connection that it keeps for the next request.
function asSocket(duplex: Duplex): Duplex {
  const nothing = (): Duplex => duplex;
  return Object.assign(duplex, { setKeepAlive: nothing, setNoDelay: nothing, setTimeout: nothing, ref: nothing, unref: nothing });
}
