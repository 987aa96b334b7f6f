import { connect as connectSocket } from "node:net";
import type { Duplex } from "node:stream";
import { execa } from "execa";
import { oneLine } from "../harmless.ts";
import { type Environment, engineEndpoint, localSocket } from "./client-configuration.ts";

/** The way to the engine. */
export interface EngineWay {
  /** Where it leads, for people. */
  readonly name: string;
  /** Opens a connection. */
  readonly open: () => Duplex;
  /** Why the last connection could not be opened, where somebody else opens it; empty where nothing was said. */
  complaint(): Promise<string>;
}

/**
 * The way to the engine that the docker client would use: DOCKER_HOST, the current context, or the default socket.
 * A local socket is opened directly; for everything else (ssh, TCP, named pipes, contexts) the docker client itself carries
 * the bytes (`docker system dial-stdio`), so that whatever works for it works here.
 */
export function engineWay(env: Environment = process.env): EngineWay {
  const { name } = engineEndpoint(env);
  const socket = localSocket(env);
  return socket === undefined ? { name, ...dialStdio(env) } : { name, open: () => connectSocket(socket), complaint: async () => "" };
}

function dialStdio(env: Environment): Pick<EngineWay, "open" | "complaint"> {
  let last = Promise.resolve("");
  const open = (): Duplex => {
    const client = execa("docker", ["system", "dial-stdio"], {
      env,
      stdin: "pipe",
      stdout: "pipe",
      stderr: "pipe",
      buffer: { stdout: false, stderr: true },
      maxBuffer: 10_000,
      forceKillAfterDelay: 1000,
      reject: false,
    });
    last = client.then(({ code, stderr }) => (code === "ENOENT" ? "there is no docker command on the PATH" : wordsOf(stderr)));
    const duplex = client.duplex();
    const destroy = duplex.destroy.bind(duplex);
    // The client would wait until the engine, too, has closed the connection.
    return asSocket(
      Object.assign(duplex, {
        destroy: (error?: Error) => {
          client.kill();
          return destroy(error);
        },
      }),
    );
  };
  // The last may be one that works, and has no end.
  return { open, complaint: async () => Promise.race([last, afterwards(1000)]) };
}

async function afterwards(milliseconds: number): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
  return "";
}

// Of ssh the client quotes what it said, behind all that it was called with.
function wordsOf(stderr: string): string {
  const words = stderr.split("stderr=").at(-1) ?? "";
  return oneLine(words.replace("failed to open the raw stream connection: ", ""), 300);
}

// Node's HTTP agent calls these on a connection that it keeps for the next request.
function asSocket(duplex: Duplex): Duplex {
  const nothing = (): Duplex => duplex;
  return Object.assign(duplex, { setKeepAlive: nothing, setNoDelay: nothing, setTimeout: nothing, ref: nothing, unref: nothing });
}
