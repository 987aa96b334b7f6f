import { type Dockerfile, from, image, inDockerfile, needs, probe, StackError, startAfter, variable } from "stackwright";
import { describe, expect, it } from "vitest";

// What the types refuse has to be refused in JavaScript, too: never taken as it is, never a TypeError.
type Loose = (...values: readonly unknown[]) => unknown;
const loose = (one: unknown): Loose => one as Loose;

/** A call that is right, and its arguments. */
interface Right {
  readonly call: Loose;
  readonly values: readonly unknown[];
}

/** A method of a Dockerfile, on one that is new each time. */
function method(name: keyof Dockerfile, ...values: readonly unknown[]): [string, Right] {
  return [`from().${name}`, { call: (...given) => loose(from("x")[name])(...given), values }];
}

const plain: Record<string, unknown> = { ...probe };
const withPort = new Set(["http", "https", "tcp", "grpc"]);
const withFirst: Readonly<Record<string, unknown>> = {
  command: ["true"],
  shell: "true",
  script: "/check",
  process: "nginx",
  file: "/ready",
  all: [probe.redis()],
  any: [probe.redis()],
};

const TABLE: ReadonlyMap<string, Right> = new Map([
  ...Object.keys(plain).map((name): [string, Right] => {
    const first = withFirst[name] ?? (withPort.has(name) ? { port: 80 } : undefined);
    return [`probe.${name}`, { call: loose(plain[name]), values: name === "none" ? [] : name in withFirst ? [first, {}] : [first ?? {}] }];
  }),
  ["needs.http", { call: loose(needs.http), values: ["http://api/"] }],
  ["needs.tcp", { call: loose(needs.tcp), values: ["db", 5432] }],
  ["needs.probe", { call: loose(needs.probe), values: ["db", probe.redis()] }],
  ["needs.command", { call: loose(needs.command), values: [["true"]] }],
  ["needs.shell", { call: loose(needs.shell), values: ["true"] }],
  ["startAfter", { call: loose(startAfter), values: [[needs.tcp("db", 5432)], ["x"], {}] }],
  ["image", { call: loose(image), values: ["x", {}] }],
  ["inDockerfile", { call: loose(inDockerfile), values: [probe.redis(), {}] }],
  ["variable", { call: loose(variable), values: ["NAME"] }],
  ["from", { call: loose(from), values: ["x", {}] }],
  method("add", "a", "b", {}),
  method("arg", "NAME", "value"),
  method("cmd", ["x"]),
  method("comment", "text"),
  method("copy", "a", "b", {}),
  method("entrypoint", ["x"]),
  method("env", { A: "b" }),
  method("expose", 80),
  method("file", "/a", "text", {}),
  method("healthcheck", probe.redis()),
  method("label", { a: "b" }),
  method("onbuild", (later: Dockerfile) => later.run("true")),
  method("run", "true", {}),
  method("shell", ["/bin/sh", "-c"]),
  method("stopsignal", "SIGINT"),
  method("user", "node"),
  method("volume", "/a"),
  method("workdir", "/a"),
]);

it("the table has every function of the catalogue, of needs, and every method of a Dockerfile", () => {
  const methods = Object.entries(from("x")).filter(([, value]) => typeof value === "function");
  const names = [
    ...Object.keys(probe).map((name) => `probe.${name}`),
    ...Object.keys(needs).map((name) => `needs.${name}`),
    ...methods.map(([name]) => `from().${name}`),
  ];
  expect(names.filter((name) => !TABLE.has(name))).toEqual([]);
});

/** The issues of what a call throws; it must be one clear message each, at the place of the call. */
function refusalOf(run: () => unknown): readonly StackError["issues"][number][] {
  try {
    run();
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    return error.issues;
  }
  return [];
}

const WRONG: readonly (readonly [kind: string, value: unknown])[] = [
  ["null", null],
  ["a number below zero", -1.5],
  ["not a number", Number.NaN],
  ["a bigint", 1n],
  ["a symbol", Symbol("x")],
  ["a date", new Date(0)],
  ["a list of a list", [[1]]],
  ["a list with a hole", new Array(2)],
  ["an object of something else", { nothing: { known: 1 } }],
];

