import { Agent, request as httpRequest, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { StackError } from "../../errors.ts";
import type { Connect } from "./connect.ts";

/** A request to the engine's HTTP API. @see https://docs.docker.com/reference/api/engine/ */
export interface EngineRequest {
  readonly method?: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** An archive to send. */
  readonly body?: Buffer;
  readonly signal?: AbortSignal | undefined;
}

/** An answer of the engine that says no. */
export class EngineRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Sends a request; the answer's body is still to be read. */
export async function openRequest(
  agent: Agent,
  { method = "GET", path, query = {}, body, signal }: EngineRequest,
): Promise<IncomingMessage> {
  const search = new URLSearchParams(query).toString();
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = httpRequest(
      {
        agent,
        method,
        path: search === "" ? path : `${path}?${search}`,
        host: "docker",
        headers: { Host: "docker", ...(body === undefined ? {} : { "Content-Type": "application/x-tar", "Content-Length": body.length }) },
        ...(signal === undefined ? {} : { signal }),
      },
      resolve,
    );
    request.on("error", (cause) => reject(signal?.aborted === true ? cause : unreachable(cause)));
    request.end(body);
  });
  const status = response.statusCode ?? 0;
  if (status >= 400) throw new EngineRefusal(status, messageOf(await bodyOf(response)));
  return response;
}

/**
 * The whole body of an answer.
 *
 * @throws {StackError} `no-engine` for an engine that went away within it.
 */
export async function bodyOf(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of response) chunks.push(chunk as Buffer);
  } catch (cause) {
    throw unreachable(cause as Error);
  }
  return Buffer.concat(chunks);
}

/** Keeps connections to the engine open between requests. */
export function engineAgent(connect: Connect): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  (agent as unknown as { createConnection: () => Duplex }).createConnection = connect;
  return agent;
}

function messageOf(body: Buffer): string {
  const text = body.toString("utf8");
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text;
  } catch {
    return text.trim();
  }
}

function unreachable(cause: Error): StackError {
  return StackError.of("no-engine", `no Docker Engine answers: ${cause.message || (cause as NodeJS.ErrnoException).code}`, {
    hint: "start Docker, or say where it is with DOCKER_HOST or docker context use",
    cause,
  });
}
