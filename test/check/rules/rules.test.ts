import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Rule } from "../../../src/check/rule.ts";
import { RULES } from "../../../src/check/rules.ts";
import { found, type RuleCase, type RuleCases } from "./case.ts";

const families = readdirSync(import.meta.dirname).flatMap((file) => /^(.+)\.cases\.ts$/.exec(file)?.[1] ?? []);
const modules = await Promise.all(families.map(async (family) => (await import(`./${family}.cases.ts`)) as { CASES: RuleCases }));
const cases = modules.map(({ CASES }) => CASES);
const casesOf = ({ name }: Rule) =>
  cases.flatMap((each) => {
    const of = each[name as keyof RuleCases];
    return of === undefined ? [] : [of];
  });

describe("the table of rules", () => {
  it("gives each rule a name of its own, in kebab-case", () => {
    const names = RULES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))).toEqual([]);
  });

  it("says of each rule what, why, how to mend it, and where it is known from", () => {
    const silent = RULES.filter(
      (rule) => [rule.summary, rule.why, rule.fix].some((text) => text.trim() === "") || rule.sources.length === 0,
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it("has a case that triggers each rule, and a near miss", () => {
    const bare = RULES.filter((rule) => {
      const own = casesOf(rule);
      return own.flatMap(({ triggers }) => triggers).length === 0 || own.flatMap(({ misses }) => misses).length === 0;
    });
    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  it("has no cases of rules that are not there", () => {
    const names: readonly string[] = RULES.map(({ name }) => name);
    expect(cases.flatMap((each) => Object.keys(each)).filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe.each(RULES.map((rule) => [rule.name, rule] as const))("%s", (_, rule) => {
  it("finds its bad example, and nothing in its good one", async () => {
    expect(await own(rule, { of: rule.bad })).not.toEqual([]);
    expect(await own(rule, { of: rule.good })).toEqual([]);
  });

  const ownCases = casesOf(rule);
  it.each(ownCases.flatMap(({ triggers }) => triggers))("finds: $title", async (each) => {
    const findings = await own(rule, each);
    expect(findings).not.toEqual([]);
    if (each.at !== undefined) {
      const wanted = each.at;
      const places = findings.map(({ path, source }, index) =>
        typeof wanted[index] === "number" ? Number(/:(\d+):\d+$/.exec(source ?? "")?.[1]) : path,
      );
      expect(places).toEqual(wanted);
    }
    for (const { severity, message } of findings) {
      expect(severity).toBe(each.severity ?? rule.severity);
      if (each.says !== undefined) expect(message).toMatch(each.says);
    }
  });

  it.each(ownCases.flatMap(({ misses }) => misses))("does not find: $title", async (each) => {
    expect(await own(rule, each)).toEqual([]);
  });
});

async function own({ name }: Rule, { of, files: beside }: Pick<RuleCase, "of" | "files">) {
  return (await found(of, beside)).filter(({ rule }) => rule === name);
}
