import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { patient } from "../../src/probe/render/patience.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** A start period in which process 1 of any machine is young, and one that is over. */
const YOUNG = 1e9;
const OLD = 1;

/** Runs a check with a patient command that waits for at most half of `timeout` seconds; `$n` is the number of the try. */
function run(check: string, startPeriod: number, timeout = 60) {
  const tries = join(temporaryFolder(), "tries");
  const script = `echo >>"$0"; n=$(wc -l <"$0"); ${check}`;
  const [, file = "", ...args] = patient(["CMD", "sh", "-c", script, tries], startPeriod, timeout);
  const { status, stdout, stderr } = spawnSync(file, args, { encoding: "utf8" });
  return { status, output: stdout + stderr, tries: readFileSync(tries, "utf8").length };
}

describe.skipIf(process.platform !== "linux")("a command that waits in a young container", () => {
  it("tries until the check passes, and says what that try said", () => {
    expect(run('echo "try $n"; [ $n -ge 3 ]', YOUNG)).toEqual({ status: 0, output: "try 3", tries: 3 });
  });

  it("fails like the check when its time is up", () => {
    const { status, output, tries } = run('echo "try $n" >&2; exit 7', YOUNG, 1);
    expect([status, output]).toEqual([7, `try ${tries}`]);
  });

  it("is the check and nothing else in an older one", () => {
    expect(run('echo "try $n"; exit 7', OLD)).toEqual({ status: 7, output: "try 1", tries: 1 });
    expect(run('echo "try $n"', OLD)).toEqual({ status: 0, output: "try 1", tries: 1 });
  });

  it("has a script as it is, without words of its own", () => {
    const [, file = "", ...args] = patient(["CMD-SHELL", `echo "$# it's \\"so\\" $HOME" # done`], OLD, 2);
    expect(spawnSync(file, args, { encoding: "utf8", env: { ...process.env, HOME: "/h" } }).stdout).toBe(`0 it's "so" /h`);
  });

  it("tries a script again as well, each time from its beginning", () => {
    const tries = join(temporaryFolder(), "tries");
    const third = `echo >>'${tries}'; n=$(wc -l <'${tries}'); echo "try $n"; [ $n -lt 3 ] || exit 0; exit 4`;
    const [, sh = "", ...waiting] = patient(["CMD-SHELL", third], YOUNG, 60);
    const { status, stdout } = spawnSync(sh, waiting, { encoding: "utf8" });
    expect([status, stdout]).toEqual([0, "try 3"]);
  });

  it("gives the check its words as they are", () => {
    const words = ["a b", "$HOME", "it's", "*", ""];
    const [, file = "", ...args] = patient(["CMD", "printf", "[%s]", ...words], YOUNG, 2);
    expect(spawnSync(file, args, { encoding: "utf8" }).stdout).toBe(words.map((word) => `[${word}]`).join(""));
  });
});
