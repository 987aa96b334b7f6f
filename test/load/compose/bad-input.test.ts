import { describe, expect, test } from "vitest";
import { readError } from "./folder.ts";

const compose = (text: string) => readError({ "compose.yaml": text });

describe("bad input has one clear error, at once", () => {
  test("a bomb of aliases", () => {
    const levels = Array.from({ length: 12 }, (_, level) => `x-${level + 1}: &a${level + 1} [${Array(10).fill(`*a${level}`).join(", ")}]`);
    const error = compose(`x-0: &a0 [boom]\n${levels.join("\n")}\nservices: {}\n`);
    expect(error.issues).toMatchObject([
      { message: "its aliases expand to more than a Compose file can hold", source: expect.stringMatching(/:\d+:\d+$/) },
    ]);
  });

  test("a file of 50 MB is not even read", () => {
    const error = readError({ "compose.yaml": new Uint8Array(50 * 1024 * 1024).fill(35) });
    expect(error).toMatchObject({
      code: "file",
      issues: [{ message: "DIR/compose.yaml is too large: it has 50 MB, and at most 16 MB are read" }],
    });
  });

  test("a text of more than a mebibyte", () => {
    expect(compose(`services: {a: {image: x, command: "${"x".repeat(2 ** 20 + 1)}"}}\n`).message).toBe(
      "DIR/compose.yaml:1:35  is a text of more than 1048576 characters, and no longer ones are read",
    );
  });

  test("a file of a million entries", () => {
    expect(compose(`x-a: [${"a,".repeat(1_000_000)}]\n`).message).toBe(
      "DIR/compose.yaml:1:1  has more entries than a Compose file can hold (at most 1000000 line breaks, brackets, quotes and the like)",
    );
  });

  test.each([
    ["lists", "[".repeat(50_000)],
    ["maps", "{a: ".repeat(50_000)],
    ["dashes", `\n${"- ".repeat(50_000)}`],
    ["question marks", `\n${"? ".repeat(50_000)}`],
  ])("%s that nest without end", (_, nested) => {
    expect(compose(`x-a: ${nested}`).message).toMatch(/^DIR\/compose\.yaml:\d:\d+ {2}is nested too deeply to be a Compose file$/);
  });

  test("aliases whose values nest without end", () => {
    const levels = Array.from({ length: 100 }, (_, level) => `x-${level + 1}: &a${level + 1} [[[[*a${level}]]]]`);
    expect(compose(`x-0: &a0 [boom]\n${levels.join("\n")}\n`).message).toMatch(
      /^DIR\/compose\.yaml:1:10 {2}its aliases expand to more than a Compose file can hold$/,
    );
  });

  test("aliases of a long text", () => {
    const keys = Array.from({ length: 5000 }, (_, index) => `  K${index}: *a\n`).join("");
    expect(compose(`x-a: &a "${"x".repeat(100_000)}"\nx-b:\n${keys}`).message).toBe(
      "DIR/compose.yaml:1:9  its aliases expand to more than a Compose file can hold",
    );
  });

  test("documents without end", () => {
    expect(compose("---\nx-a: b\n".repeat(1001)).message).toBe(
      "DIR/compose.yaml:1:1  has more documents than a Compose file can hold (at most 1000)",
    );
  });

  test("variables that stand in each other without end", () => {
    const nested = `${"${A:-".repeat(50_000)}x${"}".repeat(50_000)}`;
    expect(compose(`services:\n  a:\n    image: ${nested}\n`).message).toBe(
      "DIR/compose.yaml:3:5  a.image  its variables stand more than 100 deep in each other's defaults",
    );
  });

  test("a name of a million letters is shown in part", () => {
    const { message } = compose(`services: {a: *${"x".repeat(1_000_000)}}\n`);
    expect(message).toMatch(/^DIR\/compose\.yaml:1:15 {2}\*x+ \.\.\. x+ before it$/);
    expect(message.length).toBeLessThan(1000);
  });

  test.each([
    ["binary data", new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1]), /binary data \(byte 4 is 0\)/],
    ["text that is not UTF-8", new Uint8Array([0x61, 0xff, 0xfe]), /is not a text in UTF-8/],
  ])("%s", (_, bytes, message) => {
    const error = readError({ "compose.yaml": bytes });
    expect(error.code).toBe("file");
    expect(error.message).toMatch(message);
  });

  test("a file that is not there", () => {
    expect(readError({}).message).toBe("DIR/compose.yaml  can't read DIR/compose.yaml: ENOENT");
  });

  test.each([
    ["duplicate keys", "services:\n  a:\n    image: x\n    image: y\n", '4:5  the key "image" stands twice in one map, first in line 3'],
    [
      "an unknown tag",
      "services:\n  a: !include b.yaml\n",
      "2:15  !include is not a tag that can stand here (Compose knows !reset and !override)",
    ],
    ["an alias of nothing", "services:\n  a: *b\n", "2:6  *b is an alias of nothing: there is no anchor &b before it"],
    ["an alias of itself", "services: &s\n  a: *s\n", "2:6  *s contains itself"],
    ["a broken line", 'services:\n  a: "x\n', "is not YAML"],
    ["a key that is a number", "services:\n  80: {image: x}\n", "2:3  80 is not a text and can't be a key"],
    ["a date", "services:\n  a: {image: x, environment: {D: 2020-01-01}}\n", "2:34  2020-01-01 is a date for Compose, which refuses it"],
    ["a wrong variable", "services:\n  a:\n    image: x:${1}\n", '3:5  a.image  "${1}" is not a variable'],
    ["a list at the top", "- a\n", "1:1  is not a map of attributes"],
    [
      "an unknown attribute",
      "services:\n  a:\n    image: x\n    depends: [b]\n",
      '4:5  a.depends  is not an attribute; did you mean "depends_on"?',
    ],
    [
      "an attribute of the model",
      "services:\n  a:\n    image: x\n    dependsOn: [b]\n  b: {image: x}\n",
      '4:5  a.dependsOn  "dependsOn" is not an attribute of a Compose file',
    ],
    ["an unknown section", "service:\n  a: {image: x}\n", '1:1  service  is not an attribute; did you mean "services"?'],
    [
      "an undefined network",
      "services:\n  a:\n    image: x\n    networks: [backnd]\nnetworks: {backend: }\n",
      '4:16  a.networks  there is no network "backnd"; did you mean "backend"?',
    ],
    ["an undefined volume", "services:\n  a:\n    image: x\n    volumes: [data:/d]\n", '4:15  a.volumes  there is no volume "data"'],
    ["a missing env_file", "services:\n  a:\n    image: x\n    env_file: no.env\n", "4:5  a.env_file  there is no file DIR/no.env"],
  ])("%s", (_, text, message) => {
    const error = compose(text);
    expect(error.message).toContain(message);
    expect(error.message).toMatch(/^DIR\/compose\.yaml:\d+:\d+/);
    expect(error.issues).toHaveLength(1);
  });

  test("files that include each other", () => {
    const error = readError({ "compose.yaml": "include: [b.yaml]\nservices: {}\n", "b.yaml": "include: [compose.yaml]\n" });
    expect(error.message).toContain(
      "DIR/b.yaml:1:11  include  these files include each other and never end: DIR/compose.yaml -> DIR/b.yaml -> DIR/compose.yaml",
    );
  });

  const levels = (count: number, text: (next: string, level: number) => string) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, level) => [
        level === 0 ? "compose.yaml" : `${level}.yaml`,
        level === count - 1 ? "services: {a: {image: x}}\n" : text(`${level + 1}.yaml`, level),
      ]),
    );

  test("a thousand files in a row, each included by the one before", () => {
    expect(readError(levels(1000, (next) => `include: [${next}]\n`)).message).toBe("DIR/100.yaml:1:11  include  nests more than 100 deep");
  });

  test("a thousand services in a row, each extended by the one before, and each in a file of its own", () => {
    const files = levels(1000, (next) => `services: {a: {extends: {file: ${next}, service: a}}}\n`);
    expect(readError(files).message).toBe("DIR/101.yaml:1:16  a.extends  nests more than 100 deep");
  });

  test("files that include the next one twice, and so on", () => {
    expect(readError(levels(30, (next) => `include: [${next}, ${next}]\n`)).message).toMatch(
      /^DIR\/\d+\.yaml:1:\d+ {2}include {2}brings in more than a Compose file can hold$/,
    );
  });

  test("services that add many variables to those of the one before", () => {
    const variables = Array.from({ length: 2000 }, (_, index) => index);
    const services = Array.from({ length: 90 }, (_, level) => {
      const own = variables.map((index) => `K${level}_${index}=v`).join(", ");
      return `  s${level}: {${level === 0 ? "image: x" : `extends: s${level - 1}`}, environment: [${own}]}`;
    });
    expect(compose(`services:\n${services.join("\n")}\n`).message).toMatch(
      /^DIR\/compose\.yaml:\d+:\d+ {2}s\d+\.extends {2}brings in more than a Compose file can hold$/,
    );
  });

  test.each([
    ["an included path", "include: ['${1}.yaml']\n", "1:11"],
    ["the path of an extended file", "services: {a: {extends: {file: '${1}.yaml', service: a}}}\n", "1:16"],
    ["a file of variables", "services: {a: {image: x, env_file: '${1}'}}\n", "1:26"],
  ])("a wrong variable in %s", (_, text, place) => {
    expect(compose(text).message).toMatch(new RegExp(`^DIR/compose\\.yaml:${place} {2}.*"\\$\\{1\\}[^"]*" is not a variable`));
  });

  test("a file of variables that is too large", () => {
    const error = readError({ "compose.yaml": "services: {a: {image: x}}\n", ".env": new Uint8Array(17 * 1024 * 1024).fill(35) });
    expect(error.message).toBe("DIR/.env  DIR/.env is too large: it has 17 MB, and at most 16 MB are read");
  });

  test("services that extend each other", () => {
    const error = compose("services:\n  a: {extends: b}\n  b: {extends: a}\n");
    expect(error.message).toContain(
      "2:7  a.extends  these extend each other and never end: a in DIR/compose.yaml -> b in DIR/compose.yaml -> a in DIR/compose.yaml",
    );
  });

  test("a path outside of the project", () => {
    const error = readError({ "compose.yaml": "include: [../../../etc/passwd]\n" });
    expect(error.message).toContain("compose.yaml:1:11  ../../../etc/passwd lies outside of the project DIR");
  });

  test("a file on another machine", () => {
    expect(compose("include: ['https://example.com/c.yaml']\n").message).toContain(
      "1:11  https://example.com/c.yaml is not on this machine",
    );
  });

  test("an included definition that is defined differently", () => {
    const error = readError({
      "compose.yaml": "include: [b.yaml]\nservices:\n  a: {image: x}\n",
      "b.yaml": "services:\n  a: {image: y}\n",
    });
    expect(error.message).toContain('compose.yaml:3:3  a  "a" is defined in an included file already, and differently');
  });
});
