import { readFileSync } from "node:fs";
import { probe } from "stackwright";
import { expect, it } from "vitest";
import type { AnyProbe } from "../../src/probe/catalog.ts";
import { meaningOf } from "../../src/probe/meaning.ts";

it("docs/probes.md says of every probe what it proves and what not", () => {
  const text = readFileSync(new URL("../../docs/probes.md", import.meta.url), "utf8");
  for (const name of Object.keys(probe)) {
    const { proves, doesNotProve } = meaningOf(name as AnyProbe["type"]);
    expect(text).toContain(`| \`${name}\` | ${proves} | ${doesNotProve} |`);
  }
});
