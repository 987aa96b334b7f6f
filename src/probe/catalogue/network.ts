import { StackError } from "../../errors.ts";
import { oneOf, type Rule, type Rules, required, TEXT } from "../../model/accepted.ts";
import { accepting } from "../../model/accepting.ts";
import type { Probe, Timing } from "../../model/schema/healthcheck.ts";
import { make, probeOptions } from "./make.ts";
import type { Credential, HiddenHeader, Tool } from "./tool.ts";
import { GRPC_SERVICE, HEADERS, HOST, LOGIN, PORT, STATUS, TOOL, URL_PATH } from "./values.ts";

interface NetworkOptions extends Timing {
  /** The port in the container. */
  readonly port: number;
  /** The address in the container. Default: "127.0.0.1"; "::1" for a server that listens on IPv6 only. */
  readonly host?: string;
  /** The program that does the probe. Default: chosen by what the image is known to contain. */
  readonly via?: Tool;
}

/** A status, or a class of them. */
export type Status = number | "2xx" | "3xx" | "4xx" | "5xx";

/** What an HTTP request asks, and what its answer must be. */
export interface HttpRequest {
  /** The path, with its query. Default: "/". */
  readonly path?: `/${string}`;
  /** Default: "GET". */
  readonly method?: "GET" | "HEAD" | "POST";
  /**
   * Headers of the request. A text stands in the emitted file; a secret is read inside the container, from a variable or a file:
   * `{ Authorization: { prefix: "Bearer ", variable: "API_TOKEN" } }`.
   */
  readonly headers?: Readonly<Record<string, string | HiddenHeader>>;
  /** The statuses that are healthy, from 200 on: what announces an answer (103) is none. Default: 2xx and 3xx; redirects are not followed. */
  readonly status?: Status | readonly Status[];
  /** A text that the body must contain, in UTF-8. Default: the body is not looked at. */
  readonly contains?: string;
  /** A user and where its password is found, for basic authentication. */
  readonly login?: { readonly user: string; readonly password: Credential };
}

export interface HttpOptions extends NetworkOptions, HttpRequest {}
export interface TcpOptions extends NetworkOptions {}

export interface GrpcOptions extends Timing {
  /** The port in the container. */
  readonly port: number;
  /** The address in the container. Default: "127.0.0.1". */
  readonly host?: string;
  /** The service that is asked for. Default: "", the server as a whole. */
  readonly service?: string;
  /** The program that does the probe. Default: grpc_health_probe or node, whichever the image contains. */
  readonly via?: "grpc_health_probe" | "node";
}

interface Address {
  readonly port: number;
  readonly host: string;
  readonly via?: Tool | undefined;
}

/** See `probe.http` and `probe.https`. */
export interface HttpProbe extends Probe<"http" | "https">, Address, Omit<HttpRequest, "path"> {
  readonly path: string;
}
/** See `probe.tcp`. */
export interface TcpProbe extends Probe<"tcp">, Address {}
/** See `probe.grpc`. */
export interface GrpcProbe extends Probe<"grpc"> {
  readonly port: number;
  readonly host: string;
  readonly service: string;
  readonly via?: GrpcOptions["via"];
}

const LOOPBACK = "127.0.0.1";
const ADDRESS: Rules = { port: required(PORT), host: HOST, via: TOOL };
const REQUEST: Readonly<Record<keyof HttpRequest, Rule>> = {
  path: URL_PATH,
  method: oneOf("GET", "HEAD", "POST"),
  headers: HEADERS,
  status: STATUS,
  contains: TEXT,
  login: LOGIN,
};

/** See `probe.http`. */
export const http = request("http");

/** See `probe.https`. */
export const https = request("https");

/** See `probe.tcp`. */
export const tcp = accepting(
  "probe.tcp",
  { options: probeOptions(ADDRESS) },
  (options: TcpOptions): TcpProbe => make("tcp", options, { host: LOOPBACK }),
);

/** See `probe.grpc`. */
export const grpc = accepting(
  "probe.grpc",
  { options: probeOptions({ ...ADDRESS, service: GRPC_SERVICE, via: oneOf("grpc_health_probe", "node") }) },
  (options: GrpcOptions): GrpcProbe => make("grpc", options, { host: LOOPBACK, service: "" }),
);

function request(type: "http" | "https"): (options: HttpOptions) => HttpProbe {
  return accepting(`probe.${type}`, { options: probeOptions({ ...ADDRESS, ...REQUEST }) }, (options: HttpOptions): HttpProbe => {
    if (options.method === "HEAD" && options.contains !== undefined) {
      const path = `probe.${type}.contains`;
      throw StackError.of("invalid-stack", "the answer to HEAD has no body; ask with GET", { path, kind: "attribute" });
    }
    return make<HttpProbe>(type, options, { host: LOOPBACK, path: "/" });
  });
}
