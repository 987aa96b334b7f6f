import { Agent, request as httpRequest, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { StackError } from "../../errors.ts";
import type { EngineWay } from "./connect.ts";

/** A request to the engine's HTTP API. @see https://docs.docker.com/reference/api/engine/ */
export interface EngineRequest {
  readonly method?: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** Seconds that the answer may take, its body included. Default: no limit. */
  readonly limit?: number;
}

/** An answer of the engine that says no. */
export class EngineRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Asks an engine, over connections that it keeps. */
export interface EngineClient {
  readonly agent: Agent;
  readonly way: EngineWay;
  /** Called when the engine has said anything. */
  readonly onHeard: () => void;
}

/**
 * Sends a request; the answer's body is still to be read.
 *
 * @throws {StackError} `no-engine` for an engine that can't be reached.
 */
export async function openRequest(
  client: EngineClient,
  { method = "GET", path, query = {}, signal, limit }: EngineRequest,
): Promise<IncomingMessage> {
  const search = new URLSearchParams(query).toString();
  let isLate = false;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = httpRequest(
      {
        agent: client.agent,
        method,
        path: search === "" ? path : `${path}?${search}`,
        host: "docker",
        headers: { Host: "docker" },
        ...(signal === undefined ? {} : { signal }),
      },
      resolve,
    );
    if (limit !== undefined) {
      const timer = setTimeout(() => {
        isLate = true;
        request.destroy();
      }, limit * 1000);
      request.on("close", () => clearTimeout(timer));
    }
    request.on("error", reject);
    request.end();
  }).catch(async (cause: Error) => {
    if (signal?.aborted === true) throw cause;
    throw isLate ? noAnswer(client, limit) : await unreachable(client, cause);
  });
  client.onHeard();
  const status = response.statusCode ?? 0;
  if (status >= 400) throw new EngineRefusal(status, messageOf(await bodyOf(client, response)));
  return response;
}

/**
 * The whole body of an answer.
 *
 * @throws {StackError} `no-engine` for an engine that went away within it.
 */
export async function bodyOf(client: EngineClient, response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of response) chunks.push(chunk as Buffer);
  } catch (cause) {
    throw await unreachable(client, cause as Error);
  }
  return Buffer.concat(chunks);
}

/**
 * Connections at once: more than starts in flight, beside which the events and the looks have theirs; and no more than a server
 * of ssh lets in at a time where it is set up as usual.
 */
const CONNECTIONS = 10;

/** Keeps connections to the engine open between requests. */
export function engineClient(way: EngineWay, onHeard: () => void): EngineClient {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  (agent as unknown as { createConnection: () => Duplex }).createConnection = way.open;
  return { agent, way, onHeard };
}

function messageOf(body: Buffer): string {
  const text = body.toString("utf8");
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text;
  } catch {
    return text.trim();
  }
}

function noAnswer({ way }: EngineClient, limit = 0): StackError {
  return StackError.of("no-engine", `the Docker Engine at ${way.name} gave no answer within ${limit} s`, {
    hint: "see what it does: docker info",
  });
}

// Who opened the connection knows better why it ended than who sees that it has.
async function unreachable({ way }: EngineClient, cause: Error): Promise<StackError> {
  const reason = (await way.complaint()) || cause.message || (cause as NodeJS.ErrnoException).code;
  return StackError.of("no-engine", `no Docker Engine answers at ${way.name}: ${reason}`, {
    hint: "start Docker, or say where it is with DOCKER_HOST or docker context use",
    cause,
  });
}
