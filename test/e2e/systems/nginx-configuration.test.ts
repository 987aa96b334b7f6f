import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Balancing,
  type LoadBalancer,
  nginxConfiguration,
  type ServerOptions,
  type UpstreamServer,
  written,
} from "../../../stacks/shared/nginx-configuration.ts";
import { docker } from "../engine.ts";
import { describeWithImages } from "./system.ts";

const CONTAINER = `stackwright-test-nginx-${process.pid}`;
const one = { host: "app-1", port: 5001 } as const;
const two = { host: "127.0.0.2", port: 5002 } as const;

const first = (options: ServerOptions, balancing?: Balancing): LoadBalancer => ({
  servers: [{ ...one, ...options }, two],
  ...(balancing === undefined ? {} : { balancing }),
});
const at = (server: Partial<UpstreamServer>): LoadBalancer => ({ servers: [{ ...one, ...server }] });
const hashed = (key: string): LoadBalancer => ({ servers: [one], balancing: { by: "hash", key } });
/** What the compiler would not let through, but a variable may hold. */
const failTimeout = (text: string): LoadBalancer => first({ failTimeout: text as "1s" });

/** Descriptions with which nginx starts. */
const ACCEPTED: readonly (readonly [title: string, balancer: LoadBalancer])[] = [
  ["round robin", first({})],
  [
    "every parameter",
    {
      servers: [
        { ...one, weight: 3, maxConns: 100, maxFails: 2, failTimeout: "30s" },
        { ...two, backup: true },
      ],
    },
  ],
  ["least connections, with a backup", first({ backup: true }, { by: "least-connections" })],
  [
    "IP hash, with every parameter it knows",
    first({ weight: 2, maxConns: 3, maxFails: 1, failTimeout: "3s", down: true }, { by: "ip-hash" }),
  ],
  ["hash, with quotes", { servers: [one, two], balancing: { by: "hash", key: 'a "quoted" \\ $request_uri', consistent: true } }],
  ["hash, with a name in braces", hashed("${arg_user}-x")],
  ["hash, of nothing", hashed("")],
  ["random, with every parameter it knows", first({ weight: 2, maxConns: 3, maxFails: 1, failTimeout: "3s" }, { by: "random" })],
  ["the better one of two", { servers: [one, two], balancing: { by: "random", two: true } }],
  [
    "one that is down, and a backup",
    {
      servers: [
        { ...one, down: true },
        { ...two, backup: true },
      ],
    },
  ],
  ["one that is down, alone", at({ down: true })],
  ["a server twice", { servers: [one, one] }],
  ["the highest port", at({ port: 65_535 })],
  ["the lowest port", at({ port: 1 })],
  ["an address of IPv6", at({ host: "[::1]" })],
  ["the lowest weight", first({ weight: 1 })],
  ["a large weight", first({ weight: Number.MAX_SAFE_INTEGER })],
  ["no limit of connections", first({ maxConns: 0 })],
  ["any number of failures", first({ maxFails: 0 })],
  ["no time to fail", first({ failTimeout: "0s" })],
  ["minutes", first({ failTimeout: "2m" })],
  ["hours", first({ failTimeout: "999999999h" })],
  ["days", first({ failTimeout: "1d" })],
];

/** Descriptions with which nginx does not start. */
const REFUSED: readonly (readonly [title: string, balancer: LoadBalancer])[] = [
  ["no server", { servers: [] as unknown as LoadBalancer["servers"] }],
  ["a backup alone", at({ backup: true })],
  ["a backup with an IP hash", first({ backup: true }, { by: "ip-hash" })],
  ["a backup with a hash", first({ backup: true }, { by: "hash", key: "$host" })],
  ["a backup at random", first({ backup: true }, { by: "random" })],
  ["a weight of 0", first({ weight: 0 })],
  ["a negative weight", first({ weight: -1 })],
  ["a broken weight", first({ weight: 1.5 })],
  ["a weight that is written with an exponent", first({ weight: 1e21 })],
  ["a broken number of connections", first({ maxConns: 1.5 })],
  ["a negative number of connections", first({ maxConns: -1 })],
  ["a negative number of failures", first({ maxFails: -1 })],
  ["no number at all", first({ maxFails: Number.NaN })],
  ["a broken time", failTimeout("1.5s")],
  ["a time with an exponent", failTimeout("1e3s")],
  ["a negative time", failTimeout("-1s")],
  ["milliseconds", failTimeout("500ms")],
  ["a time of nothing", failTimeout("s")],
  ["a time with more behind it", failTimeout("1s; down")],
  ["port 0", at({ port: 0 })],
  ["a port that is too high", at({ port: 99_999 })],
  ["a broken port", at({ port: 50.5 })],
  ["a host of nothing", at({ host: "" })],
  ["a host of two words", at({ host: "app 1" })],
  ["a host with a semicolon", at({ host: "app;1" })],
  ["a host with a path", at({ host: "app-1/x" })],
  ["a host with a scheme", at({ host: "http://app-1" })],
  ["a host with a variable", at({ host: "$host" })],
  ["a host in quotes", at({ host: '"app-1"' })],
  ["an address of IPv6 without brackets", at({ host: "::1" })],
  ["a key that ends with a dollar", hashed("$request_uri$")],
  ["a key with an open brace", hashed("${request_uri")],
];

describeWithImages("the description of a load balancer", () => {
  beforeAll(async () => {
    await docker("run", "--detach", "--rm", "--name", CONTAINER, "--add-host", "app-1:127.0.0.1", "nginx:1.26", "tail", "-f", "/dev/null");
  });

  afterAll(async () => {
    await docker("rm", "--force", CONTAINER);
  });

  describe("is accepted where nginx starts with it", () => {
    it.each(ACCEPTED)("%s", async (_, balancer) => {
      const { exitCode, stderr } = await nginxTest(nginxConfiguration(balancer));
      expect([exitCode, stderr]).toEqual([0, expect.stringContaining("test is successful")]);
    });
  });

  describe("is refused where nginx would not start with it", () => {
    it.each(REFUSED)("%s", async (_, balancer) => {
      expect(() => nginxConfiguration(balancer)).toThrow(/^nginx: /);
      const { exitCode, stderr } = await nginxTest(written(balancer));
      expect([exitCode, stderr]).toEqual([1, expect.stringContaining("[emerg]")]);
    });
  });
});

function nginxTest(configuration: string) {
  const script = "cat >/etc/nginx/conf.d/default.conf && nginx -t";
  return execa("docker", ["exec", "--interactive", CONTAINER, "sh", "-c", script], { input: configuration, reject: false });
}
