import { describe, expect, it } from "vitest";
import { checkStack } from "../../src/check/check-stack.ts";
import { planLaunch } from "../../src/drive/decide/launch-plan.ts";
import {
  type FaultText,
  likelyFaults,
  type Network,
  network,
  probe,
  type RehearseOptions,
  rehearse,
  service,
  stack,
  task,
} from "../../src/index.ts";
import { containerPlans } from "../../src/rehearse/containers.ts";
import { rehearseLaunch } from "../../src/rehearse/rehearse-launch.ts";

const image = "busybox:1.37";
const fast = { interval: "1s", timeout: "1s", retries: 3, startPeriod: "10s", startInterval: "500ms" } as const;

/** What happened, as lines: `1.75 db healthy`. */
function told(services: Parameters<typeof stack>[1], options: RehearseOptions = {}): readonly string[] {
  return rehearse(stack("s", services), options).timeline.map(
    ({ at, service, event, replica, exitCode }) =>
      `${at.toFixed(2)} ${service}${replica > 1 ? `#${replica}` : ""} ${event}${exitCode === undefined ? "" : ` ${exitCode}`}`,
  );
}

describe("the simulated health check", () => {
  // Measured on a real engine with an application that is ready 1 s after its start; the start takes 0.2 s more.
  it.each([
    ["the engine's defaults", {}, 30.05],
    ["an interval", { interval: "5s" }, 5.05],
    ["a start period alone", { interval: "30s", startPeriod: "60s" }, 30.05],
    ["a start interval", { interval: "30s", startPeriod: "60s", startInterval: "250ms" }, 1.14],
    ["a short start period", { startPeriod: "10s", startInterval: "1s" }, 1.1],
  ] as const)("becomes healthy when the engine would: %s", (_, timing, healthyAfter) => {
    const db = service("db", { image, healthcheck: { test: "true", ...timing } });
    const run = rehearse(stack("s", [db]), { faults: { db: "ready@1s" } });
    expect(Math.abs(run.at("db", "healthy") - run.at("db", "started") - healthyAfter)).toBeLessThan(0.1);
  });

  it("counts failures only after the start period, from the end of one probe to the start of the next", () => {
    const db = service("db", { image, healthcheck: { test: "false", ...fast } });
    // The last probe of the start period starts at 9.85; those that start at 10.40, 11.45 and 12.50 count.
    expect(told([db], { faults: { db: "never" } })).toEqual(["0.20 db started", "12.75 db unhealthy"]);
  });

  it("fails a probe that takes longer than its timeout", () => {
    const db = service("db", { image, healthcheck: { test: "true", interval: "1s", timeout: "2s", retries: 2 } });
    expect(told([db], { faults: { db: "slow-probe:2s" } })).toEqual(["0.20 db started", "6.20 db unhealthy"]);
    expect(told([db], { faults: { db: "slow-probe:1s" } })).toEqual(["0.20 db started", "2.25 db healthy"]);
  });

  it("recovers from unhealthy where a timeout leaves time", () => {
    const db = service("db", { image, healthcheck: { test: "true", interval: "1s", retries: 2 } });
    const run = rehearse(stack("s", [db]), { faults: { db: "ready@4s" }, timeout: "1m" });
    expect([run.verdict, run.timeline.map(({ event }) => event)]).toEqual(["ready", ["started", "unhealthy", "healthy"]]);
  });

  it("starts anew after a restart", () => {
    const db = service("db", { image, restart: "always", healthcheck: { test: "true", interval: "2s" } });
    // 1.5 s + 0.1 s to notice + 0.1 s back-off + 0.2 s to start.
    expect(told([db], { faults: { db: "exit:1@1500ms*1" } })).toEqual([
      "0.20 db started",
      "1.80 db exited 1",
      "2.10 db restarted",
      "4.15 db healthy",
    ]);
  });
});

describe("the simulated restart policy", () => {
  const gaps = (restart: "always" | "on-failure:3", fault: "crash-loop" | "exit:0@11s"): readonly number[] => {
    const db = service("db", { image, restart, healthcheck: { test: "true", interval: "20s" } });
    const { timeline } = rehearse(stack("s", [db]), { faults: { db: fault }, timeout: "10m" });
    const times = timeline.map(({ at }) => at);
    return times.flatMap((at, index) => (index % 2 === 0 && index > 0 ? [Math.round((at - (times[index - 1] ?? 0) - 0.2) * 10) / 10] : []));
  };

  it("doubles its back-off from 100 ms to a minute", () => {
    expect(gaps("always", "crash-loop").slice(0, 13)).toEqual([0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 60, 60, 60]);
  });

  it("begins anew after a run of ten seconds", () => {
    expect(gaps("always", "exit:0@11s").slice(0, 3)).toEqual([0.1, 0.1, 0.1]);
  });

  it("ends after the given number of failures", () => {
    expect(gaps("on-failure:3", "crash-loop")).toEqual([0.1, 0.2, 0.4]);
  });
});

