import { expect, it } from "vitest";
import { programsMissed, programsNamed } from "../../../src/check/command/programs.ts";
import { readTest } from "../../../src/check/command/read-test.ts";

const stepOf = (test: string | readonly string[]) => {
  const read = readTest(test);
  if (read === undefined) throw new Error("nothing runs");
  return read.step;
};

it.each<[string | readonly string[], readonly string[]]>([
  [["CMD", "curl", "-f", "x"], ["curl"]],
  [["CMD", "test", "-f", "/x"], ["test"]],
  ["test -f /x && exit 0 || pgrep x", ["/bin/sh", "pgrep"]],
  ["wget -q x | jq -e .ok || exit 1", ["/bin/sh", "wget", "jq"]],
])("%j names programs, and a shell does the rest itself", (test, programs) => {
  expect(programsNamed(stepOf(test))).toEqual(programs);
});

it.each<[string | readonly string[], string, readonly string[]]>([
  ["curl -f x || wget -q x", "/bin/sh wget", []],
  ["curl -f x || wget -q x", "/bin/sh", ["curl", "wget"]],
  ["wget -q x | jq -e .ok || exit 1", "/bin/sh wget", ["jq"]],
  ["curl -f x", "curl", ["/bin/sh"]],
  [["CMD", "curl", "-f", "x"], "curl", []],
])("%j in an image that has %s", (test, has, missing) => {
  expect(programsMissed(stepOf(test), new Set(has.split(" ")))).toEqual(missing);
});
