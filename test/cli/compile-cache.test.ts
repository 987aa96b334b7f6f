import { readdirSync, readFileSync, statSync, truncateSync, utimesSync } from "node:fs";
import Module from "node:module";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli } from "../run-cli.ts";
import { temporaryFolder, writeTree } from "../temporary-folder.ts";

// From 22.8 on Node does this itself.
describe.skipIf("enableCompileCache" in Module)("what V8 made of the bundle", () => {
  it("is kept by the first command, and used by the next one", async () => {
    const { help, kept } = setUp();
    expect(await help()).toBe(0);
    const [file = ""] = kept();
    expect(file).toMatch(/help-[0-9a-f]{16}-v20\.[0-9.]+-\w+\.bin$/);
    const { ino } = statSync(file);
    expect(await help()).toBe(0);
    expect(kept()).toEqual([file]);
    expect(statSync(file).ino).toBe(ino);
  });

  it("is made anew where it is damaged", async () => {
    const { help, kept } = setUp();
    await help();
    const [file = ""] = kept();
    const { length } = readFileSync(file);
    truncateSync(file, length / 2);
    expect(await help()).toBe(0);
    expect(readFileSync(file).length).toBeGreaterThan(length / 2 + 1);
  });

  it("lets modules be imported that need no compiling, without a word of Node's", async () => {
    const cwd = temporaryFolder();
    const module = `import { service, stack } from "stackwright"; export default stack("shop", [service("web", { image: "busybox:1.37" })]);`;
    await writeTree(cwd, { "package.json": '{ "type": "module" }', "stacks/shop/stack.mjs": module });
    const { exitCode, stderr } = await runCli(["list"], { cwd });
    expect([exitCode, stderr]).toEqual([0, ""]);
  });

  it("is kept beside no more than 40 others, the newest", async () => {
    const { cache, help, kept } = setUp();
    const old = Array.from({ length: 50 }, (_, index) => `old-${index}.bin`);
    await writeTree(cache, Object.fromEntries(old.map((name) => [`stackwright/${name}`, ""])));
    for (const [index, name] of old.entries()) utimesSync(join(cache, "stackwright", name), index, index);
    expect(await help()).toBe(0);
    const names = kept().map((file) => basename(file));
    expect(names).toHaveLength(40);
    expect(names.filter((name) => name.startsWith("old-")).sort()).toEqual(old.slice(11).sort());
  });

  it("is not kept where it can't be", async () => {
    const { cache, help } = setUp();
    await writeTree(cache, { stackwright: "a file where the folder would be" });
    expect(await help()).toBe(0);
    expect(readFileSync(join(cache, "stackwright"), "utf8")).toBe("a file where the folder would be");
  });

  it("is not kept where Node is told to keep nothing, nor for a command that there is not", async () => {
    const { help, run, kept } = setUp();
    expect(await help({ NODE_DISABLE_COMPILE_CACHE: "1" })).toBe(0);
    expect(await run(["lunch"])).toBe(2);
    expect(kept()).toEqual([]);
  });
});

function setUp() {
  const cache = temporaryFolder();
  const run = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<number> =>
    (await runCli(args, { cwd: cache, env: { XDG_CACHE_HOME: cache, ...env } })).exitCode;
  return {
    cache,
    run,
    help: (env: Readonly<Record<string, string>> = {}) => run(["--help"], env),
    kept: () =>
      readdirSync(cache, { recursive: true, encoding: "utf8" }).flatMap((name) => (name.endsWith(".bin") ? [join(cache, name)] : [])),
  };
}
