import { describe, expect, test } from "vitest";
import { placeOf } from "../../../src/model/definition.ts";
import { composeText, type Text } from "../../../src/model/interpolation.ts";
import { accepted, acceptedFiles, serviceOf } from "./folder.ts";

const model = (text: string, name = "a") => serviceOf(accepted(text), name).model;

describe("YAML as Compose reads it", () => {
  test("anchors and merge keys: what is written in the map wins, then the first that is merged in", () => {
    const { environment } = model(
      "x-a: &a {A: a, B: a}\nx-b: &b {B: b, C: b}\nservices:\n  a:\n    image: x\n    environment: {<<: [*a, *b], A: own}\n",
    );
    expect(Object.fromEntries(environment ?? [])).toEqual({ A: "own", B: "a", C: "b" });
  });

  test("unquoted numbers are YAML 1.1's, words YAML 1.2's", () => {
    const { environment } = model(
      "services:\n  a:\n    image: x\n    environment: {A: 010, B: 1.10, C: yes, D: 1_000, E: 0x1f, F: '010', G: }\n",
    );
    expect(Object.fromEntries(environment ?? [])).toEqual({ A: "8", B: "1.1", C: "yes", D: "1000", E: "31", F: "010", G: null });
  });

  test("a label without a value is an empty text, in each form", () => {
    for (const labels of ["{a: , b: null, c: ''}", "[a, b=, c]"]) {
      const read = model(`services:\n  a:\n    image: x\n    labels: ${labels}\n    annotations: ${labels}\n`);
      for (const map of [read.labels, read.annotations]) expect(Object.fromEntries(map ?? [])).toEqual({ a: "", b: "", c: "" });
    }
  });

  test("Windows line ends", () => {
    const { command } = model("services:\r\n  a:\r\n    image: x\r\n    command: |\r\n      one\r\n      two\r\n");
    expect(command).toBe("one\ntwo\n");
  });

  test("a last block of text without a line break has none", () => {
    expect(model("services:\n  a:\n    image: x\n    command: |\n      one").command).toBe("one");
  });

  test("several documents in a file, each over the one before it", () => {
    expect(model("services: {a: {image: x, tty: true}}\n---\nservices: {a: {image: y}}\n")).toMatchObject({ image: "y", tty: true });
  });
});

describe("both forms of everything", () => {
  test.each([
    [
      "environment",
      "[A=b=c, D]",
      {
        environment: new Map([
          ["A", "b=c"],
          ["D", null],
        ]),
      },
    ],
    [
      "labels",
      "[a=b, c]",
      {
        labels: new Map([
          ["a", "b"],
          ["c", ""],
        ]),
      },
    ],
    ["build", "./here", { build: { context: { kind: "path", path: "./here" } } }],
    ["env_file", "{ path: e, required: false }", undefined],
    ["depends_on", "[b]", { dependsOn: new Map([["b", { condition: "service_started", required: true }]]) }],
    [
      "depends_on",
      "{ b: { condition: service_healthy, restart: true } }",
      { dependsOn: new Map([["b", { condition: "service_healthy", restart: true, required: true }]]) },
    ],
    ["volumes", "[data:/d:ro]", { volumes: [{ type: "volume", source: "data", target: "/d", readOnly: true, volume: {} }] }],
    [
      "volumes",
      "[./d:/d:Z]",
      { volumes: [{ type: "bind", source: { kind: "path", path: "./d" }, target: "/d", bind: { createHostPath: true, selinux: "Z" } }] },
    ],
    ["volumes", "[/d]", { volumes: [{ type: "volume", target: "/d" }] }],
    ["ports", "['8080:80', 90]", { ports: [{ target: 80, published: "8080" }, { target: 90 }] }],
    ["networks", "{ n: { aliases: [x] } }", { networks: new Map([["n", { aliases: ["x"] }]]) }],
    ["secrets", "[{ source: s, target: t, mode: 0440 }]", { secrets: [{ source: "s", target: "t", mode: 0o440 }] }],
    ["healthcheck", "{ test: x, retries: '3', start_period: 5s }", { healthcheck: { test: "x", retries: 3, startPeriod: "5s" } }],
  ])("%s: %s", (attribute, value, expected) => {
    const used = "  b: {image: y}\nnetworks: {n: }\nvolumes: {data: }\nsecrets: {s: {environment: S}}\n";
    const read = () => model(`services:\n  a:\n    image: x\n    ${attribute}: ${value}\n${used}`);
    if (expected === undefined) expect(read).toThrow();
    else expect(read()).toMatchObject(expected);
  });

  test("what another service waits for until it has ended is a task", () => {
    const stack = accepted(
      "services:\n  app: {image: x, depends_on: {init: {condition: service_completed_successfully}}}\n  init: {image: y}\n",
    );
    expect([...stack.services.values()].map(({ kind, name }) => [kind, name])).toEqual([
      ["task", "init"],
      ["service", "app"],
    ]);
  });

  test("every definition and attribute knows its place", () => {
    const { definition } = serviceOf(accepted("services:\n  a:\n    image: x\n    stop_grace_period: 5s\n"), "a");
    expect([placeOf(definition)?.line, placeOf(definition)?.column]).toEqual([2, 3]);
    expect([placeOf(definition, ["stopGracePeriod"])?.line, placeOf(definition, ["stopGracePeriod"])?.column]).toEqual([4, 5]);
  });
});

