import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { rulesPage } from "../../../scripts/rules-page/page.ts";
import { RULES } from "../../../src/check/rules.ts";

const written = readFileSync(new URL("../../../docs/rules.md", import.meta.url), "utf8");

it("docs/rules.md is what the table says (npm run docs writes it)", () => {
  expect(written).toBe(rulesPage());
});

it("docs/rules.md has an anchor for each rule", () => {
  expect(RULES.filter(({ name }) => !written.includes(`\n## ${name}\n`)).map(({ name }) => name)).toEqual([]);
});
