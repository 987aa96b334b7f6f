import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "../../temporary-folder.ts";

/** What a request to the fake engine was: method, path and query. */
export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

export interface FakeEngine {
  /** The unix socket on which it listens. */
  readonly socket: string;
  readonly requests: readonly FakeRequest[];
}

export type Answer = (response: ServerResponse, request: FakeRequest) => void;

/** Serves answers by path on a unix socket until the test is over; whatever is not among them is a 404 as the engine writes it. */
export async function fakeEngine(answers: Readonly<Record<string, Answer>>): Promise<FakeEngine> {
  const socket = join(temporaryFolder(), "engine.sock");
  const requests: FakeRequest[] = [];
  const server = createServer((incoming, response) => {
    const request = requestOf(incoming);
    requests.push(request);
    (answers[request.path] ?? notFound)(response, request);
  });
  await new Promise<void>((resolve) => {
    server.listen(socket, resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { socket, requests };
}

/** An answer in JSON. */
export function json(value: unknown, status = 200): Answer {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
  };
}

const notFound: Answer = json({ message: "No such container: gone" }, 404);

function requestOf({ method = "", url = "" }: IncomingMessage): FakeRequest {
  const { pathname, searchParams } = new URL(url, "http://docker");
  return { method, path: pathname, query: Object.fromEntries(searchParams) };
}
