import { afterEach, describe, expect, it, vi } from "vitest";
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
    containersOf: async () => [{ Id: "web", Labels: {} }],
    inspect: async () => {
      trouble.inspect?.(++looks);
      return inspection(isUp ? "healthy" : "created");
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

function inspection(state: "created" | "starting" | "healthy" | "exited", service = "web"): ContainerInspection {
  const Status = state === "created" || state === "exited" ? state : "running";
  return {
    Id: service,
    Name: `/shop-${service}-1`,
    RestartCount: 0,
    NetworkSettings: { Ports: null },
    Config: { Labels: { "com.docker.compose.service": service } },
    State: {
      Status,
      ExitCode: state === "exited" ? 1 : 0,
      OOMKilled: false,
      Error: "",
      StartedAt: state === "created" ? "0001-01-01T00:00:00Z" : "2026-01-01T00:00:00Z",
      Health: { Status: state === "healthy" ? "healthy" : "starting", FailingStreak: 0, Log: null },
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

const PROBED: PlannedService = { name: "web", kind: "service", replicas: 1, dependsOn: new Map(), budget: 60, isProbed: true };

function dependent(name: string, on: string, condition: DependencyModel["condition"], replicas = 1): PlannedService {
  return { ...PROBED, name, replicas, dependsOn: new Map([[on, { condition, required: true }]]) };
}

/** Launches, and keeps the states that each service went through. */
async function launched(engine: Engine, services: readonly PlannedService[]) {
  const states: Record<string, string[]> = {};
  const result = await launch({
    engine,
    project: "shop",
    plan: { services: new Map(services.map((service) => [service.name, service])) },
    rules: {},
    starts: true,
    signal: new AbortController().signal,
    onProgress: ({ changed }) => {
      for (const { service, state } of changed) states[service] = [...(states[service] ?? []), state];
    },
  });
  return { ...result, states };
}

describe("a start", () => {
  const becomesHealthy = (engine: PlayedEngine) => {
    engine.play("web", "starting", "start");
    setTimeout(() => engine.play("web", "healthy", "health_status: healthy"), 50);
  };

  it.each([
    ["that nobody waits for is not looked at before the health changes", [], ["waiting", "healthy"]],
    ["after which others wait for health, the same", [dependent("app", "web", "service_healthy", 0)], ["waiting", "healthy"]],
    ["that others wait for is looked at", [dependent("app", "web", "service_started", 0)], ["waiting", "starting", "healthy"]],
  ] as const)("%s", async (_, dependents, expected) => {
    const { verdict, states } = await launched(playedEngine(["web"], { web: becomesHealthy }), [PROBED, ...dependents]);
    expect([verdict, states["web"]]).toEqual(["ready", expected]);
  });

  it("of which no event tells is looked at all the same", async () => {
    let looks = 0;
    await launched(engineWith({ inspect: () => looks++ }), [PROBED]);
    expect(looks).toBe(2);
  });

  it("by others is looked at, though its turn has not come", async () => {
    const engine = playedEngine(["web", "app"], {
      web: (engine) => {
        engine.play("web", "starting", "start");
        setTimeout(() => engine.play("app", "starting", "start"), 20);
        setTimeout(() => engine.play("web", "healthy", "health_status: healthy"), 100);
        setTimeout(() => engine.play("app", "healthy", "health_status: healthy"), 200);
      },
    });
    const { states } = await launched(engine, [PROBED, dependent("app", "web", "service_healthy")]);
    expect(states["app"]).toEqual(["waiting", "starting", "healthy"]);
  });

  it("is looked at before it is told that another service has failed", async () => {
    const engine = playedEngine(["web", "dead"], {
      web: (engine) => engine.play("web", "starting", "start"),
      dead: (engine) => {
        engine.play("dead", "starting", "start");
        setTimeout(() => engine.play("dead", "exited", "die"), 20);
      },
    });
    const { verdict, services } = await launched(engine, [PROBED, { ...PROBED, name: "dead" }]);
    expect([verdict, services.map(({ state }) => state)]).toEqual(["failed", ["starting", "failed"]]);
  });
});

describe("an event that is lost", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is made good within seconds, though others never stop to come", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] });
    const engine = playedEngine(["web", "busy"], {
      web: (engine) => {
        engine.play("web", "starting", "start");
        setTimeout(() => engine.play("web", "healthy"), 1000);
      },
      busy: (engine) => {
        engine.play("busy", "healthy", "start");
        setInterval(() => engine.play("busy", "healthy", "exec_die"), 1000);
      },
    });
    const launching = launched(engine, [PROBED, { ...PROBED, name: "busy" }]);
    await vi.advanceTimersByTimeAsync(10_000);
    const { verdict, seconds } = await launching;
    expect(verdict).toBe("ready");
    expect(seconds).toBeLessThan(7);
  });
});

type Play = (service: string, state: "created" | "starting" | "healthy" | "exited", event?: string) => void;
type PlayedEngine = { readonly play: Play };

/** An engine with a container for each service, which do as they are told when they are started. */
function playedEngine(services: readonly string[], onStart: Readonly<Record<string, (engine: PlayedEngine) => void>>): Engine {
  const states = new Map<string, Parameters<Play>[1]>(services.map((service) => [service, "created"]));
  const told: EngineEvent[] = [];
  let wake = (): void => undefined;
  const play: Play = (service, state, Action) => {
    states.set(service, state);
    if (Action === undefined) return;
    told.push({ Action, Actor: { ID: service, Attributes: { "com.docker.compose.service": service } } });
    wake();
  };
  const engine: Partial<Engine> = {
    containersOf: async () => services.map((Id) => ({ Id, Labels: {} })),
    inspect: async (id) => inspection(states.get(id) ?? "created", id),
    start: async (id) => {
      if (states.get(id) === "created") onStart[id]?.({ play });
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
