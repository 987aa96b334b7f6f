import { describe, expect, it } from "vitest";
import { nginxConfiguration, type UpstreamServer } from "../../stacks/shared/nginx.ts";

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

  it("is refused with a backup where nginx would refuse it at start", () => {
    const servers = [one, { ...two, backup: true }] as const;
    expect(() => nginxConfiguration({ servers, balancing: { by: "ip-hash" } })).toThrow("app-2 can't be a backup");
  });

  it("is refused where no server is left to serve", () => {
    expect(() =>
      nginxConfiguration({
        servers: [
          { ...one, down: true },
          { ...two, backup: true },
        ],
      }),
    ).toThrow("none is left");
  });
});
