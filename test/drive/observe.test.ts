import { describe, expect, it } from "vitest";
import type { ContainerInspection, EngineEvent } from "../../src/drive/engine/engine.ts";
import { observe } from "../../src/drive/observe/observe.ts";

describe("the end of a container", () => {
  it("is nobody's as long as no event has told", async () => {
    const { end, observer } = await running();
    end(143);
    expect(await seen(observer)).toMatchObject({ status: "exited", endedBy: { who: "unknown" } });
  });

  it("is its own where no signal was sent before", async () => {
    const { end, observer } = await running();
    end(1);
    note(observer, "die");
    expect(await seen(observer)).not.toHaveProperty("endedBy");
  });

  it.each([
    ["docker kill", ["kill", "die"]],
    ["docker stop", ["kill", "stop", "die"]],
    ["docker stop, told in another order", ["kill", "die", "stop"]],
  ])("is others' doing after %s", async (_, actions) => {
    const { end, observer } = await running();
    end(143);
    for (const action of actions) note(observer, action, { signal: "15" });
    expect(await seen(observer)).toMatchObject({ endedBy: { who: "others" }, stops: 1 });
  });

  it("is its own where the signal sent before was to read its configuration again", async () => {
    const { end, observer } = await running();
    note(observer, "kill", { signal: "1" });
    end(1);
    note(observer, "die");
    expect(await seen(observer)).not.toHaveProperty("endedBy");
  });

  it("is others' doing where a signal of another meaning is the one that stops it", async () => {
    const { end, observer } = await running();
    note(observer, "kill", { signal: "28" });
    end(0);
    note(observer, "stop");
    note(observer, "die");
    expect(await seen(observer)).toMatchObject({ endedBy: { who: "others" } });
  });

  it("is looked at again, without an event, as long as it may be started again", async () => {
    const { end, restart, observer } = await running();
    end(143);
    for (const action of ["kill", "die"]) note(observer, action, { signal: "15" });
    await seen(observer);
    restart();
    expect(await observer.look()).toMatchObject({ containers: [{ status: "running", runs: 2, stops: 1 }] });
  });

  it("is a fall where it was healthy, and is counted once", async () => {
    const { end, restart, observer } = await running();
    end(3);
    expect(await seen(observer)).not.toHaveProperty("falls");
    restart("healthy");
    await seen(observer);
    end(3);
    expect(await seen(observer)).toMatchObject({ status: "exited", falls: 1 });
    restart("starting");
    expect(await seen(observer)).toMatchObject({ status: "running", runs: 3, falls: 1 });
  });

  it("that the first look finds is taken as it is", async () => {
    const engine = fakeEngine();
    engine.end(1);
    expect(await seen(observe(engine, { project: "shop", restartsEnded: false }))).not.toHaveProperty("endedBy");
  });
});

describe("a container that ran before the first look", () => {
  it.each([true, false])("was started as often as the engine counts, whether others are started or not (%s)", async (restartsEnded) => {
    const engine = fakeEngine({ RestartCount: 2 });
    expect(await seen(observe(engine, { project: "shop", restartsEnded }))).toMatchObject({ status: "running", runs: 3 });
  });

  it("is not new, and one that never ran is", async () => {
    const never = fakeEngine({ StartedAt: "0001-01-01T00:00:00Z" });
    expect(await seen(observe(never, { project: "shop", restartsEnded: true }))).toHaveProperty("isNew", true);
    expect(await seen(observe(fakeEngine(), { project: "shop", restartsEnded: true }))).not.toHaveProperty("isNew");
  });

  it("is as old as its run", async () => {
    const engine = fakeEngine({ StartedAt: new Date(Date.now() - 60_000).toISOString() });
    const state = await seen(observe(engine, { project: "shop", restartsEnded: false }));
    expect(state?.firstRunAt).toBeLessThan(-50);
    expect(state?.firstRunAt).toBe(state?.runningSince);
  });
});

