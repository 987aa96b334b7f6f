import { type AnyService, type HealthcheckSpec, type Probe, probe, service, stack, task } from "stackwright";
import { describe, expect, it } from "vitest";
import type { Condition, Dependency } from "../../src/model/dependency.ts";
import { reportsOf } from "./issues.ts";

const raw = (on: string, condition: Condition): Dependency => ({ kind: "dependency", on, condition, required: true });
const dependent = (...dependsOn: Dependency[]) => service("a", { image: "x", dependsOn });
const report = (target: AnyService, condition: Condition) => reportsOf(stack("s", [target, dependent(raw(target.name, condition))]));

describe("a dependency on what is not there", () => {
  it("is refused, and the service that was meant is named", () => {
    const db = service("postgres", { image: "x" });
    expect(reportsOf(stack("s", [db, dependent(raw("postgre", "service_started"))]))).toEqual([
      ["a.dependsOn.postgre", 'there is no service "postgre"; did you mean "postgres"?'],
    ]);
  });

  it("is refused where no name is near", () => {
    expect(reportsOf(stack("s", [dependent(raw("zzzzzz", "service_started"))]))).toEqual([
      ["a.dependsOn.zzzzzz", 'there is no service "zzzzzz"'],
    ]);
  });

  it("is accepted by the name of a member", () => {
    expect(report(service("db", { image: "x" }), "service_started")).toEqual([]);
  });
});

describe("service_healthy", () => {
  const check = (healthcheck: Probe | HealthcheckSpec) => report(service("db", { image: "x", healthcheck }), "service_healthy");

  it("never holds without a health check", () => {
    expect(report(service("db", { image: "x" }), "service_healthy")).toEqual([
      ["a.dependsOn.db", '"db" has no health check and never becomes healthy'],
    ]);
  });

  it.each<[string, Probe | HealthcheckSpec]>([
    ["a disabled health check", { disable: true }],
    ["probe.none()", probe.none()],
    ["the test NONE", { test: ["NONE"] }],
  ])("never holds with %s", (_, healthcheck) => {
    expect(check(healthcheck)).toEqual([["a.dependsOn.db", '"db" has no health check and never becomes healthy']]);
  });

  it.each<[string, Probe | HealthcheckSpec]>([
    ["a probe", probe.tcp({ port: 1 })],
    ["the image's health check", probe.fromImage()],
    ["the image's health check at other times", { interval: "1s" }],
    ["a test called NONE, which is a string for the shell", { test: "NONE" }],
  ])("can hold with %s", (_, healthcheck) => {
    expect(check(healthcheck)).toEqual([]);
  });

  it("never holds with the image's health check where the image is known to bring none", () => {
    const db = (image: string) => report(service("db", { image, healthcheck: probe.fromImage() }), "service_healthy");
    expect(db("postgres:17")).toEqual([["a.dependsOn.db", '"db" has no health check and never becomes healthy: its image brings none']]);
    expect(db("axllent/mailpit:v1")).toEqual([]);
  });

  it("never holds for a task", () => {
    expect(report(task("db", { image: "x" }), "service_healthy")).toHaveLength(1);
  });
});

describe("service_completed_successfully", () => {
  it.each(["always", "unless-stopped"] as const)("never holds with restart: %s", (restart) => {
    expect(report(service("job", { image: "x", restart }), "service_completed_successfully")).toEqual([
      ["a.dependsOn.job", `"job" never completes: restart: "${restart}" starts it again after success`],
    ]);
  });

  it.each(["no", "on-failure", "on-failure:2"] as const)("can hold with restart: %s", (restart) => {
    expect(report(task("job", { image: "x", restart }), "service_completed_successfully")).toEqual([]);
  });

  it("can hold without a restart policy", () => {
    expect(report(task("job", { image: "x" }), "service_completed_successfully")).toEqual([]);
  });
});
