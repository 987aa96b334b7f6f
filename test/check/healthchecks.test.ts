import { type HealthcheckSpec, type Probe, probe, service, stack } from "stackwright";
import { describe, expect, it } from "vitest";
import { reportsOf } from "./issues.ts";

const report = (healthcheck: Probe | HealthcheckSpec) => reportsOf(stack("s", [service("db", { image: "x", healthcheck })]));
const START_INTERVAL = '"startInterval" has no effect without "startPeriod", and Compose refuses it at launch';

describe("a health check that contradicts itself", () => {
  it("is disabled and has a test", () => {
    expect(report({ disable: true, test: "true" })).toEqual([["db.healthcheck.disable", '"disable" and "test" contradict each other']]);
  });

  it("has a start interval without a start period", () => {
    expect(report({ test: "true", startInterval: "1s" })).toEqual([["db.healthcheck.startInterval", START_INTERVAL]]);
  });

  it("takes the start period from the image, where Compose does not look", () => {
    expect(report(probe.fromImage({ startInterval: "1s" }))).toEqual([["db.healthcheck.startInterval", START_INTERVAL]]);
  });
});

describe("a timing that can't be meant", () => {
  it.each<[Probe | HealthcheckSpec, string, string]>([
    [probe.tcp({ port: 1, interval: "0s" }), "interval", '"interval" is 0, which Docker takes for its own default'],
    [probe.tcp({ port: 1, retries: 0 }), "retries", '"retries" is 0'],
    [probe.tcp({ port: 1, startPeriod: "0s", startInterval: "1s" }), "startInterval", '"startInterval" has no effect'],
    [
      probe.tcp({ port: 1, startPeriod: "5s", startInterval: "10s" }),
      "startInterval",
      '"startInterval", 10s, is longer than "startPeriod", 5s',
    ],
  ])("%j", (healthcheck, at, message) => {
    expect(report(healthcheck)).toEqual([[`db.healthcheck.${at}`, expect.stringContaining(message)]]);
  });
});

describe("a health check that is sound", () => {
  it.each<[string, Probe | HealthcheckSpec]>([
    ["is disabled", { disable: true }],
    ["has a test and says that it is not disabled", { disable: false, test: "true" }],
    ["has a start interval and a start period", { test: "true", startInterval: "1s", startPeriod: "10s" }],
    ["has a start period alone", { test: "true", startPeriod: "10s" }],
    ["is the image's", probe.fromImage()],
    ["is the image's at other times", probe.fromImage({ startInterval: "1s", startPeriod: "10s" })],
    ["is a probe with a start interval, as the start period has a default", probe.tcp({ port: 1, startInterval: "1s" })],
    ["is none", probe.none()],
    ["is a probe without a start period", probe.tcp({ port: 1, startPeriod: "0s" })],
    ["is a probe with a very short start period", probe.tcp({ port: 1, startPeriod: "100ms" })],
  ])("%s", (_, healthcheck) => {
    expect(report(healthcheck)).toEqual([]);
  });
});
