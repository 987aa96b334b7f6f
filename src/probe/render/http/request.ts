import type { HttpRequest } from "../../catalogue/network.ts";

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

/** The user's headers, one `Name: value` each. */
export function headerLines({ headers = {} }: Pick<Request, "headers">): readonly string[] {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
}

function hostOf({ host }: Pick<Request, "host">): string {
  return host.includes(":") ? `[${host}]` : host;
}
