import { describe, expect, it } from "vitest";
import { alwaysSucceeds, missingPrograms } from "../../../src/check/command/outcome.ts";
import { readScript } from "../../../src/check/command/read-script.ts";
import { programOf } from "../../../src/check/command/script.ts";

describe("a probe that is green whatever it finds", () => {
  it.each([
    "curl -f x || true",
    "curl -f x || exit 0",
    "curl -f x; exit 0",
    "curl -f x; echo done",
    "curl -f x && echo up || echo down",
    "curl -f x | tee /tmp/log",
    "curl -f x | cat",
    "curl -f x | tail -n 1",
    "exit 0",
    "true",
    "bash -c 'curl x || true'",
  ])("%s", (script) => {
    expect(alwaysSucceeds(readScript(script))).toBe(true);
  });
});

describe("a probe that can turn red", () => {
  it.each([
    "curl -f x",
    "curl -f x || exit 1",
    "curl -f x && echo up",
    "curl -f x || exit 1; echo up",
    "curl -f x | grep -q ok",
    "set -e; curl -f x; echo up",
    "set -o pipefail; curl -f x | cat",
    "bash -ec 'curl -f x; echo up'",
    "bash -o pipefail -c 'curl -f x | cat'",
    "cat /tmp/ready",
    "head -c 1 /tmp/ready",
    "if curl -f x; then exit 0; else exit 1; fi",
    "curl x; exit $?",
    "echo >/dev/tcp/127.0.0.1/80",
    "! true",
    "timeout 5 true",
  ])("%s", (script) => {
    expect(alwaysSucceeds(readScript(script))).toBe(false);
  });
});

describe("programs without which a probe can't be green", () => {
  const missing = (script: string): readonly (string | undefined)[] =>
    missingPrograms(readScript(script), (command) => ["curl", "nc"].includes(programOf(command) ?? "")).map(programOf);

  it.each<[string, readonly string[]]>([
    ["curl -f x || exit 1", ["curl"]],
    ["curl -f x && wget x", ["curl"]],
    ["echo ruok | nc h 2181 | grep imok", ["nc"]],
    ["timeout 5 curl x", ["curl"]],
    ['[ "$(curl -s x)" = 200 ]', ["curl"]],
    ["nc -z h 1 || curl x", ["nc", "curl"]],
    ["curl x || wget x", []],
    ["wget x || curl x", []],
    ["curl x || true", []],
    ["curl x; wget x", []],
    ["if command -v curl; then curl x; else wget x; fi", []],
    ["! curl x", []],
    ['[ -z "$(curl x)" ]', []],
  ])("%s", (script, expected) => {
    expect(missing(script)).toEqual(expected);
  });
});
