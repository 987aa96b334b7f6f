import { type ConfigSpec, config, type SecretSpec, secret, service, stack } from "stackwright";
import { describe, expect, it } from "vitest";
import { reportsOf } from "./issues.ts";

describe("a service", () => {
  it("needs an image or a build", () => {
    const message = 'has neither an image nor a build (write image: "postgres:17" or build: "./folder")';
    expect(reportsOf(stack("s", [service("a", {})]))).toEqual([["a", message]]);
  });

  it.each([{ image: "x" }, { build: "." }, { image: "x", build: "." }])("is accepted with %j", (spec) => {
    expect(reportsOf(stack("s", [service("a", spec)]))).toEqual([]);
  });
});

describe("a secret", () => {
  const report = (spec: SecretSpec) => reportsOf(stack("s", [service("a", { image: "x", secrets: [secret("key", spec)] })]));

  it.each<SecretSpec>([{}, { file: "k", environment: "K" }, { external: true, file: "k" }, { external: false }])(
    "needs exactly one source, which %j has not",
    (spec) => {
      const message = 'the secret needs exactly one source (write "file" or "environment", or external: true and none)';
      expect(report(spec)).toEqual([["key", message]]);
    },
  );

  it.each<SecretSpec>([{ file: "k" }, { environment: "K" }, { external: true }, { external: false, file: "k" }])(
    "is accepted with %j",
    (spec) => {
      expect(report(spec)).toEqual([]);
    },
  );
});

describe("a config", () => {
  const report = (spec: ConfigSpec) => reportsOf(stack("s", [service("a", { image: "x", configs: [config("conf", spec)] })]));

  it.each<ConfigSpec>([{}, { file: "c", content: "c" }, { external: true, content: "c" }])(
    "needs exactly one source, which %j has not",
    (spec) => {
      const message = 'the config needs exactly one source (write "file", "environment" or "content", or external: true and none)';
      expect(report(spec)).toEqual([["conf", message]]);
    },
  );

  it.each<ConfigSpec>([{ file: "c" }, { environment: "C" }, { content: "\n" }, { external: true }])("is accepted with %j", (spec) => {
    expect(report(spec)).toEqual([]);
  });
});
