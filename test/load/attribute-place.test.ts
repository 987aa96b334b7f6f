import { describe, expect, it } from "vitest";
import { attributePlace, optionPlace } from "../../src/load/attribute-place.ts";

const SOURCE = `import { probe, service } from "stackwright";

const text = "not service('db', {";
export const db = service("db", {
  image: "x", // a comment with a } in it
  environment: { A: "}", "B-C": \`{\` },
  ports: [80, { target: 81,
    published: 82 }],
  healthcheck: probe.http({ port: 80, interval: "5 sec" }),
  ...shared,
}), web = service(
  "web",
  { image: "y" },
);
export default stack("shop", [db, service("options", { image: "a,b" })], {
  networks: [network("n")], networ: [],
});
`;

describe("the place of an attribute", () => {
  const cases: readonly [string, number, string, readonly string[], { line: number; column: number }][] = [
    ["the call itself where no attribute is asked for", 4, "db", [], { line: 4, column: 19 }],
    ["an attribute", 4, "db", ["image"], { line: 5, column: 3 }],
    ["a key of a map", 4, "db", ["environment", "B-C"], { line: 6, column: 26 }],
    ["an attribute inside of a list", 4, "db", ["ports", "1", "published"], { line: 8, column: 5 }],
    ["an option of a probe", 4, "db", ["healthcheck", "interval"], { line: 9, column: 39 }],
    ["the nearest place where the attribute can't be followed", 4, "db", ["deploy", "replicas"], { line: 4, column: 19 }],
    ["a second call in the same statement", 11, "web", ["image"], { line: 13, column: 5 }],
    ["an option of the stack", 15, "options", ["networ"], { line: 16, column: 29 }],
    ["the call where it has no such option", 15, "options", ["volumes"], { line: 15, column: 16 }],
  ];
  it.each(cases)("is %s", (_, line, name, path, expected) => {
    expect(attributePlace(SOURCE, line, name, path)).toEqual(expected);
  });

  it("is unknown where the call has another name", () => {
    expect(attributePlace(SOURCE, 4, "cache", ["image"])).toBeUndefined();
  });
});

describe("the place of an option of a function", () => {
  const CALLS = `const x = from("a (b), { as: 1", { as: "b" }), y = probe
  .http({ prot: 80 });
const z = x.copy("a", "b", /* } */ { form: x }).run("true", {
  network: "hots" });
startAfter([needs.tcp("db", 0), needs.http("nope")], ["a"], OPTIONS);
`;

  it.each<[string, number, string, { line: number; column: number } | undefined]>([
    ["an option", 1, "from.as", { line: 1, column: 36 }],
    ["the call where the option is not written there", 1, "from.platform", { line: 1, column: 11 }],
    ["the call where it is an argument", 5, "needs.tcp.port", { line: 5, column: 13 }],
    ["an option of a method, whatever it is called on", 3, "from().copy.form", { line: 3, column: 38 }],
    ["an option on another line", 3, "from().run.network", { line: 4, column: 3 }],
    ["the call where the options are a variable", 5, "startAfter.within", { line: 5, column: 1 }],
    ["unknown where the line has no such call", 3, "probe.http.prot", undefined],
    ["unknown where a function of this name is another one's", 2, "from().file.target", undefined],
  ])("is %s", (_, line, path, expected) => {
    expect(optionPlace(CALLS, line, path.split("."))).toEqual(expected);
  });
});
