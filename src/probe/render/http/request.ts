import type { HttpRequest } from "../../catalogue/network.ts";
import type { Credential } from "../../catalogue/tool.ts";

/** A request as the ways need it. */
export interface Request extends Omit<HttpRequest, "path" | "method"> {
  readonly scheme: "http" | "https";
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly method: "GET" | "HEAD" | "POST";
}

/** The URL, with an IPv6 address in brackets. */
export function urlOf({ scheme, port, path, ...request }: Request): string {
  return `${scheme}://${hostOf(request)}:${port}${path}`;
}

/** The request as it goes over the wire. */
export function requestLines(request: Request): readonly string[] {
  const { method, path, port, headers = {}, contains } = request;
  // A body in chunks could have a text cut in two; version 1.0 has none, but some proxies refuse it: only where a body is read.
  const version = contains === undefined ? "1.1" : "1.0";
  const given = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  return [
    `${method} ${path} HTTP/${version}`,
    ...(given.has("host") ? [] : [`Host: ${hostOf(request)}:${port}`]),
    ...(method === "POST" ? ["Content-Length: 0"] : []),
    ...headerLines(request),
    "Connection: close",
  ];
}

/** The headers that are written down, one `Name: value` each. */
export function headerLines(request: Pick<Request, "headers">): readonly string[] {
  return Object.entries(writtenHeaders(request)).map(([name, value]) => `${name}: ${value}`);
}

/** The headers that are written down. */
export function writtenHeaders({ headers = {} }: Pick<Request, "headers">): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])));
}

/** A header whose value is read inside the container: what is sent before the value, and where that is. */
export interface HiddenLine {
  readonly name: string;
  readonly prefix: string;
  readonly value: Credential;
}

/** The headers that are read inside the container. */
export function hiddenHeaders({ headers = {} }: Pick<Request, "headers">): readonly HiddenLine[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    typeof value === "string" ? [] : [{ name, prefix: value.prefix ?? "", value }],
  );
}

function hostOf({ host }: Pick<Request, "host">): string {
  return host.includes(":") ? `[${host}]` : host;
}
