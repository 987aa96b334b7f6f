import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { runCli } from "../run-cli.ts";

it("the generated files of the gallery are those of its stacks", async () => {
  const { exitCode, all } = await runCli(["generate", "--check"], { cwd: fileURLToPath(new URL("../..", import.meta.url)) });
  expect(all).not.toContain("Error");
  expect(exitCode).toBe(0);
});
