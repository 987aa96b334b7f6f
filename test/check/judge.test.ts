import { service, stack } from "stackwright";
import { describe, expect, it } from "vitest";
import { settingsOf } from "../../src/check/configuration.ts";
import { judge } from "../../src/check/judge.ts";
import { parseStack } from "../../src/check/parse-stack.ts";
import { readCompose } from "../../src/load/compose/read-compose.ts";
import type { Stack } from "../../src/model/stack.ts";
import { temporaryFolder, writeTree } from "../temporary-folder.ts";

const ZERO = "services:\n  db:\n    image: acme/db:1\n    healthcheck: {test: x, retries: 0, interval: 500us}\n    restart: always\n";

async function read(text: string): Promise<Stack> {
  const folder = temporaryFolder();
  await writeTree(folder, { "compose.yaml": text });
  return readCompose(`${folder}/compose.yaml`, { environment: {} });
}

const severities = (of: Stack, rules: object) =>
  Object.fromEntries(judge(parseStack(of), settingsOf({ rules }, "config.ts")).findings.map(({ rule, severity }) => [rule, severity]));

describe("settings", () => {
  it("leave each rule its own severity where they say nothing", async () => {
    expect(severities(await read(ZERO), {})).toMatchObject({ "zero-timing": "warning", "duration-too-short": "error" });
  });

  it("switch a rule off, or lower it", async () => {
    const found = severities(await read(ZERO), { "zero-timing": "off", "duration-too-short": { severity: "info" } });
    expect(found).not.toHaveProperty("zero-timing");
    expect(found["duration-too-short"]).toBe("info");
  });

  it("raise a rule", async () => {
    expect(severities(await read(ZERO), { "zero-timing": "error" })["zero-timing"]).toBe("error");
  });

  it("don't make a finding more than it says of itself", async () => {
    const unsure = await read(
      "services:\n  a:\n    image: acme/a:1\n    depends_on: {b: {condition: service_healthy}}\n  b: {image: acme/b:1}\n",
    );
    expect(severities(unsure, { "healthy-without-healthcheck": "error" })["healthy-without-healthcheck"]).toBe("warning");
  });

  it("can't make an unsound stack sound", () => {
    const unsound = stack("s", [service("a", { image: "x", healthcheck: { test: "x", retries: 0 } })]);
    expect(severities(unsound, { "zero-timing": "off" })["zero-timing"]).toBe("error");
  });
});

describe("a configuration", () => {
  it("tells all of its mistakes at once", () => {
    const wrong = { rule: {}, rules: { "zero-timming": "off", "zero-timing": "warn", "retries-1": "off" } };
    expect(() => settingsOf(wrong, "stackwright.config.ts")).toThrow(
      expect.objectContaining({
        issues: ["rule", "rules.zero-timming", "rules.zero-timing"].map((path) => expect.objectContaining({ path })),
      }),
    );
  });

  it.each<[unknown, string, RegExp]>([
    [{ rules: { "zero-timming": "off" } }, "rules.zero-timming", /no rule "zero-timming"; did you mean "zero-timing"/],
    [{ rules: { "zero-timing": "warn" } }, "rules.zero-timing", /"warn" is no severity \(accepted: "off", "error", "warning", "info"\)/],
    [{ rules: [] }, "rules", /not an object/],
    [{ rule: {} }, "rule", /accepted: "rules"/],
    [7, "", /7 is no configuration/],
  ])("%j is refused", (configuration, path, message) => {
    expect(() => settingsOf(configuration, "stackwright.config.ts")).toThrow(
      expect.objectContaining({
        code: "usage",
        issues: [expect.objectContaining({ path, source: "stackwright.config.ts", message: expect.stringMatching(message) })],
      }),
    );
  });
});

describe("what is allowed", () => {
  it("is counted with its reason", async () => {
    const { findings, allowed } = judge(parseStack(await read(`${ZERO}    x-stackwright: {allow: {zero-timing: "Docker's default"}}\n`)));
    expect(allowed.map(({ rule, reason }) => [rule, reason])).toEqual([["zero-timing", "Docker's default"]]);
    expect(findings.map(({ rule }) => rule)).not.toContain("zero-timing");
  });

  it("can't be what makes a stack unsound", () => {
    const allow = { "zero-timing": "no matter" };
    const unsound = stack("s", [service("a", { image: "x", healthcheck: { test: "x", retries: 0 }, "x-stackwright": { allow } })]);
    const { findings, allowed } = judge(parseStack(unsound));
    expect(allowed).toEqual([]);
    expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(["zero-timing", "unused-allowance"]));
  });
});