describe.each([...TABLE])("%s", (name, { call, values }) => {
  it("takes what is right", () => {
    expect(refusalOf(() => call(...values))).toEqual([]);
  });

  it.runIf(values.length > 0)("refuses every argument of a wrong kind, with its name and the place of the call", () => {
    for (const [index] of values.entries()) {
      for (const [kind, wrong] of WRONG) {
        const issues = refusalOf(() => call(...values.toSpliced(index, 1, wrong)));
        expect({ kind, refused: issues.length > 0 }).toEqual({ kind, refused: true });
        for (const { path, message, source } of issues) {
          expect(path).toMatch(new RegExp(`^${name.replaceAll(/[()]/g, "\\$&")}(\\.|$)`));
          expect(message).not.toMatch(/undefined|\[object|Cannot read/);
          expect(source).toMatch(/arguments\.test\.ts:\d+:\d+$/);
        }
      }
    }
  });

  it("refuses options that it does not have", () => {
    const last = values.at(-1);
    const isBag = typeof last === "object" && last !== null && !Array.isArray(last) && !("kind" in last) && !/\.(env|label)$/.test(name);
    const given = isBag ? [...values.slice(0, -1), { ...last, retrys: 3 }] : [...values, { retrys: 3 }];
    const [issue] = refusalOf(() => call(...given));
    // Ports, paths and names have no options after them: there it is one more of them, and a wrong one.
    expect(issue?.message).toMatch(/is not an option|takes no options|^this object is not/);
  });
});

describe("what is wrong is said of the part that it is wrong of", () => {
  const base = from("x");
  const EXEC = '(write ["sh", "-c", "..."])';
  it.each<[path: string, message: string, call: () => unknown]>([
    [
      "image.has",
      'this text is not a list of programs (write ["curl"])'.replace("this text", '"curl"'),
      () => loose(image)("x", { has: "curl" }),
    ],
    ["image.hass", 'is not an option; did you mean "has"? (accepted: has)', () => loose(image)("x", { hass: ["curl"] })],
    ["needs.tcp.port", "is missing: a port (a whole number from 1 to 65535)", () => loose(needs.tcp)("db")],
    ["needs.http.url", '"api/health" is not a URL (write "http://api:3000/health")', () => loose(needs.http)("api/health")],
    ["needs.http", "takes no options beside url", () => loose(needs.http)("http://api/", { timeout: "1s" })],
    ["needs.probe.probe", "this function is not a probe made by probe.*", () => loose(needs.probe)("db", probe.redis)],
    [
      "startAfter.needs.1",
      '"http://api/" is not a need (write needs.http(...), needs.tcp(...) or another of needs)',
      () => loose(startAfter)([needs.tcp("a", 1), "http://api/"], []),
    ],
    [
      "startAfter.needs",
      "this list is not a list of needs that has at least one (write [needs.tcp(...)])",
      () => loose(startAfter)([], []),
    ],
    [
      "startAfter.retrys",
      'is not an option; did you mean "retries"? (accepted: within, interval, timeout, retries)',
      () => loose(startAfter)([needs.tcp("a", 1)], [], { retrys: 3 }),
    ],
    [
      "startAfter.interval",
      '"0s" is not a duration above zero (write "30s")',
      () => loose(startAfter)([needs.tcp("a", 1)], [], { interval: "0s" }),
    ],
    ["inDockerfile.alsoInCompose", '"yes" is not true or false', () => loose(inDockerfile)(probe.redis(), { alsoInCompose: "yes" })],
    [
      "from.as",
      '"Base" is not the name of a stage (write small letters, digits, "_", "." and "-", the first a letter)',
      () => from("x", { as: "Base" }),
    ],
    [
      "from.args",
      '"A B" can\'t be a name: write build arguments (write { NAME: "value" }, or null for none)',
      () => from("x", { args: { "A B": "1" } }),
    ],
    [
      "from().copy.form",
      'is not an option; did you mean "from"? (accepted: from, chown, chmod, link)',
      () => loose(base.copy)("a", "b", { form: base }),
    ],
    ["from().expose.ports.1", '70000 is not a port (write 80, "8000-8010" or "53/udp", up to 65535)', () => base.expose(80, 70_000)],
    [
      "from().run.mounts.0.type",
      '"cach" is not one of "bind", "cache", "tmpfs", "secret", "ssh"; did you mean "cache"?',
      () => loose(base.run)("x", { mounts: [{ type: "cach", target: "/x" }] }),
    ],
    [
      "from().run.mounts.0.target",
      '"/a,readonly" is not a text without blanks, commas and quotes',
      () => base.run("x", { mounts: [{ type: "cache", target: "/a,readonly" }] }),
    ],
    [
      "from().run.network",
      '"hots" is not one of "default", "none", "host"; did you mean "host"?',
      () => loose(base.run)("x", { network: "hots" }),
    ],
    [
      "from().healthcheck.check.interval",
      '"5 sec" is not a duration (write "5s", "1m30s" or "500ms")',
      () => loose(base.healthcheck)(probe.redis({ interval: "5 sec" as never })),
    ],
    ["from().healthcheck.check.tset", 'is not an attribute; did you mean "test"?', () => loose(base.healthcheck)({ tset: ["NONE"] })],
    ["from().onbuild.describe", "the function returns no Dockerfile (write (later) => later.run(...))", () => loose(base.onbuild)(() => 1)],
    ["from().cmd.command", `"a\\nb" has several lines, or control characters ${EXEC}`, () => base.cmd("a\nb")],
    ["from().entrypoint.command", `"a \\\\" ends with \\, which continues the line ${EXEC}`, () => base.entrypoint("a \\")],
    ["from().cmd.command", `"[\\"a\\"]" is a list in JSON, which is the exec form ${EXEC}`, () => base.cmd('["a"]')],
    ["from().run.command", `" a \\\\" ends with \\, which continues the line ${EXEC}`, () => base.run(" a \\")],
    ["from().run.command", `"cat <<--x" begins a here-document that has no end ${EXEC}`, () => base.run("cat <<--x")],
    ["from().run.command", `"cat <<EOF" begins a here-document that has no end ${EXEC}`, () => base.run("cat <<EOF")],
    ["from().run.command", `"cat 3<<-'E' >/a" begins a here-document that has no end ${EXEC}`, () => base.run("cat 3<<-'E' >/a")],
    [
      "from().copy.source.1",
      '"<<EOF" begins a here-document, and is no path (write .file(target, content))',
      () => base.copy(["a", "<<EOF"], "/a"),
    ],
    ["from().add.target", '"3<<-E" begins a here-document, and is no path (write .file(target, content))', () => base.add("a", "3<<-E")],
    [
      "from().healthcheck",
      "the stage has a health check already, and only the last one would count",
      () => base.healthcheck(probe.redis()).healthcheck(probe.redis()),
    ],
    ["from().env.values.A", "this list is not a text of one line, or a number, true or false", () => loose(base.env)({ A: ["b"] })],
  ])("%s", (path, message, call) => {
    expect(refusalOf(call)).toEqual([
      expect.objectContaining({ path, message, source: expect.stringMatching(/arguments\.test\.ts:\d+:\d+$/) }),
    ]);
  });

  it("and all of it at once", () => {
    const issues = refusalOf(() => loose(startAfter)("needs", "command", { within: 5, retrys: 1 }));
    expect(issues.map(({ path }) => path)).toEqual(["startAfter.needs", "startAfter.command", "startAfter.within", "startAfter.retrys"]);
  });
});

it("a list of URLs can be made a list of needs by map", () => {
  expect(["http://a/", "http://b/"].map((url) => url as "http://a/").map(needs.http)).toHaveLength(2);
});

it("does not show what may be a password", () => {
  const [issue] = refusalOf(() => loose(probe.postgres)({ password: "hunter2" }));
  expect(issue?.message).toMatch(/^this text is not \{ variable: "NAME" \}/);
});
