import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { probe } from "stackwright";
import type { AnyProbe } from "../../src/probe/catalog.ts";
import type { HttpOptions, HttpProbe } from "../../src/probe/catalogue/network.ts";

// What servers answer, and what every program must make of it: one probe, one verdict, whatever the image has.

/** The program that does a probe; busybox has a wget of its own. */
export type Program = "curl" | "wget" | "busybox wget" | "bash" | "perl" | "python3" | "node";

/** An answer, what a probe asks of it, and whether that is healthy. */
export interface Answer {
  readonly title: string;
  /** Default: 200 and its reason, without a body. */
  readonly answer: RequestListener;
  readonly asks?: Omit<HttpOptions, "port" | "path">;
  readonly healthy: boolean;
  /** Programs for which docs/probes.md says that it is otherwise; `unsure`: it may be. */
  readonly otherwise?: readonly Program[];
  readonly unsure?: readonly Program[];
}

const GREETING = "größe – 大丈夫";
const ODD = "a*b?[c] $(x) `y` \\z '\"{}%s";
const HUGE = "x".repeat(3_000_000);

const status =
  (code: number, body = "", headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    void response.writeHead(code, headers).end(body);
const body = (text: string): RequestListener => status(200, text);

/** Bytes as they go over the wire, and then the end. */
const raw =
  (text: string): RequestListener =>
  (request) =>
    void request.socket.end(text);

/** Each byte for itself, so that no border of a chunk falls between two characters. */
async function byteByByte(_: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const byte of Buffer.from(GREETING)) {
    response.write(Buffer.from([byte]));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  response.end();
}

/** A server that takes no request with a body whose length it is not told. */
const strict =
  (method: string, text = ""): RequestListener =>
  (request, response) => {
    const hasLength = request.headers["content-length"] === "0" || request.headers["transfer-encoding"] !== undefined;
    response.writeHead(request.method !== method ? 405 : method === "POST" && !hasLength ? 411 : 200).end(text);
  };

const early: RequestListener = (_, response) => {
  response.writeEarlyHints({ link: "</a.css>; rel=preload; as=style" });
  setTimeout(() => response.end("it's up"), 20);
};
const afterContinue: RequestListener = (_, response) => {
  response.writeContinue();
  setTimeout(() => response.end("it's up"), 20);
};
const early404: RequestListener = (_, response) => {
  response.writeEarlyHints({ link: "</a.css>; rel=preload; as=style" });
  response.writeHead(404).end();
};

/** To a page that answers with 500. */
const redirect = (to = "/500"): RequestListener => status(302, "", { location: to });

export const ANSWERS: readonly Answer[] = [
  ...[200, 204, 205, 206, 300, 304].map((code) => ({ title: `${code}`, answer: status(code), healthy: true })),
  ...[400, 401, 404, 429, 500, 503].map((code) => ({
    title: `${code}`,
    answer: status(code, "it's up"),
    healthy: false,
  })),
  { title: "304 where it is asked for", answer: status(304), asks: { status: 304 }, healthy: true },
  { title: "304 where 2xx is asked for", answer: status(304), asks: { status: "2xx" }, healthy: false },
  { title: "401 where it is asked for", answer: status(401), asks: { status: [200, 401] }, healthy: true },
  { title: "a redirect to an error", answer: redirect(), healthy: true },
  { title: "a redirect to nowhere", answer: redirect("http://127.0.0.1:1/"), healthy: true },
  { title: "a redirect to a page, where 200 is asked for", answer: redirect("/200"), asks: { status: 200 }, healthy: false },
  {
    title: "a redirect with a text, to another page",
    answer: status(302, "it's up", { location: "/200" }),
    asks: { contains: "it's up" },
    healthy: true,
    otherwise: ["wget", "busybox wget"],
  },
  { title: "103 Early Hints before it", answer: early, healthy: true, otherwise: ["busybox wget"] },
  { title: "103 before 404", answer: early404, healthy: false },
  { title: "103, and a text", answer: early, asks: { contains: "it's up" }, healthy: true, otherwise: ["busybox wget"] },
  { title: "100 Continue before it", answer: afterContinue, healthy: true },
  { title: "100, and a text", answer: afterContinue, asks: { contains: "it's up" }, healthy: true },
  { title: "no reason beside the status", answer: raw("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n"), healthy: true },
  { title: "HTTP/1.0 without a length", answer: raw("HTTP/1.0 200 OK\r\n\r\nit's up"), asks: { contains: "it's up" }, healthy: true },
  { title: "nothing but the end of the connection", answer: raw(""), healthy: false },
  { title: "another protocol", answer: raw("220 mail.example ESMTP\r\n"), healthy: false },
  { title: "POST to a strict server", answer: strict("POST"), asks: { method: "POST" }, healthy: true },
  { title: "POST and a text", answer: strict("POST", "it's up"), asks: { method: "POST", contains: "it's up" }, healthy: true },
  { title: "POST where it is not allowed", answer: strict("GET"), asks: { method: "POST" }, healthy: false },
  { title: "HEAD", answer: status(200, "", { "content-length": "4096" }), asks: { method: "HEAD" }, healthy: true },
  { title: "HEAD, and 404", answer: status(404, "", { "content-length": "4096" }), asks: { method: "HEAD" }, healthy: false },
  { title: "HEAD, and 404 as asked for", answer: status(404), asks: { method: "HEAD", status: 404 }, healthy: true },
  { title: "a text", answer: body("it's up"), asks: { contains: "it's up" }, healthy: true },
  { title: "another text", answer: body("it's down"), asks: { contains: "it's up" }, healthy: false },
  { title: "a text in an error", answer: status(500, "it's up"), asks: { contains: "it's up" }, healthy: false },
  { title: "a text in a header", answer: status(200, "", { "x-state": "it's up" }), asks: { contains: "it's up" }, healthy: false },
  { title: "a text in many small pieces, not of ASCII", answer: byteByByte, asks: { contains: GREETING }, healthy: true },
  { title: "another one", answer: byteByByte, asks: { contains: GREETING.replace("ö", "ä") }, healthy: false },
  { title: "a text with characters that mean something to shells", answer: body(`..${ODD}..`), asks: { contains: ODD }, healthy: true },
  { title: "none of what these could stand for", answer: body("aXbYc x y z"), asks: { contains: "a*b?[c] x y z" }, healthy: false },
  { title: "a line with its end", answer: body("ok\n"), asks: { contains: "ok\n" }, healthy: true },
  { title: "a line without its end", answer: body("ok"), asks: { contains: "ok\n" }, healthy: false },
  { title: "several ends of lines", answer: body("ok\n\n\n"), asks: { contains: "ok\n\n\n" }, healthy: true },
  { title: "a body that ends in digits", answer: body("0200"), asks: { contains: "02002", status: 200 }, healthy: false },
  { title: "a full stop, which is not there", answer: body("up"), asks: { contains: "." }, healthy: false },
  { title: "a text after zero bytes", answer: body("a\0\0b it's up"), asks: { contains: "it's up" }, healthy: true },
  { title: "a text at the end of 3 MB", answer: body(`${HUGE}it's up`), asks: { contains: "it's up" }, healthy: true },
  { title: "3 MB without the text", answer: body(HUGE), asks: { contains: "it's up" }, healthy: false },
  { title: "3 MB that nobody asks for", answer: body(HUGE), healthy: true },
  {
    title: "a body that never ends",
    answer: (_, response) => void response.write("begin"),
    asks: { timeout: "2s" },
    healthy: true,
    otherwise: ["curl"],
    unsure: ["wget", "busybox wget"],
  },
  {
    title: "a body that breaks off",
    answer: raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegin"),
    healthy: true,
    otherwise: ["curl"],
  },
];

/** A server of all these answers, each at a path of its own, until it is disposed of. */
export async function serveAnswers(): Promise<AsyncDisposable & { probeOf(answer: Answer, via: HttpProbe["via"]): AnyProbe }> {
  const server: Server = createServer((request, response) => {
    const [, index, code] = /^\/(?:answer-(\d+)|(\d{3}))$/.exec(request.url ?? "") ?? [];
    const listener = code === undefined ? ANSWERS[Number(index)]?.answer : status(Number(code));
    (listener ?? status(404))(request, response);
  });
  // A request whose body nobody announced is answered by the listener as well.
  server.on("clientError", (_, socket: Socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    probeOf: (answer, via) =>
      probe.http({ port, path: `/answer-${ANSWERS.indexOf(answer)}`, ...(via === undefined ? {} : { via }), ...answer.asks }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What a program must make of an answer; `undefined` where that can't be told. */
export function verdictOf({ healthy, otherwise = [], unsure = [] }: Answer, program: Program): boolean | undefined {
  return unsure.includes(program) ? undefined : healthy !== otherwise.includes(program);
}

/** Whether a program can ask for it at all; where not, it is never chosen. */
export function canAsk({ asks = {} }: Answer, program: Program): boolean {
  const isWget = program === "wget" || program === "busybox wget";
  return !isWget || ((asks.method ?? "GET") === "GET" && (asks.status === undefined || asks.contains === undefined));
}
