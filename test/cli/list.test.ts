import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { copyOfProject } from "../fixture-projects.ts";
import { runCli } from "../run-cli.ts";

describe("list", () => {
  it("shows each stack with its module and its services", async () => {
    const { exitCode, stdout } = await runCli(["list"], { cwd: copyOfProject("simple") });
    expect(exitCode).toBe(0);
    expect(stdout.split("\n")).toEqual([
      "STACK  MODULE                SERVICES",
      "one    stacks/one/stack.ts   web",
      "zwei   stacks/two/stack.mjs  db",
    ]);
  });

  it("shows them in JSON", async () => {
    const cwd = copyOfProject("pnpm-workspace");
    const { stdout } = await runCli(["list", "--json"], { cwd });
    expect(JSON.parse(stdout)).toEqual([
      { name: "mail", module: join(cwd, "services/mail/stacks/mail/stack.ts"), services: ["smtp"] },
      { name: "lint", module: join(cwd, "tools/stacks/lint/stack.ts"), services: ["lint"] },
    ]);
  });

  it("says what to write where there are none", async () => {
    const { exitCode, stdout } = await runCli(["list"], { cwd: copyOfProject("empty") });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("stacks/NAME/stack.ts");
  });
});
