import { describe, expect, it } from "vitest";
import type { LaunchPlan, PlannedService } from "../../src/drive/decide/launch-plan.ts";
import type { ContainerInspection, Engine, EngineEvent } from "../../src/drive/engine/engine.ts";
import { EngineRefusal } from "../../src/drive/engine/request.ts";
import { launch } from "../../src/drive/launch.ts";
import { StackError } from "../../src/errors.ts";
import type { DependencyModel } from "../../src/model/schema/depends-on.ts";

const PLAN: LaunchPlan = {
  services: new Map([["web", { name: "web", kind: "service", replicas: 1, dependsOn: new Map(), budget: 60 }]]),
};

/** An engine with one container, which is healthy as soon as it runs; `trouble` may fail a call, which it gets the number of. */
function engineWith(trouble: { readonly start?: (call: number) => void; readonly inspect?: (call: number) => void }): Engine {
  let starts = 0;
  let looks = 0;
  let isUp = false;
  const engine: Partial<Engine> = {
    containersOf: async () => [{ Id: "1", Labels: {} }],
    inspect: async () => {
      trouble.inspect?.(++looks);
      return inspection(isUp);
    },
    start: async () => {
      trouble.start?.(++starts);
      isUp = true;
    },
    events: async (_, signal) => untilAborted(signal),
  };
  return engine as Engine;
}

async function* untilAborted(signal: AbortSignal): AsyncGenerator<never> {
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}

function inspection(isUp: boolean, health: "starting" | "healthy" = "healthy"): ContainerInspection {
  return {
    Id: "1",
    Name: "/shop-web-1",
    RestartCount: 0,
    NetworkSettings: { Ports: null },
    Config: { Labels: { "com.docker.compose.service": "web" } },
    State: {
      Status: isUp ? "running" : "created",
      ExitCode: 0,
      OOMKilled: false,
      Error: "",
      StartedAt: isUp ? "2026-01-01T00:00:00Z" : "0001-01-01T00:00:00Z",
      Health: { Status: isUp ? health : "starting", FailingStreak: 0, Log: null },
    },
  };
}

const run = (engine: Engine) =>
  launch({
    engine,
    project: "shop",
    plan: PLAN,
    rules: {},
    starts: true,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });

const away = () => {
  throw StackError.of("no-engine", "no Docker Engine answers: socket hang up");
};

describe("a launch", () => {
  it("starts again what an engine that went away did not start", async () => {
    const { verdict } = await run(engineWith({ start: (call) => (call === 1 ? away() : undefined) }));
    expect(verdict).toBe("ready");
  });

  it("fails where the engine refuses to start", async () => {
    const refuse = () => {
      throw new EngineRefusal(500, "driver failed programming external connectivity");
    };
    const { verdict, culprits } = await run(engineWith({ start: refuse }));
    expect([verdict, culprits]).toEqual(["failed", [{ service: "web", failure: "start-failed" }]]);
  });

  it.each([
    ["an engine that was away", away],
    [
      "an engine that could not tell",
      () => {
        throw new EngineRefusal(500, "RWLayer of container 1 is unexpectedly nil");
      },
    ],
  ])("looks again after %s", async (_, fail) => {
    const { verdict } = await run(engineWith({ inspect: (call) => (call === 1 ? fail() : undefined) }));
    expect(verdict).toBe("ready");
  });
});

describe("a start", () => {
  const probed: PlannedService = { name: "web", kind: "service", replicas: 1, dependsOn: new Map(), budget: 60, isProbed: true };
  const dependOn = (condition: DependencyModel["condition"]): PlannedService => ({
    ...probed,
    name: "app",
    replicas: 0,
    dependsOn: new Map([["web", { condition, required: true }]]),
  });

  it.each([
    ["that nobody waits for is not looked at before the health changes", [], ["waiting", "healthy"]],
    ["after which others wait for health, the same", [dependOn("service_healthy")], ["waiting", "healthy"]],
    ["that others wait for is looked at", [dependOn("service_started")], ["waiting", "starting", "healthy"]],
  ] as const)("%s", async (_, dependents, expected) => {
    const states: string[] = [];
    const { verdict } = await launch({
      engine: tellingEngine(),
      project: "shop",
      plan: { services: new Map([probed, ...dependents].map((service) => [service.name, service])) },
      rules: {},
      starts: true,
      signal: new AbortController().signal,
      onProgress: ({ changed }) => states.push(...changed.filter(({ service }) => service === "web").map(({ state }) => state)),
    });
    expect([verdict, states]).toEqual(["ready", expected]);
  });

  it("of which no event tells is looked at all the same", async () => {
    let looks = 0;
    const engine = engineWith({ inspect: () => looks++ });
    await launch({
      engine,
      project: "shop",
      plan: { services: new Map([["web", probed]]) },
      rules: {},
      starts: true,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    expect(looks).toBe(2);
  });
});

/** An engine with one container, which tells of its start, and of its health a moment later. */
function tellingEngine(): Engine {
  let state: "created" | "starting" | "healthy" = "created";
  const told: EngineEvent[] = [];
  let wake = (): void => undefined;
  const tell = (Action: string): void => {
    told.push({ Action, Actor: { ID: "1", Attributes: { "com.docker.compose.service": "web" } } });
    wake();
  };
  const engine: Partial<Engine> = {
    containersOf: async () => [{ Id: "1", Labels: {} }],
    inspect: async () => inspection(state !== "created", state === "healthy" ? "healthy" : "starting"),
    start: async () => {
      state = "starting";
      tell("start");
      setTimeout(() => {
        state = "healthy";
        tell("health_status: healthy");
      }, 50);
    },
    events: async (_, signal) =>
      (async function* () {
        signal.addEventListener("abort", () => wake(), { once: true });
        while (!signal.aborted) {
          yield* told.splice(0);
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      })(),
  };
  return engine as Engine;
}
