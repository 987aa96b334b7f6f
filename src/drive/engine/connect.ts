import { createHash } from "node:crypto";
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

/**
 * The host on which the engine publishes ports; "localhost" where that is this machine, or can't be told.
 *
 * @param env the environment that says which engine is meant. Default: this process's.
 */
export function engineHost(env: Environment = process.env): string {
  const endpoint = env["DOCKER_HOST"] || endpointOfContext(env) || "";
  const url = /^(?:tcp|ssh|https?):\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+)/.exec(endpoint);
  return url?.[1]?.replace(/^\[|\]$/g, "") ?? "localhost";
}

const DEFAULT_SOCKET = "/var/run/docker.sock";

function localSocket(env: Environment): string | undefined {
  const host = env["DOCKER_HOST"];
  if (host !== undefined && host !== "") return host.startsWith("unix://") ? host.slice("unix://".length) : undefined;
  const context = contextOf(env);
  return process.platform !== "win32" && context === "default" ? DEFAULT_SOCKET : undefined;
}

function contextOf(env: Environment): string {
  return env["DOCKER_CONTEXT"] || currentContext(env) || "default";
}

function configFolder(env: Environment): string {
  return env["DOCKER_CONFIG"] || join(homedir(), ".docker");
}

/** Where a context leads. The docker client keeps each in a folder that is named for the digest of its name. */
function endpointOfContext(env: Environment): string | undefined {
  const folder = createHash("sha256").update(contextOf(env)).digest("hex");
  try {
    const text = readFileSync(join(configFolder(env), "contexts", "meta", folder, "meta.json"), "utf8");
    return (JSON.parse(text) as { Endpoints?: { docker?: { Host?: string } } }).Endpoints?.docker?.Host;
  } catch {
    // The default context has no such file.
    return undefined;
  }
}

function currentContext(env: Environment): string | undefined {
  try {
    const { currentContext } = JSON.parse(readFileSync(join(configFolder(env), "config.json"), "utf8")) as { currentContext?: string };
    return currentContext;
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