describe("a rehearsal", () => {
  const db = service("db", { image, healthcheck: probe.shell("true") });
  const migrate = task("migrate", { image, restart: "on-failure:2", dependsOn: [db.healthy()] });
  const api = service("api", { image, dependsOn: [db.healthy(), migrate.completed()], deploy: { replicas: 2 } });
  const shop = stack("shop", [api]);

  it("starts in order, waits for the conditions and ends when everything is ready", () => {
    expect(told([api])).toEqual([
      "0.20 db started",
      "0.75 db healthy",
      "0.95 migrate started",
      "1.55 migrate completed 0",
      "1.75 api started",
      "1.75 api#2 started",
    ]);
    expect(rehearse(shop).seconds).toBeCloseTo(2.75);
  });

  it("names the culprit with what was rehearsed, and its victims", () => {
    const run = rehearse(shop, { faults: { db: "oom@100ms" } });
    expect(run.verdict).toBe("failed");
    expect(run.culprits).toMatchObject([{ service: "db", cause: "out-of-memory" }]);
    expect(run.culprits[0]?.evidence.join("\n")).toContain("(rehearsed: oom@100ms)");
    expect(run.victims.map(({ service }) => service)).toEqual(["migrate", "api"]);
  });

  it("explains a failure by how the containers would be made, as a launch does", () => {
    const small = service("db", { image, memLimit: "64m" });
    expect(rehearse(stack("s", [small]), { faults: { db: "oom@100ms" } }).culprits).toMatchObject([
      { message: "the kernel killed it: out of memory (limit 64 MiB)", hint: expect.stringContaining("raise memLimit above 64 MiB") },
    ]);
    const slow = service("db", { image, healthcheck: { test: ["CMD", "pg_isready"], interval: "1s", retries: 2 } });
    expect(rehearse(stack("s", [slow]), { faults: { db: "slow-probe:40s" } }).culprits).toMatchObject([
      { cause: "probe-timeout", message: expect.stringContaining("30s") },
    ]);
  });

  it("lets a test say what holds whatever fails", () => {
    for (const faults of likelyFaults(shop)) {
      const run = rehearse(shop, { faults });
      expect(run.at("api", "started")).toBeGreaterThanOrEqual(run.at("migrate", "completed"));
    }
  });

  it("goes on after the verdict where it is asked to", () => {
    const run = rehearse(stack("s", [db]), { faults: { db: "unhealthy@1m" }, follow: "2m" });
    expect([run.verdict, run.timeline.map(({ event }) => event)]).toEqual(["ready", ["started", "healthy", "unhealthy"]]);
  });

  it("says which faults never took effect, which only after the verdict, and which nobody noticed", () => {
    const pool = service("pool", { image, healthcheck: { test: "true", ...fast } });
    const notes = (fault: FaultText, options: RehearseOptions = {}): readonly string[] =>
      rehearse(stack("s", [pool]), { faults: { pool: fault }, ...options }).notes.map(({ service, message }) => `${service} ${message}`);
    // Started after 0.2 s, healthy by the first probe, after 0.5 s and 0.05 s.
    expect(notes("flap@10s")).toEqual(["pool never took effect: it would have at 10.2 s, and the launch was ready after 0.8 s"]);
    expect(notes("oom@10s", { follow: "1m" })).toEqual(["pool took effect at 10.2 s only: the launch was ready after 0.8 s"]);
    // A probe begins every 1.05 s: at least three of them fail in 10 s, and at most two in 2 s.
    expect(notes("flap@10s", { follow: "1m" })).toEqual(["pool took effect at 10.2 s only: the launch was ready after 0.8 s"]);
    expect(notes("flap@2s", { follow: "1m" })[1]).toMatch(/^pool was noticed by nobody until 60.0 s: unhealthy takes 3 failed probes/);
    expect(notes("exit:1@100ms")).toEqual([]);
    expect(notes("ready@4s")).toEqual([]);
    const run = rehearse(shop, { faults: { db: "exit:1@100ms", migrate: "oom@2s" } });
    expect(run.notes).toMatchObject([{ service: "migrate", fault: "oom@2s", message: expect.stringContaining("was not started") }]);
  });

  it("shows what becomes of a service after the verdict", () => {
    const checked = checkStack(stack("s", [service("pool", { image, healthcheck: { test: "true", ...fast } })]));
    const plan = planLaunch(checked);
    const containers = containerPlans(checked, plan, { pool: "flap@10s" });
    const { changes } = rehearseLaunch({ plan, containers, rules: {}, follow: 30 });
    // Fails from 10.2 s to 20.2 s: the third probe in a row ends within 1.05 s and two times 1.05 s more.
    expect(changes.map(({ state }) => state)).toEqual(["waiting", "starting", "healthy", "unhealthy", "healthy"]);
    expect(changes[3]?.at).toBeGreaterThan(12);
    expect(changes[3]?.at).toBeLessThan(13.5);
    expect(changes[4]?.at).toBeGreaterThan(20.2);
  });

  it("publishes no port of a service of which all networks are internal", () => {
    const [inner, outer] = [network("inner", { internal: true }), network("outer")];
    const portsOf = (networks: readonly Network[]) => {
      const checked = checkStack(stack("s", [service("web", { image, ports: ["8080:80"], networks: [...networks] })]));
      return containerPlans(checked, planLaunch(checked)).flatMap(({ ports }) => ports.map(({ host }) => host));
    };
    expect([portsOf([inner]), portsOf([inner, outer]), portsOf([])]).toEqual([[], [8080], [8080]]);
  });

  it("has no answer for a service or an event that there is not", () => {
    const run = rehearse(shop);
    expect(() => run.at("appi", "started")).toThrow('there is no service "appi"');
    expect(() => run.at("api", "start" as "started")).toThrow('"start" is no event of a container');
  });

  it("refuses a fault of an unknown service, and one that would change nothing", () => {
    expect(() => rehearse(shop, { faults: { migrat: "never" } })).toThrow('there is no service "migrat"; did you mean "migrate"?');
    expect(() => rehearse(shop, { faults: { api: "unhealthy@1s" } })).toThrow("the service has no health check");
    expect(() => rehearse(shop, { faults: { migrate: "flap@1s" } })).toThrow("a task is not probed");
  });
});
