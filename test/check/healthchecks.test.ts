import { type HealthcheckSpec, type Probe, probe, service, stack } from "stackwright";
import { describe, expect, it } from "vitest";
import { reportsOf } from "./issues.ts";

const report = (healthcheck: Probe | HealthcheckSpec) => reportsOf(stack("s", [service("db", { image: "x", healthcheck })]));
const START_INTERVAL = '"startInterval" has no effect without "startPeriod", and Compose refuses it at launch';

describe("a health check that contradicts itself", () => {
  it("is disabled and has a test", () => {
    expect(report({ disable: true, test: "true" })).toEqual([["db.healthcheck", '"disable" and "test" contradict each other']]);
  });

  it("has a start interval without a start period", () => {
    expect(report({ test: "true", startInterval: "1s" })).toEqual([["db.healthcheck", START_INTERVAL]]);
  });

  it("takes the start period from the image, where Compose does not look", () => {
    expect(report(probe.fromImage({ startInterval: "1s" }))).toEqual([["db.healthcheck", START_INTERVAL]]);
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
  ])("%s", (_, healthcheck) => {
    expect(report(healthcheck)).toEqual([]);
  });
});
