import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createJiti } from "jiti";
import { expect, it } from "vitest";
import * as stackwright from "../../src/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const page = readFileSync(new URL("../../docs/api.md", import.meta.url), "utf8");
const examples = page.split(/^## /m).flatMap((section) => {
  const [, code] = /^```ts\n([\s\S]*?)^```/m.exec(section) ?? [];
  return code === undefined ? [] : [[section.split("\n")[0] ?? "", code] as const];
});

it("docs/api.md has an example for each function", () => {
  expect(examples.map(([title]) => title)).toEqual(["Check", "Emit", "Read Compose files", "Rehearse"]);
});

it.each(examples)("the example of %s runs", async (_, code) => {
  // Each asserts what it shows.
  expect(code).toContain("assert");
  const file = join(temporaryFolder(), "example.mts");
  writeFileSync(file, code);
  await createJiti(fileURLToPath(import.meta.url), { virtualModules: { stackwright } }).import(file);
});
