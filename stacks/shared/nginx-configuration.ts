import { problemsOf } from "./nginx-problems.ts";

/** How requests are spread over the servers. @see https://nginx.org/en/docs/http/ngx_http_upstream_module.html */
export type Balancing =
  | { readonly by: "round-robin" }
  | { readonly by: "least-connections" }
  | { readonly by: "ip-hash" }
  /** By a text with nginx's variables, e.g. "$request_uri" or "${arg_user}"; consistent: a server that comes or goes moves few keys. */
  | { readonly by: "hash"; readonly key: string; readonly consistent?: boolean }
  /** Any server, or the better one of two. */
  | { readonly by: "random"; readonly two?: boolean };

/** How a server takes part. */
export interface ServerOptions {
  /** Its share beside the others'; a whole number from 1. Default: 1. */
  readonly weight?: number;
  /** The most connections it gets at once; 0 is no limit. Default: 0. */
  readonly maxConns?: number;
  /** Failures within `failTimeout` that make it unavailable for as long; 0 never does. Default: 1. */
  readonly maxFails?: number;
  /** See `maxFails`; whole seconds, minutes, hours or days, e.g. "10s". Default: "10s". */
  readonly failTimeout?: `${number}${"s" | "m" | "h" | "d"}`;
  /** Gets requests only while the others are unavailable; not with a hash, nor at random. Default: false. */
  readonly backup?: boolean;
  /** Gets none. Default: false. */
  readonly down?: boolean;
}

/** A server behind the balancer. */
export interface UpstreamServer extends ServerOptions {
  /** The host name of a service, or an address; one of IPv6 in brackets. */
  readonly host: string;
  /** 1 to 65535. */
  readonly port: number;
}

/** A load balancer: what it spreads requests over, and how. */
export interface LoadBalancer {
  readonly servers: readonly [UpstreamServer, ...UpstreamServer[]];
  /** Default: round robin. */
  readonly balancing?: Balancing;
}

/**
 * The configuration as nginx reads it, for /etc/nginx/conf.d.
 *
 * @throws {Error} naming everything for which nginx would not start. Whether it knows the variables of a key and finds the hosts,
 *   only nginx can tell.
 */
export function nginxConfiguration(balancer: LoadBalancer): string {
  const problems = problemsOf(balancer);
  if (problems.length > 0) throw new Error(`nginx: ${problems.join("; ")}`);
  return written(balancer);
}

/** The configuration of a balancer that nobody has looked at. */
export function written({ servers, balancing = { by: "round-robin" } }: LoadBalancer): string {
  const upstream = [...directives(balancing), ...servers.map(serverDirective)];
  return `upstream servers {
${upstream.map((line) => `    ${line}`).join("\n")}
}

server {
    listen 80;

    location = /nginx-health {
        access_log off;
        return 200 "ok\\n";
    }

    location / {
        proxy_pass http://servers;
        proxy_set_header Host $host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        # A server that can't be reached or hangs up must cost a second and no request.
        proxy_connect_timeout 1s;
        proxy_next_upstream error timeout;
    }
}
`;
}

// Each server has an address list of its own in every worker: what is counted has to be shared by them.
function directives(balancing: Balancing): readonly string[] {
  const zone = "zone servers 64k;";
  switch (balancing.by) {
    case "round-robin":
      return [zone];
    case "least-connections":
      return [zone, "least_conn;"];
    case "ip-hash":
      return [zone, "ip_hash;"];
    case "hash":
      return [zone, `hash ${quoted(balancing.key)}${balancing.consistent === true ? " consistent" : ""};`];
    case "random":
      return [zone, `random${balancing.two === true ? " two least_conn" : ""};`];
  }
}

function serverDirective({ host, port, weight, maxConns, maxFails, failTimeout, backup, down }: UpstreamServer): string {
  const parameters = [
    weight === undefined ? "" : `weight=${weight}`,
    maxConns === undefined ? "" : `max_conns=${maxConns}`,
    maxFails === undefined ? "" : `max_fails=${maxFails}`,
    failTimeout === undefined ? "" : `fail_timeout=${failTimeout}`,
    backup === true ? "backup" : "",
    down === true ? "down" : "",
  ];
  return `${["server", `${host}:${port}`, ...parameters.filter((each) => each !== "")].join(" ")};`;
}

function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
