import { env, interpolate } from "stackwright";
import { describe, expect, it } from "vitest";
import { readTest } from "../../../src/check/command/read-test.ts";
import type { Text } from "../../../src/model/interpolation.ts";
import { stepText } from "./text.ts";

function read(test: Text | readonly Text[] | undefined): string | undefined {
  const found = readTest(test);
  return found === undefined ? undefined : `${found.form}: ${stepText(found.step)}`;
}

function script(text: Text): string {
  return (read(text) ?? "").replace(/^shell: \/bin\/sh -c \{([\s\S]*)\}$/, "$1");
}

describe("the forms of a test", () => {
  it.each<[string, Text | readonly Text[] | undefined, string | undefined]>([
    ["words in exec form stay as they are", ["CMD", "echo", "a b", "$HOME", "|", "cat"], "exec: echo 'a b' $HOME | cat"],
    ["CMD-SHELL is a script for sh", ["CMD-SHELL", "a b | c"], "shell: /bin/sh -c {a b | c}"],
    ["so is a string", "a 'b c'", "shell: /bin/sh -c {a 'b c'}"],
    ["NONE runs nothing", ["NONE"], undefined],
    ["nothing runs nothing", undefined, undefined],
    ["a variable as the kind can be anything", [env("KIND"), "a"], undefined],
  ])("%s", (_, test, expected) => {
    expect(read(test)).toBe(expected);
  });
});

describe("a script", () => {
  it.each<[string, Text, string]>([
    ["chains and pipelines", "a -x | b && c || exit 1; d", "a -x | b && c || exit 1; d"],
    ["a line break ends a command", "a\nb", "a; b"],
    ["a continued line does not", "a \\\n  b", "a b"],
    ["a negation", "! a b", "! a b"],
    ["quotes are taken off", `a "b c" 'd $E' f\\ g`, "a 'b c' 'd $E' 'f g'"],
    ["variables and their defaults", 'a $B "$C" "x${D:-5}y"', 'a <$B> <"$C> x<"$D:-5>y'],
    ["the output of commands", '[ "$(a b)" = c ]', "[ <a b> = c ]"],
    ["backticks too", "a `b c`", "a <b c>"],
    ["what looks like a pattern", "curl -w %{http_code} h/a?b=[c]", "curl -w %{http_code} h/a?b=[c]"],
    ["redirections", "a >/dev/null 2>&1", "a >/dev/null >&1"],
    ["a device of bash", "exec 3<>/dev/tcp/h/80", "exec <>/dev/tcp/h/80"],
    ["variables for one command", "A=1 B=$C d", "A=1 B=<$C> d"],
    ["branches", "if a; then b; else c; fi", "branches(a; b; c)"],
    ["a loop", "for i in 1 2; do a $i; done", "branches(a <$i>)"],
    ["a double bracket", '[[ "$(a)" == b ]]', "branches(a)"],
    ["what runs in the background", "a & b", "branches(a); b"],
    ["a group", "(a; b) && { c; }", "a; b && c"],
    ["an open quote can't be read", 'a "b', "?"],
    ["an open bracket can't be read", "a $(b", "?"],
    ["variables of Compose, in a word", interpolate`a http://h:${env("PORT")}/x`, "a http://h:<compose PORT>/x"],
    ["variables of Compose, inside of quotes", interpolate`a "${env("X")} ${env("Y")}"`, "a '<compose X> <compose Y>'"],
  ])("%s", (_, text, expected) => {
    expect(script(text)).toBe(expected);
  });

  it("of ten thousand words is read in time that grows with its length", () => {
    const words = (count: number): string => `echo ${'"a$(b)" '.repeat(count)}`;
    expect(script(words(10_000)).length).toBe(script(words(1)).length + 9_999 * " a<b>".length);
  });
});

describe("programs that run others", () => {
  it.each<[string, string, string]>([
    ["a shell with a script", "bash -c 'a | b'", "bash -c {a | b}"],
    ["a shell with options", "bash -o pipefail -euxc 'a'", "bash -o pipefail -euxc {a}"],
    ["a shell with a file", "sh /check.sh -c x", "sh /check.sh -c x"],
    ["a time limit", "timeout -k 1 5s curl x", "timeout -k 1 5s {curl x}"],
    ["an environment", "env -u HTTP_PROXY A=b curl x", "env -u HTTP_PROXY A=b {A=b curl x}"],
    ["one inside of another", "timeout 5 bash -c 'exec a'", "timeout 5 {bash -c {exec {a}}}"],
    ["another user", "gosu postgres pg_isready", "gosu postgres {pg_isready}"],
    ["another user by su", "su - app -c 'a b'", "su - app -c {a b}"],
    ["an applet of busybox", "busybox wget x", "busybox {wget x}"],
    ["a question for a program runs nothing", "command -v curl", "command -v curl"],
    ["a variable of the outer shell stays one", 'sh -c "a $B"', "sh -c {a <$B>}"],
    ["what only runs can't be read", 'sh -c "$(a)"', "sh -c {?}"],
    ["nothing to run", "exec 3<>/dev/tcp/h/1", "exec <>/dev/tcp/h/1"],
  ])("%s", (_, text, expected) => {
    expect(script(text)).toBe(expected);
  });

  it("are seen in exec form as well", () => {
    expect(read(["CMD", "bash", "-c", "a && b"])).toBe("exec: bash -c {a && b}");
  });
});