describe("a container that is looked at for the first time after it was started again", () => {
  it.each([0, 1, 3])("was started once more than the engine has counted restarts (%i)", async (restarts) => {
    const engine = fakeEngine({ StartedAt: "0001-01-01T00:00:00Z" });
    const observer = observe(engine, { project: "shop", restartsEnded: true });
    await observer.look();
    engine.restart(undefined, restarts);
    expect(await seen(observer)).toMatchObject({ status: "running", runs: 1 + restarts });
  });

  it.each([
    ["before it is started again", "restarting", 1, 1],
    ["once more before it is started again", "restarting", 2, 2],
    ["for good", "exited", 2, 3],
  ] as const)("and that has ended %s is counted up to its last run", async (_, status, counted, runs) => {
    const engine = fakeEngine({ StartedAt: "0001-01-01T00:00:00Z" });
    const observer = observe(engine, { project: "shop", restartsEnded: true });
    await observer.look();
    engine.restart(undefined, counted);
    engine.end(1, status);
    expect(await seen(observer)).toMatchObject({ status, runs });
    engine.restart(undefined, counted);
    expect(await seen(observer)).toMatchObject({ status: "running", runs: runs + 1 });
  });
});

describe("the first run", () => {
  const neverRun = async () => {
    const engine = fakeEngine({ StartedAt: "0001-01-01T00:00:00Z" });
    const observer = observe(engine, { project: "shop", restartsEnded: true });
    await observer.look();
    return { ...engine, observer };
  };

  it("began with the event that told of it, and has lasted, as far as is known, since the look", async () => {
    const { restart, observer } = await neverRun();
    note(observer, "start");
    const told = observer.now();
    restart();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { firstRunAt, runningSince } = (await seen(observer)) ?? {};
    expect(firstRunAt).toBeLessThanOrEqual(told);
    expect(runningSince).toBeGreaterThan(told);
  });

  it("began with the look where no event told of it", async () => {
    const { restart, observer } = await neverRun();
    const before = observer.now();
    restart();
    expect((await seen(observer))?.firstRunAt).toBeGreaterThanOrEqual(before);
  });

  it("did not begin with an event that told of a start that no look has seen", async () => {
    const { restart, observer } = await neverRun();
    note(observer, "start");
    await new Promise((resolve) => setTimeout(resolve, 5));
    await seen(observer);
    const before = observer.now();
    restart();
    expect((await seen(observer))?.firstRunAt).toBeGreaterThanOrEqual(before);
  });
});

async function running() {
  const engine = fakeEngine();
  const observer = observe(engine, { project: "shop", restartsEnded: true });
  await observer.look();
  return { ...engine, observer };
}

async function seen(observer: ReturnType<typeof observe>) {
  observer.touch("1");
  return (await observer.look()).containers[0];
}

function note(observer: ReturnType<typeof observe>, Action: string, attributes: EngineEvent["Actor"]["Attributes"] = {}): void {
  observer.note({ Action, Actor: { ID: "1", Attributes: attributes } });
}

/** One container, which runs. */
function fakeEngine({ RestartCount: counted = 0, StartedAt = "2026-01-01T00:00:00Z" } = {}) {
  let begun = 0;
  let RestartCount = counted;
  let State: ContainerInspection["State"] = {
    Status: "running",
    ExitCode: 0,
    OOMKilled: false,
    Error: "",
    StartedAt,
  };
  return {
    containersOf: async () => [{ Id: "1", Labels: {} }],
    inspect: async (): Promise<ContainerInspection> => ({
      Id: "1",
      Name: "/shop-web-1",
      RestartCount,
      NetworkSettings: { Ports: null },
      Config: { Labels: { "com.docker.compose.service": "web" } },
      State,
    }),
    // The engine calls what has ended unhealthy.
    end: (ExitCode: number, Status: "exited" | "restarting" = "exited") => {
      const { Health, ...state } = State;
      State = { ...state, Status, ExitCode, ...(Health === undefined ? {} : { Health: { ...Health, Status: "unhealthy" } }) };
    },
    restart: (health?: "starting" | "healthy", restarts = RestartCount) => {
      RestartCount = restarts;
      State = { ...State, Status: "running", ExitCode: 0, StartedAt: `2026-01-01T00:00:0${++begun}Z` };
      if (health !== undefined) State = { ...State, Health: { Status: health, FailingStreak: 0, Log: [] } };
    },
  };
}
