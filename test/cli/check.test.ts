import { describe, expect, it } from "vitest";
import { copyOfProject } from "../fixture-projects.ts";
import { runCli } from "../run-cli.ts";
import { writeTree } from "../temporary-folder.ts";

const WRONG = `import { service, stack } from "stackwright";
const a = service("a", { image: "x", ports: ["8080:80"] });
const b = service("b", { image: "x", ports: ["8080:80"] });
const c = service("c", {});
export default stack("wrong", [a, b, c]);
`;

async function wrongProject(): Promise<string> {
  const cwd = copyOfProject("simple");
  await writeTree(cwd, { "stacks/wrong/stack.ts": WRONG });
  return cwd;
}

describe("check", () => {
  it("exits 0 where nothing is found", async () => {
    const { exitCode, stdout } = await runCli(["check"], { cwd: copyOfProject("simple") });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("one: 1 service");
    expect(stdout).toContain("zwei: 1 service");
  });

  it("exits 1 with every finding, each with its place, and still looks at the other stacks", async () => {
    const { exitCode, stdout } = await runCli(["check"], { cwd: await wrongProject() });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/stacks\/wrong\/stack\.ts:3:\d+ +b\.ports/);
    expect(stdout).toMatch(/stacks\/wrong\/stack\.ts:4:\d+ +c /);
    expect(stdout).toContain("one: 1 service");
  });

  it("looks only at the stack that is named", async () => {
    expect((await runCli(["check", "one"], { cwd: await wrongProject() })).exitCode).toBe(0);
  });

  it("tells its findings in JSON", async () => {
    const { exitCode, stdout } = await runCli(["check", "--json"], { cwd: await wrongProject() });
    expect(exitCode).toBe(1);
    const results = JSON.parse(stdout) as { stack: string; issues: { path: string }[] }[];
    expect(results.map(({ stack, issues }) => [stack, issues.map(({ path }) => path).sort()])).toEqual([
      ["one", []],
      ["zwei", []],
      ["wrong", ["b.ports", "c"]],
    ]);
  });
});
