import { describe, expect, test } from "vitest";
import { decide } from "../../src/drive/decide/decide.ts";
import type { LaunchPlan } from "../../src/drive/decide/launch-plan.ts";
import type { LaunchRules } from "../../src/drive/decide/launch-rules.ts";
import type { ContainerState } from "../../src/drive/decide/snapshot.ts";

describe("a service that others can do without", () => {
  test("fails and the rest is ready all the same", () => {
    const { verdict } = look(60, [container("cache", "unhealthy"), settled("api")]);
    expect(verdict).toMatchObject({ verdict: "ready", culprits: [] });
  });

  test("lets its dependents start when its own time is over", () => {
    expect(look(5, [container("cache", "starting"), waiting("api")]).start).toEqual([]);
    const late = look(60, [container("cache", "starting"), waiting("api")]);
    expect(late.start).toEqual(["api"]);
    expect(late.verdict).toBeUndefined();
  });

  test("is at fault where time runs out while others still wait for it", () => {
    const { verdict } = look(9, [container("cache", "starting"), waiting("api")], { timeout: 9 });
    expect(verdict).toMatchObject({ verdict: "timeout", culprits: [{ service: "cache" }] });
  });
});

describe("a container that somebody stopped", () => {
  const stopped = { ...container("api", undefined), status: "exited", exitCode: 143, endedBy: { who: "others", at: 10 } } as const;

  test("may be on its way to be started again, for a moment", () => {
    const { services, verdict, lookAgainAt } = look(10.1, [container("cache", "healthy"), stopped]);
    expect(services.find(({ service }) => service === "api")).toMatchObject({ state: "restarting", final: false });
    expect(verdict).toBeUndefined();
    expect(lookAgainAt).toBe(11.5);
  });

  test("has failed after that moment", () => {
    expect(look(11.6, [container("cache", "healthy"), stopped]).verdict).toMatchObject({
      verdict: "failed",
      culprits: [{ service: "api", failure: "exited" }],
    });
  });

  test("has failed at once where it ended by itself", () => {
    const { endedBy: _, ...crashed } = stopped;
    expect(look(10.1, [container("cache", "healthy"), crashed]).verdict).toMatchObject({ verdict: "failed" });
  });
});

function look(at: number, containers: readonly ContainerState[], rules: LaunchRules = {}) {
  return decide(PLAN, { at, containers }, rules);
}

const PLAN: LaunchPlan = {
  services: new Map([
    ["cache", { name: "cache", kind: "service", replicas: 1, dependsOn: new Map(), budget: 30 }],
    [
      "api",
      {
        name: "api",
        kind: "service",
        replicas: 1,
        dependsOn: new Map([["cache", { condition: "service_healthy", required: false }]]),
        budget: 30,
      },
    ],
  ]),
};

function container(service: string, health: ContainerState["health"]): ContainerState {
  return {
    id: service,
    name: service,
    service,
    number: 1,
    status: "running",
    ...(health === undefined ? {} : { health }),
    exitCode: 0,
    oomKilled: false,
    error: "",
    runs: 1,
    runningSince: 0,
    firstRunAt: 0,
    ports: [],
    failingStreak: 0,
    probes: [],
  };
}

function settled(service: string): ContainerState {
  return container(service, undefined);
}

function waiting(service: string): ContainerState {
  const { runningSince: _, firstRunAt: __, ...rest } = container(service, undefined);
  return { ...rest, status: "created", runs: 0 };
}