describe("variables stay variables", () => {
  test.each([
    ["$A", "${A}"],
    ["${A}", "${A}"],
    ["${A:-b}", "${A:-b}"],
    ["${A-}", "${A-}"],
    ["${A:?no ${B}}", "${A:?no ${B}}"],
    ["${A:+x${B:-c}}", "${A:+x${B:-c}}"],
    ["a$$b", "a$$b"],
    ["$1", "$$1"],
    ["a${A}b${C-$D}e", "a${A}b${C-${D}}e"],
    ["${A:-{x}}", "${A:-{x}}"],
  ])("%s", (text, canonical) => {
    const label = model(`services:\n  a:\n    image: x\n    labels: {l: '${text}'}\n`).labels?.get("l") as Text;
    expect(composeText(label)).toBe(canonical);
  });

  test("in ports, which have their long form then", () => {
    const { ports } = model("services:\n  a:\n    image: x\n    ports: ['127.0.0.1:${P:-80}:80/udp']\n");
    expect(ports).toMatchObject([{ hostIp: "127.0.0.1", published: { kind: "interpolation" }, target: 80, protocol: "udp" }]);
  });
});

describe("several files", () => {
  const merged = (base: string, over: string) =>
    serviceOf(
      acceptedFiles({ "a.yaml": `services: {a: {image: x, ${base}}}`, "b.yaml": `services: {a: {${over}}}` }, ["a.yaml", "b.yaml"]).checked,
      "a",
    ).model;

  test.each([
    ["scalars replace", "tty: true", "tty: false", { tty: false }],
    ["lists append", "cap_add: [A]", "cap_add: [B, A]", { capAdd: ["A", "B"] }],
    [
      "environments merge by name",
      "environment: {A: '1', B: '1'}",
      "environment: [A=2]",
      {
        environment: new Map([
          ["A", "2"],
          ["B", "1"],
        ]),
      },
    ],
    ["commands replace", "command: [a, b]", "command: [c]", { command: ["c"] }],
    ["mounts merge by target", "volumes: ['./a:/d']", "volumes: ['./b:/d']", { volumes: [{ source: { path: "./b" }, target: "/d" }] }],
    ["another logging driver starts anew", "logging: {driver: a, options: {x: '1'}}", "logging: {driver: b}", { logging: { driver: "b" } }],
    ["!override replaces", "cap_add: [A]", "cap_add: !override [B]", { capAdd: ["B"] }],
  ])("%s", (_, base, over, expected) => {
    expect(merged(base, over)).toMatchObject(expected);
  });

  test("!reset takes out", () => {
    expect(merged("tty: true", "tty: !reset null")).not.toHaveProperty("tty");
    expect([...(merged("environment: {A: '1', B: '1'}", "environment: {A: !reset null}").environment?.keys() ?? [])]).toEqual(["B"]);
  });
});

describe("extends and include", () => {
  test("a service of the same file and of another one, whose paths are rebased", () => {
    const { checked, emitted } = acceptedFiles(
      {
        "compose.yaml": "services:\n  a: {extends: {file: base/b.yaml, service: b}, tty: true}\n  c: {extends: a, image: z}\n",
        "base/b.yaml": "services:\n  b: {image: y, build: ./b, volumes: ['./v:/v', '~/h:/h'], env_file: e.env}\n",
        "base/e.env": "",
      },
      ["compose.yaml"],
    );
    expect(serviceOf(checked, "a").model).toMatchObject({ image: "y", tty: true, build: { context: { path: "./base/b" } } });
    expect(serviceOf(checked, "c").model).toMatchObject({ image: "z", tty: true });
    expect(emitted.get("compose.yaml")).toContain("- ../base/v:/v");
    expect(emitted.get("compose.yaml")).toContain('- "~/h:/h"');
    expect(emitted.get("compose.yaml")).toContain("env_file: ../base/e.env");
  });

  test("an included file comes along with its own folder", () => {
    const { checked, emitted } = acceptedFiles(
      { "compose.yaml": "include: [db/compose.yaml]\nservices: {a: {image: x}}\n", "db/compose.yaml": "services: {db: {build: .}}\n" },
      ["compose.yaml"],
    );
    expect([...checked.services.keys()].sort()).toEqual(["a", "db"]);
    expect([...emitted.keys()]).toEqual(["compose.yaml"]);
    expect(emitted.get("compose.yaml")).toContain("build: ../db");
  });

  test("an included file with variables of its own stays a file of its own", () => {
    const { emitted } = acceptedFiles(
      {
        "compose.yaml": "include: [{path: db.yaml, env_file: db.env}]\nservices: {a: {image: x}}\n",
        "db.yaml": "services: {db: {image: 'postgres:${TAG}'}}\n",
        "db.env": "TAG=17\n",
      },
      ["compose.yaml"],
    );
    expect(emitted.get("compose.yaml")).toContain(
      'include:\n  - path: ./parts/1-db.yaml\n    project_directory: ".."\n    env_file:\n      - ../db.env\n',
    );
    expect(emitted.get("parts/1-db.yaml")).toBe("services:\n  db:\n    image: postgres:${TAG}\n");
  });

  test("a path that begins with a variable is read from the original's folder", () => {
    const { emitted } = acceptedFiles({ "compose.yaml": "services: {a: {image: x, volumes: ['${DATA:-./d}:/d']}}\nx-a: 1\n" }, [
      "compose.yaml",
    ]);
    expect(emitted.get("compose.yaml")).toBe('name: test\ninclude:\n  - path: ./parts/1-main.yaml\n    project_directory: ".."\nx-a: 1\n');
    expect(emitted.get("parts/1-main.yaml")).toContain("- ${DATA:-./d}:/d");
  });
});
