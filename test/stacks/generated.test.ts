import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { runCli } from "../run-cli.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

it("the generated files of the gallery are those of its stacks", async () => {
  const { exitCode, all } = await runCli(["generate", "--check"], { cwd: ROOT });
  expect(all).not.toContain("Error");
  expect(exitCode).toBe(0);
});

it("each stack of the gallery has its section in the README", () => {
  const stacks = readdirSync(`${ROOT}stacks`).filter((name) => existsSync(`${ROOT}stacks/${name}/stack.ts`));
  const sections = readFileSync(`${ROOT}stacks/README.md`, "utf8").match(/^## \S+$/gm) ?? [];
  expect(sections.map((line) => line.slice(3)).sort()).toEqual(stacks.sort());
});
