import { describe, expect, it } from "vitest";
import { type Balancing, nginxConfiguration, type UpstreamServer } from "../../stacks/shared/nginx-configuration.ts";

const one: UpstreamServer = { host: "app-1", port: 5000 };
const two: UpstreamServer = { host: "app-2", port: 5000 };

/** The lines of the upstream block. */
function upstream(configuration: string): readonly string[] {
  const [, block = ""] = /upstream servers \{\n([^}]*)\}/.exec(configuration) ?? [];
  return block
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("zone"));
}

describe("a load balancer", () => {
  it.each([
    ["round-robin", { by: "round-robin" }, []],
    ["least connections", { by: "least-connections" }, ["least_conn;"]],
    ["IP hash", { by: "ip-hash" }, ["ip_hash;"]],
    ["hash", { by: "hash", key: "$request_uri" }, ['hash "$request_uri";']],
    ["consistent hash", { by: "hash", key: "$arg_user", consistent: true }, ['hash "$arg_user" consistent;']],
    ["random", { by: "random" }, ["random;"]],
    ["the better of two", { by: "random", two: true }, ["random two least_conn;"]],
  ] as const)("spreads by %s", (_, balancing, directives) => {
    expect(upstream(nginxConfiguration({ servers: [one, two], balancing }))).toEqual([
      ...directives,
      "server app-1:5000;",
      "server app-2:5000;",
    ]);
  });

  it("says how each server takes part", () => {
    const servers = [
      { ...one, weight: 3, maxConns: 10, maxFails: 0, failTimeout: "30s" },
      { ...two, down: true },
      { host: "app-3", port: 5000, backup: true },
    ] as const;
    expect(upstream(nginxConfiguration({ servers }))).toEqual([
      "server app-1:5000 weight=3 max_conns=10 max_fails=0 fail_timeout=30s;",
      "server app-2:5000 down;",
      "server app-3:5000 backup;",
    ]);
  });

  it("is refused with everything at once that is wrong with it", () => {
    const servers = [
      { ...one, weight: 0, maxConns: 1.5 },
      { host: "app 2", port: 99_999, backup: true, failTimeout: "1.5s" },
    ] as const;
    const message = (): string => {
      try {
        return nginxConfiguration({ servers, balancing: { by: "ip-hash" } });
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(message().split("; ")).toEqual([
      "nginx: app-1: 0 is no weight (write a whole number from 1)",
      "app-1: maxConns is 1.5 (write a whole number, 0 for no limit)",
      'app 2: "app 2" is no host (write a name, or an address',
      "one of IPv6 in brackets)",
      "app 2: 99999 is no port (write 1 to 65535)",
      'app 2: failTimeout is "1.5s" (write whole seconds, minutes, hours or days: "10s")',
      "app 2 can't be a backup where servers are chosen by ip-hash",
    ]);
  });

  it("is refused where it is spread in a way that nginx does not know", () => {
    const balancing = { by: "least-time" } as unknown as Balancing;
    expect(() => nginxConfiguration({ servers: [one], balancing })).toThrow('"least-time" is no way to choose a server');
  });

  it("is refused with a host that nginx takes for a socket", () => {
    expect(() => nginxConfiguration({ servers: [{ host: "unix", port: 5000 }] })).toThrow('the host "unix" is taken for a socket');
  });
});
