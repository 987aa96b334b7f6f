import { probe } from "stackwright";
import { describe, expect, it } from "vitest";
import { parseProbe } from "../../src/cli/probe-argument.ts";

// What the types refuse has to be refused in JavaScript and in the command line's JSON, too.
const loose = probe as unknown as Record<string, (...values: unknown[]) => unknown>;

describe("a value that a probe does not accept is refused where the probe is made", () => {
  it.each<[name: string, place: string, values: readonly unknown[]]>([
    ["a blank in a path", "http.path", [{ port: 80, path: "/a b" }]],
    ["a line break in a path", "http.path", [{ port: 80, path: "/a\r\nX: y" }]],
    ["a path without its slash", "nginx.path", [{ path: "health" }]],
    ["a line break in a header", "http.headers", [{ port: 80, headers: { "X-A": "a\r\nX-B: b" } }]],
    ["a zero byte in a header", "http.headers", [{ port: 80, headers: { "X-A": "a\0" } }]],
    ["a blank in a header's name", "https.headers", [{ port: 80, headers: { "X A": "a" } }]],
    ["a header without a source", "http.headers", [{ port: 80, headers: { "X-A": { prefix: "a" } } }]],
    ["a header of two sources", "http.headers", [{ port: 80, headers: { "X-A": { variable: "A", file: "/a" } } }]],
    ["a line break in a header's prefix", "http.headers", [{ port: 80, headers: { "X-A": { variable: "A", prefix: "a\n" } } }]],
    ["port 0", "tcp.port", [{ port: 0 }]],
    ["port 65536", "redis.port", [{ port: 65_536 }]],
    ["a port that is a text", "postgres.port", [{ port: "5432" }]],
    ["no status", "http.status", [{ port: 80, status: [] }]],
    ["status 99", "http.status", [{ port: 80, status: 99 }]],
    ["half a class of statuses", "http.status", [{ port: 80, status: [200, "20x"] }]],
    ["an address with a blank", "grpc.host", [{ port: 80, host: "a b" }]],
    ["a body of HEAD", "http.contains", [{ port: 80, method: "HEAD", contains: "up" }]],
    ["another method", "http.method", [{ port: 80, method: "PUT" }]],
    ["a variable that no shell knows", "redis.password", [{ password: { variable: "REDIS-PASSWORD" } }]],
    ["a variable that is a script", "mysql.password", [{ password: { variable: "A$(id)" } }]],
    ["a password itself", "postgres.password", [{ password: "hunter2" }]],
    ["a login whose user has a colon", "http.login", [{ port: 80, login: { user: "a:b", password: { variable: "P" } } }]],
    ["no command", "command.command", [[]]],
    ["an empty program", "command.command", [[""]]],
    ["an empty script", "shell.script", [" "]],
    ["no name", "process.name", [""]],
    ["an age that is none", "file.maxAge", ["/alive", { maxAge: "soon" }]],
    ["a service's name of 128 bytes", "grpc.service", [{ port: 80, service: "é".repeat(64) }]],
    ["no probes", "all.probes", [[]]],
    ["a probe that is none", "any.probes", [[{}]]],
    ["no options where a port is needed", "tcp.port", []],
    ["no port", "grpc.port", [{ service: "a" }]],
    ["no script file", "script.file", []],
    ["no path", "file.path", []],
    ["an option of another probe", "tcp.path", [{ port: 80, path: "/" }]],
    ["a timing that would be lost", "all.probes", [[probe.tcp({ port: 80, timeout: "2s" })]]],
  ])("%s", (_, place, values) => {
    const [type = ""] = place.split(".");
    expect(() => loose[type]?.(...values)).toThrow(
      expect.objectContaining({ code: "invalid-stack", issues: [expect.objectContaining({ path: `probe.${place}` })] }),
    );
  });

  it("says what is accepted", () => {
    expect(() => probe.tcp({ port: 70_000 })).toThrow("probe.tcp.port  70000 is not a port (a whole number from 1 to 65535)");
  });

  it("names what is near, and all that is accepted, for an option that the probe does not have", () => {
    const timings = "interval, timeout, retries, startPeriod, startInterval";
    expect(() => loose["redis"]?.({ prot: 1 })).toThrow(
      `probe.redis.prot  is not an option; did you mean "port"? (accepted: port, password, ${timings})`,
    );
    expect(() => loose["nats"]?.({ tls: true })).toThrow(`probe.nats.tls  is not an option (accepted: port, ${timings})`);
    expect(() => loose["nats"]?.("4222")).toThrow(`probe.nats  takes its options in an object (accepted: port, ${timings})`);
  });

  it("names all that is wrong at once", () => {
    expect(() => loose["http"]?.({ prot: 80, status: 1 })).toThrow(
      expect.objectContaining({
        issues: ["port", "prot", "status"].map((name) => expect.objectContaining({ path: `probe.http.${name}` })),
      }),
    );
  });

  it("lets extensions pass, as everywhere else", () => {
    expect(() => loose["nats"]?.({ "x-note": "mine" })).not.toThrow();
  });

  it("does not show what may be a secret", () => {
    expect(() => loose["http"]?.({ port: 80, headers: { Authorization: "Bearer hunter2\n" } })).toThrow(/^(?!.*hunter2)/);
  });

  it("in the command line's JSON, too", () => {
    expect(() => parseProbe('http:80 {"status": []}')).toThrow("probe.http.status");
    expect(() => parseProbe("tcp:70000")).toThrow("probe.tcp.port");
  });
});

it("what is at the edge is accepted", () => {
  expect(() => [
    probe.process("tmux: server"),
    probe.process("a-name-of-more-than-15-characters"),
    probe.tcp({ port: 65_535, host: "::1" }),
    probe.http({ port: 1, path: "/a%20b?c=[1]&d={2}", status: [200, 599, "5xx"], headers: { "X-A": "a\tb", "x!": "" } }),
    probe.grpc({ port: 80, service: "é".repeat(63) }),
    probe.all([probe.shell("exit 0")], { interval: "5s" }),
    probe.file("/a b", { maxAge: "1m" }),
  ]).not.toThrow();
});
