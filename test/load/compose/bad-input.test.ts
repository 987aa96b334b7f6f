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
      issues: [{ message: "DIR/compose.yaml is too large for a Compose file (50 MB, at most 4 MB are read)" }],
    });
  });

  test("a file of a million entries", () => {
    expect(compose(`x-a: [${"a,".repeat(1_000_000)}]\n`).message).toContain(
      "compose.yaml:1:1  has more entries than a Compose file can hold",
    );
  });

  test("a file that nests without end", () => {
    expect(compose(`x-a: ${"[".repeat(50_000)}`).message).toMatch(/compose\.yaml:1:\d+ {2}is nested too deeply to be a Compose file/);
  });

  test.each([
    ["binary data", new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1]), /binary data \(byte 4 is 0\)/],
    ["text that is not UTF-8", new Uint8Array([0x61, 0xff, 0xfe]), /not UTF-8/],
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
    ["a key that is a number", "services:\n  80: {}\n", "2:3  80 is not a text and can't be a key"],
    ["a date", "services:\n  a: {image: x, environment: {D: 2020-01-01}}\n", "2:34  2020-01-01 is a date for Compose, which refuses it"],
    ["a wrong variable", "services:\n  a:\n    image: x:${1}\n", '3:5  "${1}" is not a variable'],
    ["a list at the top", "- a\n", "1:1  is not a map of attributes"],
    [
      "an unknown attribute",
      "services:\n  a:\n    image: x\n    depends: [b]\n",
      '4:5  a.depends  is not an attribute; did you mean "depends_on"?',
    ],
    ["an attribute of the model", "services:\n  a:\n    dependsOn: [b]\n", '3:5  "dependsOn" is not an attribute of a Compose file'],
    ["an unknown section", "service:\n  a: {image: x}\n", "1:1  options.service  is not an attribute"],
    [
      "an undefined network",
      "services:\n  a:\n    image: x\n    networks: [backnd]\nnetworks: {backend: }\n",
      '4:16  there is no network "backnd"; did you mean "backend"?',
    ],
    ["an undefined volume", "services:\n  a:\n    image: x\n    volumes: [data:/d]\n", '4:15  there is no volume "data"'],
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

  test("services that extend each other", () => {
    const error = compose("services:\n  a: {extends: b}\n  b: {extends: a}\n");
    expect(error.message).toContain(
      "2:7  services.a.extends  these extend each other and never end: a in DIR/compose.yaml -> b in DIR/compose.yaml -> a in DIR/compose.yaml",
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
    expect(error.message).toContain('compose.yaml:3:3  services.a  "a" is defined in an included file already, and differently');
  });
});
