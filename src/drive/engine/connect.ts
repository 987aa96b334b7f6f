import { connect as connectSocket } from "node:net";
import type { Duplex } from "node:stream";
import { execa } from "execa";
import { type Environment, localSocket } from "../client-configuration.ts";

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
