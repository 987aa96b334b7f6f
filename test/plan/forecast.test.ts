import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkStack } from "../../src/check/check-stack.ts";
import { planLaunch } from "../../src/drive/decide/launch-plan.ts";
import { type AnyService, from, probe, readCompose, rehearse, type Stack, service, stack, task } from "../../src/index.ts";
import { type Forecast, type ForecastOptions, forecast } from "../../src/plan/forecast.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const image = "busybox:1.37";
const NEVER = Number.POSITIVE_INFINITY;
const quick = { interval: "10s", timeout: "5s", retries: 3, startPeriod: "30s", startInterval: "500ms" } as const;

function forecastOf(services: readonly AnyService[], options?: ForecastOptions): Forecast {
  const checked = checkStack(stack("s", services));
  return forecast(checked, planLaunch(checked), options);
}

/** A stack that was written for Compose. */
function composed(yaml: string): Stack {
  const file = join(temporaryFolder(), "compose.yaml");
  writeFileSync(file, yaml);
  return readCompose(file, { name: "s" });
}

describe("the forecast of a service", () => {
  it("with the engine's default health check loses its first half minute to the interval", () => {
    const plan = forecastOf([service("db", { image, healthcheck: { test: "true" } })]);
    const { firstLook, expected, waste, unhealthy } = plan.services.get("db")?.afterStart ?? {};
    expect(firstLook).toBe(30);
    expect(expected).toBeCloseTo(30.05);
    expect(waste).toBeCloseTo(29.5);
    // Three probes, each after an interval: fast failures, and failures that take all of their 30 s.
    expect(unhealthy?.earliest).toBeCloseTo(90.15);
    expect(unhealthy?.latest).toBe(180);
    expect(plan.warnings).toEqual([expect.stringContaining("db: 29.5 s of the 30.1 s until it is ready is its probe's interval")]);
  });

  it("is at worst ready when its last chance passes", () => {
    const { ready, starts, afterStart } =
      forecastOf([service("db", { image, healthcheck: { test: "true", ...quick } })]).services.get("db") ?? {};
    // The last probe that does not count begins just before 30 s and ends at 35 s. Then those at 45, 60 and 75 s count.
    expect(afterStart?.unhealthy?.latest).toBe(80);
    expect(ready?.worst).toBeCloseTo((starts?.worst ?? 0) + 80);
  });

  it("goes by the health check in its generated Dockerfile, and by what the service says instead", () => {
    const dockerfile = from(image).healthcheck(probe.shell("true", quick));
    const worstOf = (web: AnyService) => forecastOf([web]).services.get("web")?.afterStart?.worst;
    expect(worstOf(service("web", { build: { dockerfile } }))).toBe(80);
    // Without a start period three probes after 10 s and of 5 s each.
    expect(worstOf(service("web", { build: { dockerfile }, healthcheck: probe.fromImage({ startPeriod: "0s" }) }))).toBe(45);
  });

  it("without health check is ready when it has settled; a task when it is done", () => {
    const plan = forecastOf([service("web", { image }), task("job", { image })], { takes: new Map([["job", 5]]) });
    expect(plan.services.get("web")?.afterStart).toEqual({ expected: 1, worst: 1, waste: 0 });
    expect(plan.services.get("job")?.ready.expected).toBeCloseTo(5.3);
  });

  it("without health check is never ready where others need it to be healthy, and neither are they; a launch says the same", () => {
    const waitsFor = (required: boolean) =>
      composed(
        `services:
  db: { image: busybox:1.37 }
  web: { image: busybox:1.37, depends_on: { db: { condition: service_healthy, required: ${required} } } }`,
      );
    const checked = checkStack(waitsFor(true));
    const plan = forecast(checked, planLaunch(checked));
    expect(["db", "web"].map((name) => plan.services.get(name)?.ready.expected)).toEqual([NEVER, NEVER]);
    expect(plan.warnings).toEqual([expect.stringContaining("others wait until db is healthy, and it has no health check")]);
    expect(rehearse(checked)).toMatchObject({ verdict: "failed", culprits: [{ service: "db", cause: "no-healthcheck" }] });
    // Who does not require it goes on as soon as it has failed.
    const optional = checkStack(waitsFor(false));
    expect(forecast(optional, planLaunch(optional)).services.get("web")?.starts.expected).toBeCloseTo(0.4);
    expect(rehearse(optional).at("web", "started")).toBeCloseTo(0.4);
  });

  it("of which the image is known to bring a health check is ready by the engine's default timings", () => {
    const checked = checkStack(
      composed(`services:
  mail: { image: axllent/mailpit:v1.20 }
  web: { image: busybox:1.37, depends_on: { mail: { condition: service_healthy } } }`),
    );
    expect(forecast(checked, planLaunch(checked)).services.get("mail")?.afterStart.expected).toBeCloseTo(30.05);
    expect(rehearse(checked).verdict).toBe("ready");
  });

  it("that is called unhealthy before its application is ready is never ready", () => {
    const db = service("db", { image, healthcheck: { test: "true", interval: "1s", retries: 2 } });
    const plan = forecastOf([db, task("migrate", { image, dependsOn: [db.healthy()] })], { takes: new Map([["db", 10]]) });
    expect(plan.services.get("migrate")?.ready.expected).toBe(Number.POSITIVE_INFINITY);
    expect(plan.warnings).toEqual(["db is called unhealthy 2.1 s after its start, before it is ready: give it a longer startPeriod"]);
  });
});

describe("the critical path", () => {
  const db = service("db", { image, healthcheck: probe.shell("true") });
  const cache = service("cache", { image, healthcheck: { test: "true", interval: "4s" } });
  const migrate = task("migrate", { image, dependsOn: [db.healthy()] });
  const api = service("api", { image, dependsOn: [migrate.completed(), cache.started()] });

  it("is the chain that decides when everything is ready", () => {
    expect(forecastOf([api]).criticalPath).toEqual(["cache"]);
    expect(forecastOf([api], { takes: new Map([["migrate", 9]]) }).criticalPath).toEqual(["db", "migrate", "api"]);
  });

  it("says what a rehearsal without faults comes to", () => {
    expect(forecastOf([api]).ready.expected).toBeCloseTo(rehearse(stack("s", [api])).seconds);
  });
});

describe("a timeout", () => {
  const db = service("db", { image, healthcheck: { test: "true", interval: "20s", timeout: "5s", retries: 2, startPeriod: "0s" } });

  it("shorter than what is expected cannot hold", () => {
    const { warnings } = forecastOf([db], { timeout: 15 });
    expect(warnings).toContain("--timeout 15 s cannot hold: db is expected to be ready after 20.3 s");
  });

  it("that ends before the service is called unhealthy hides the reason", () => {
    expect(forecastOf([db], { timeout: 30 }).warnings.at(-1)).toContain(
      "--timeout 30 s may end before db is called unhealthy, up to 50 s after its start",
    );
  });

  it("that leaves all the time there is is not worth a word", () => {
    expect(forecastOf([db], { timeout: 60 }).warnings.filter((each) => each.includes("--timeout"))).toEqual([]);
  });
});
