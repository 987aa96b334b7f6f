import { from, needs, probe, type StartAfterOptions, service, stack, startAfter } from "stackwright";
import { describe, expect, it } from "vitest";
import { checkStack } from "../../src/check/check-stack.ts";
import type { AskedProbe } from "../../src/probe/catalog.ts";
import { CASES } from "./golden-cases.ts";

describe("startAfter", () => {
  it("is a shell that becomes the command", () => {
    const [shell, option, script, name, ...command] = startAfter([needs.tcp("db", 5432)], ["node", "server.mjs", "it's $HOME"]);
    expect([shell, option, name, ...command]).toEqual(["sh", "-c", "start-after", "node", "server.mjs", "it's $HOME"]);
    expect(script?.endsWith('\nexec "$@"')).toBe(true);
  });

  it("asks for each need in the order given, its words quoted for the shell", () => {
    const all = [
      needs.http("http://api/rng?a=1&b=2"),
      needs.tcp("db", 5432),
      needs.command(["/check", "-u", "it's"]),
      needs.shell("a &&\n b"),
    ] as const;
    expect(
      scriptOf(all)
        .split("\n")
        .filter((line) => line.startsWith("await ") || line.startsWith(" b'")),
    ).toEqual([
      "await 'http://api/rng?a=1&b=2' http 'http://api/rng?a=1&b=2' api 80 '/rng?a=1&b=2' api",
      "await db:5432 tcp db 5432",
      "await '/check -u it'\\''s' limited /check -u 'it'\\''s'",
      "await 'a && b' limited sh -c 'a &&",
      " b'",
    ]);
  });

  it("contains only what is used", () => {
    expect(scriptOf([needs.command(["true"])])).not.toMatch(/curl|dev\/tcp/);
    expect(scriptOf([needs.tcp("a", 1)])).not.toContain("curl");
  });

  it("has limits, which can be set", () => {
    expect(scriptOf([needs.tcp("a", 1)])).toContain("sw_within=30 sw_interval=1 sw_timeout=5 sw_retries=-1");
    expect(scriptOf([needs.tcp("a", 1)], { within: "1m", interval: "250ms", timeout: "1500ms", retries: 0 })).toContain(
      "sw_within=60 sw_interval=0.25 sw_timeout=2 sw_retries=0",
    );
  });

  it("asks for a URL as it was written", () => {
    const awaited = (url: `http://${string}`) => /^await \S+ http \S+ (.*)$/m.exec(scriptOf([needs.http(url)]))?.[1];
    expect(awaited("http://[::1]:8080")).toBe("::1 8080 / '[::1]:8080'");
    expect(awaited("http://api:8080/a/../b#c")).toBe("api 8080 /a/../b api:8080");
    expect(scriptOf([needs.http("https://api/x")])).toMatch(/^await https:\/\/api\/x http https:\/\/api\/x$/m);
    expect(() => needs.http("http://")).toThrow(expect.objectContaining({ code: "invalid-stack" }));
  });

  const ASKED = CASES.flatMap(([name, probed]) => {
    const asked = () => startAfter([needs.probe("the-server", probed as AskedProbe)], ["x"]);
    return [[name, asked] as const];
  });
  const OWN = /^(command|shell|script|process|file|file-max-age|all|any|fromImage|none)$/;

  it.each(ASKED.filter(([name]) => OWN.test(name)))("asks no server by a probe that looks at its own container: %s", (name, asked) => {
    expect(asked).toThrow(`probe.${name.replace("-max-age", "")} looks at its own container`);
  });

  const LOCAL = /^(caddy|traefik|rabbitmq-diagnostics|tcp-via)$/;

  it.each(ASKED.filter(([name]) => !OWN.test(name) && !LOCAL.test(name)))("asks by the server's name, and nowhere else: %s", (_, asked) => {
    const [, question = ""] = /^await (?:'[^']*') limited sh -c ('# by [\s\S]*)\nexec "\$@"$/m.exec(asked()[2] ?? "") ?? [];
    expect(question).toContain("the-server");
    expect(question).not.toMatch(/127\.0\.0\.1|localhost|::1|uname|hostname/);
  });

  it.each([
    ["the admin endpoint of Caddy", probe.caddy(), "probe.caddy asks the admin endpoint"],
    ["the configuration of Traefik", probe.traefik(), "probe.traefik reads the configuration"],
    ["the diagnostics of a node", probe.rabbitmq({ diagnostics: true }), "probe.rabbitmq asks its own node"],
    ["a timing", probe.redis({ interval: "1s" }), "probe.redis has a timing of its own (interval)"],
    ["a program that can't", probe.tcp({ port: 1, via: "curl" }), "probe.tcp can be asked by no program"],
  ])("refuses %s", (_, asked, message) => {
    expect(() => needs.probe("server", asked)).toThrow(message);
  });

  it("refuses a name that is none", () => {
    expect(() => needs.probe("a b", probe.redis())).toThrow('"a b" is not an address or a host name');
  });

  it.each([
    ["debian:13-slim", needs.probe("db", probe.postgres()), "debian:13-slim has no pg_isready, and startAfter needs it there"],
    ["memcached:1", needs.probe("api", probe.https({ port: 443 })), "memcached:1 has no curl, no wget, no python3, no node,"],
  ])("is refused in %s, which has nothing that can ask", (image, need, message) => {
    const made = stack("s", [service("a", { image, command: startAfter([need], ["x"]) })]);
    expect(() => checkStack(made)).toThrow(message);
  });

  it("is right in an image that has the client", () => {
    const command = startAfter([needs.probe("db", probe.postgres()), needs.probe("api", probe.http({ port: 80 }))], ["x"]);
    expect(() => checkStack(stack("s", [service("a", { image: "postgres:17", command })]))).not.toThrow();
  });

  it.each([
    ["nats:2", [needs.tcp("db", 5432)], "nats:2 has no sh"],
    ["gcr.io/distroless/nodejs22-debian12", [needs.command(["true"])], "has no sh"],
  ] as const)("is refused in %s, which can't do it", (image, all, message) => {
    const made = stack("s", [service("a", { image, command: startAfter(all, ["x"]) })]);
    expect(() => checkStack(made)).toThrow(
      expect.objectContaining({ issues: [expect.objectContaining({ path: "a.command", message: expect.stringContaining(message) })] }),
    );
  });

  it("is refused in a described Dockerfile whose image can't do it", () => {
    const waits = startAfter([needs.tcp("db", 5432)], ["x"]);
    const dockerfile = from("nats:2").entrypoint(waits);
    const refused = expect.objectContaining({
      issues: [expect.objectContaining({ path: "a.build.dockerfile", message: "nats:2 has no sh, and startAfter needs it there" })],
    });
    expect(() => checkStack(stack("s", [service("a", { build: { dockerfile } })]))).toThrow(refused);
    expect(() => checkStack(stack("s", [service("a", { build: { dockerfile: from(dockerfile).cmd(["y"]) } })]))).toThrow(refused);
    expect(() => checkStack(stack("s", [service("a", { build: { dockerfile }, entrypoint: ["/nats-server"] })]))).not.toThrow();
  });

  it.each<[string, Parameters<typeof service>[1], string | undefined]>([
    ["as a command", { image: "busybox:1.37", command: startAfter([needs.command(["true"])], []) }, "a.command"],
    [
      "as an entry point without a command",
      { image: "busybox:1.37", entrypoint: startAfter([needs.command(["true"])], []) },
      "a.entrypoint",
    ],
    [
      "as an entry point with an empty command",
      { image: "busybox:1.37", entrypoint: startAfter([needs.command(["true"])], []), command: [] },
      "a.entrypoint",
    ],
    [
      "as the entry point of an image whose command was the base's",
      { build: { dockerfile: from(from("busybox:1.37").cmd(["x"])).entrypoint(startAfter([needs.command(["true"])], [])) } },
      "a.build.dockerfile",
    ],
    [
      "as an entry point with a command",
      { image: "busybox:1.37", entrypoint: startAfter([needs.command(["true"])], []), command: "sleep 1" },
      undefined,
    ],
    [
      "as the entry point of an image with a command",
      { build: { dockerfile: from(from("busybox:1.37").entrypoint(startAfter([needs.command(["true"])], []))).cmd("x") } },
      undefined,
    ],
    [
      "as the entry point of an image, with a command of the service",
      { build: { dockerfile: from("busybox:1.37").entrypoint(startAfter([needs.command(["true"])], [])) }, command: ["x"] },
      undefined,
    ],
  ])("is refused where there is nothing to start: %s", (_, spec, path) => {
    const check = () => checkStack(stack("s", [service("a", spec)]));
    if (path === undefined) expect(check).not.toThrow();
    else {
      const issue = expect.objectContaining({ path, message: expect.stringContaining("no command to start") });
      expect(check).toThrow(expect.objectContaining({ issues: [issue] }));
    }
  });

  it.each(["redis:7", "busybox:1.37", "acme/api:1"])("is taken in %s", (image) => {
    const command = startAfter([needs.http("http://api/")], ["x"]);
    expect(() => checkStack(stack("s", [service("a", { image, command })]))).not.toThrow();
  });

  it.each([
    [{ within: "5 sec" as never }, "startAfter.within"],
    [{ retries: -1 }, "startAfter.retries"],
    [{ retries: 1.5 }, "startAfter.retries"],
  ])("refuses %j", (options, path) => {
    expect(() => scriptOf([needs.tcp("a", 1)], options)).toThrow(
      expect.objectContaining({ code: "invalid-stack", issues: [expect.objectContaining({ path })] }),
    );
  });
});

function scriptOf(all: Parameters<typeof startAfter>[0], options?: StartAfterOptions): string {
  return startAfter(all, ["x"], options)[2] ?? "";
}
