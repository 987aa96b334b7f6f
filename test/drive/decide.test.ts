import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide, decider } from "../../src/drive/decide/decide.ts";
import type { LaunchPlan } from "../../src/drive/decide/launch-plan.ts";
import type { LaunchRules } from "../../src/drive/decide/launch-rules.ts";
import type { ContainerState, Snapshot } from "../../src/drive/decide/snapshot.ts";
import { containerOf, lookAt, planOf, textOf } from "./launch-text.ts";

const decided = (plan: LaunchPlan, snapshot: Snapshot, rules?: LaunchRules): readonly string[] => textOf(decide(plan, snapshot, rules));

describe("a service with a health check", () => {
  const plan = planOf("db");

  it("is ready when it is healthy", () => {
    expect(decided(plan, lookAt(3, "db healthy"))).toEqual(["db: healthy (ready)", "=> ready"]);
  });

  it("is not ready while its check has not passed, however long it has run", () => {
    expect(decided(plan, lookAt(90, "db starting since=0"))).toEqual(["db: starting (not-ready)"]);
  });

  it("is ready after restarts, once it is healthy", () => {
    expect(decided(plan, lookAt(9, "db healthy runs=4"))).toEqual(["db: healthy (ready)", "=> ready"]);
  });

  it("is not ready while a run is young after one that was healthy and ended, but others need not wait for that", () => {
    const plan = planOf("db budget=5", "api: db healthy");
    expect(decided(plan, lookAt(9, "db healthy runs=2 falls=1 since=2 first=0", "api created"))).toEqual([
      "db: healthy (crash-loop)",
      "api: waiting",
      "start api-1",
    ]);
    expect(decided(plan, lookAt(12, "db healthy runs=2 falls=1 since=2 first=0", "api running since=10"))).toEqual([
      "db: healthy (ready)",
      "api: running (ready)",
      "=> ready",
    ]);
  });

  it("failed when time runs out before such a run has lasted", () => {
    expect(decided(planOf("db"), lookAt(9, "db healthy runs=3 falls=2 since=2"), { timeout: 9 })).toEqual([
      "db: healthy (crash-loop)",
      "=> failed; at fault: db crash-loop",
    ]);
    expect(decided(planOf("db budget=5"), lookAt(9, "db starting runs=3 falls=2 since=8 first=0"))).toEqual([
      "db: starting (crash-loop)",
      "=> failed; at fault: db crash-loop",
    ]);
  });

  it("failed for good when unhealthy and no timeout was given", () => {
    expect(decided(plan, lookAt(9, "db unhealthy"))).toEqual(["db: unhealthy (unhealthy, final)", "=> failed; at fault: db unhealthy"]);
  });

  it("may recover from unhealthy until an explicit timeout", () => {
    expect(decided(plan, lookAt(59.9, "db unhealthy"), { timeout: 60 })).toEqual(["db: unhealthy (unhealthy)"]);
    expect(decided(plan, lookAt(59.9, "db healthy"), { timeout: 60 })).toEqual(["db: healthy (ready)", "=> ready"]);
  });

  it("failed as unhealthy, not as late, when it is so at the timeout", () => {
    expect(decided(plan, lookAt(60, "db unhealthy"), { timeout: 60 })).toEqual([
      "db: unhealthy (unhealthy)",
      "=> failed; at fault: db unhealthy",
    ]);
  });

  it("failed for good when unhealthy with fail-fast, whatever the timeout", () => {
    expect(decided(plan, lookAt(1, "db unhealthy"), { timeout: 60, failFast: true })).toEqual([
      "db: unhealthy (unhealthy, final)",
      "=> failed; at fault: db unhealthy",
    ]);
  });

  it("is still given its time with fail-fast while it is starting", () => {
    expect(decided(plan, lookAt(1, "db starting"), { timeout: 60, failFast: true })).toEqual(["db: starting (not-ready)"]);
  });

  it("that is paused is not ready, even if it was healthy", () => {
    expect(decided(plan, lookAt(9, "db paused check"))).toEqual(["db: paused (not-ready)"]);
  });
});

describe("a service without a health check", () => {
  const plan = planOf("web");

  it("is ready when its run has lasted one second", () => {
    expect(decided(plan, lookAt(5, "web running since=4"))).toEqual(["web: running (ready)", "=> ready"]);
  });

  it("is not ready before, and is looked at again the moment it is", () => {
    const decision = decide(plan, lookAt(5, "web running since=4.25"));
    expect(textOf(decision)).toEqual(["web: starting (not-ready)"]);
    expect(decision.lookAgainAt).toBe(5.25);
  });

  it("is ready at once when its run began before the launch", () => {
    expect(decided(plan, lookAt(0, "web running since=-3600"))).toEqual(["web: running (ready)", "=> ready"]);
  });

  it("failed when it restarts while it starts up, even if the new run has settled", () => {
    expect(decided(plan, lookAt(9, "web running runs=2 since=1"))).toEqual([
      "web: failed (crash-loop, final)",
      "=> failed; at fault: web crash-loop",
    ]);
  });

  it("failed when it waits for its next restart", () => {
    expect(decided(plan, lookAt(2, "web restarting exit=3"))).toEqual([
      "web: failed (crash-loop, final)",
      "=> failed; at fault: web crash-loop",
    ]);
  });
});

describe("a service without a health check that was started again", () => {
  it.each([-9.9, 0, 0.5])("is in a crash loop while its present run is young, also where that began at %s s", (since) => {
    expect(decided(planOf("web"), lookAt(since + 9.9, `web running runs=2 since=${since}`))).toEqual([
      "web: failed (crash-loop, final)",
      "=> failed; at fault: web crash-loop",
    ]);
  });

  it("runs once it has lasted 10 seconds, however often it was started before", () => {
    expect(decided(planOf("web"), lookAt(0, "web running runs=40 since=-10"))).toEqual(["web: running (ready)", "=> ready"]);
  });
});

describe("a service that ends", () => {
  it.each([0, 3, 137])("failed when it exits with %i", (exit) => {
    expect(decided(planOf("web"), lookAt(2, `web exited exit=${exit}`))).toEqual([
      "web: failed (exited, final)",
      "=> failed; at fault: web exited",
    ]);
  });

  it("failed when others have put a container of theirs in its place", () => {
    const { containers, ...look } = lookAt(2, "web running healthy");
    const replaced = { ...look, containers: containers.map((container) => ({ ...container, isReplaced: true })) };
    expect(decided(planOf("web"), replaced)).toEqual(["web: failed (replaced, final)", "=> failed; at fault: web replaced"]);
  });

  it("failed when its container is being removed", () => {
    expect(decided(planOf("web"), lookAt(2, "web removing"))).toEqual(["web: failed (removed, final)", "=> failed; at fault: web removed"]);
  });

  it.each(["dead"])("failed when its container is %s", (status) => {
    expect(decided(planOf("web"), lookAt(2, `web ${status}`))).toEqual(["web: failed (exited, final)", "=> failed; at fault: web exited"]);
  });

  it("with a health check and a restart policy may recover", () => {
    expect(decided(planOf("web"), lookAt(2, "web restarting check exit=1"))).toEqual(["web: restarting (exited)"]);
    expect(decided(planOf("web"), lookAt(3, "web starting runs=2"))).toEqual(["web: starting (crash-loop)"]);
    expect(decided(planOf("web"), lookAt(4, "web healthy runs=2"))).toEqual(["web: healthy (ready)", "=> ready"]);
  });

  it("with a health check and a restart policy has failed if it is restarting at its deadline", () => {
    expect(decided(planOf("web budget=60"), lookAt(60, "web restarting check exit=1 first=0"))).toEqual([
      "web: restarting (exited)",
      "=> failed; at fault: web exited",
    ]);
  });

  it("with a health check and a restart policy has failed as a crash loop if it starts once more at the deadline", () => {
    expect(decided(planOf("web"), lookAt(30, "web starting runs=5"), { timeout: 30 })).toEqual([
      "web: starting (crash-loop)",
      "=> failed; at fault: web crash-loop",
    ]);
  });

  it("failed though the others are still starting", () => {
    expect(decided(planOf("slow", "web"), lookAt(2, "slow starting", "web exited exit=1"))).toEqual([
      "slow: starting (not-ready)",
      "web: failed (exited, final)",
      "=> failed; at fault: web exited",
    ]);
  });

  it("failed though all the others are ready", () => {
    expect(decided(planOf("db", "web"), lookAt(2, "db healthy", "web exited"))).toEqual([
      "db: healthy (ready)",
      "web: failed (exited, final)",
      "=> failed; at fault: web exited",
    ]);
  });
});

describe("a launch that is interrupted while its containers are created", () => {
  it("takes none of those that are not there for removed", () => {
    const seen = lookAt(1, "db running");
    expect(decided(planOf("db x2", "web"), seen, { isCreating: true })).toEqual(["db: waiting", "web: waiting"]);
    expect(decided(planOf("db x2", "web"), seen)).toEqual([
      "db: failed (removed, final)",
      "web: failed (removed, final)",
      "=> failed; at fault: db removed, web removed",
    ]);
  });
});

describe("a service that may end", () => {
  it("is completed when it exits with 0, and that is remarked", () => {
    const decision = decide(planOf("seed mayEnd"), lookAt(2, "seed exited exit=0"), {});
    expect(textOf(decision)).toEqual(["seed: completed (ready)", "=> ready"]);
    expect(decision.services[0]?.remark).toMatch(/^ended with exit code 0/);
  });

  it("lets those start that wait for its start", () => {
    expect(decided(planOf("seed mayEnd", "web: seed started"), lookAt(2, "seed exited exit=0", "web created"))).toEqual([
      "seed: completed (ready)",
      "web: waiting",
      "start web-1",
    ]);
  });

  it.each([
    ["with any other exit code", "seed exited exit=3"],
    ["with a health check of its image", "seed exited exit=0 check"],
  ])("has failed %s", (_, line) => {
    expect(decided(planOf("seed mayEnd"), lookAt(2, line))).toEqual(["seed: failed (exited, final)", "=> failed; at fault: seed exited"]);
  });

  it("is in a crash loop where it is started again", () => {
    expect(decided(planOf("seed mayEnd"), lookAt(2, "seed restarting exit=1"))).toEqual([
      "seed: failed (crash-loop, final)",
      "=> failed; at fault: seed crash-loop",
    ]);
  });

  it.each([
    ["has failed where others have ended it", "others", 2, ["seed: failed (exited, final)", "=> failed; at fault: seed exited"]],
    ["is completed once nobody has told for a while that others did it", "unknown", 1, ["seed: completed (ready)", "=> ready"]],
    ["is neither as long as that may still be told", "unknown", 0.2, ["seed: starting (exited)"]],
  ] as const)("%s", (_, who, after, expected) => {
    const [container] = lookAt(5 + after, "seed exited exit=0 since=4.5").containers;
    const containers = container === undefined ? [] : [{ ...container, endedBy: { who, at: 5 } }];
    expect(decided(planOf("seed mayEnd"), { at: 5 + after, containers })).toEqual(expected);
  });
});

describe("a container that has just ended, and nobody has told how,", () => {
  const ended = (line: string, who: "others" | "unknown" = "unknown") => {
    const [container] = lookAt(5, line).containers;
    return { at: 5, containers: container === undefined ? [] : [{ ...container, endedBy: { who, at: 5 } }] };
  };

  it.each([
    ["web", "web exited exit=3 since=1", "web: running (exited)"],
    ["web", "web exited exit=3 since=4.5", "web: starting (exited)"],
    ["web", "web exited exit=3 since=1 check", "web: starting (exited)"],
    ["task web", "web exited exit=3 since=1", "web: starting (exited)"],
  ])("is called what it was, and is not ready: %s, %s", (plan, line, expected) => {
    expect(decided(planOf(plan), ended(line))).toEqual([expected]);
  });

  it("is restarting where others have ended it", () => {
    expect(decided(planOf("web"), ended("web exited exit=143 since=1", "others"))).toEqual(["web: restarting (exited)"]);
  });

  it("is the worst of the replicas, though all of them are called the same", () => {
    const { containers } = ended("web#2 exited exit=3 since=1");
    const snapshot = { at: 5, containers: [...lookAt(5, "web#1 running").containers, ...containers] };
    expect(decided(planOf("web x2"), snapshot)).toEqual(["web: running (exited)"]);
  });
});

describe("a service that Compose still starts, e.g. its hooks", () => {
  const plan = planOf("web budget=60", "next: web started", "last: web healthy");
  const others = ["next created", "last created"];
  const waiting = ["next: waiting for web", "last: waiting for web"];

  it("is not ready, nor started, though its container is healthy, or runs", () => {
    expect(textOf(decide(plan, lookAt(50, "web healthy hook", ...others)))).toEqual(["web: starting (not-ready)", ...waiting]);
    const unchecked = planOf("web", "next: web started");
    const look = lookAt(50, "web running since=1 hook", "next created");
    expect(textOf(decide(unchecked, look))).toEqual(["web: starting (not-ready)", "next: waiting for web"]);
  });

  it("has its own time, and no more", () => {
    const late = decide(plan, lookAt(60, "web healthy hook", ...others));
    expect(textOf(late).at(-1)).toBe("=> timeout; at fault: web not-ready; never started: next (web), last (web)");
  });

  it("has the launch's time, where there is one", () => {
    expect(decide(plan, lookAt(5, "web healthy hook", ...others), { timeout: 5 }).verdict?.verdict).toBe("timeout");
  });

  it.each([
    ["unhealthy", "web: unhealthy (unhealthy, final)"],
    ["restarting", "web: failed (crash-loop, final)"],
    ["exited exit=3", "web: failed (exited, final)"],
  ])("may fail before that: %s", (container, expected) => {
    expect(textOf(decide(plan, lookAt(5, `web ${container} hook`, ...others)))[0]).toBe(expected);
  });

  it("is not what a launch until all were started waits for", () => {
    const web = planOf("web");
    expect(decide(web, lookAt(5, "web healthy hook"), { until: "started" }).verdict).toBeUndefined();
    expect(decide(web, lookAt(5, "web starting"), { until: "started" }).verdict?.verdict).toBe("started");
  });
});

describe("a task", () => {
  const plan = planOf("task migrate");

  it("is complete when it exits with 0", () => {
    expect(decided(plan, lookAt(2, "migrate exited exit=0"))).toEqual(["migrate: completed (ready)", "=> ready"]);
  });

  it("failed when it exits with another code", () => {
    expect(decided(plan, lookAt(2, "migrate exited exit=3"))).toEqual([
      "migrate: failed (exited, final)",
      "=> failed; at fault: migrate exited",
    ]);
  });

  it("is not ready while it runs, however long", () => {
    expect(decided(plan, lookAt(500, "migrate running since=0"))).toEqual(["migrate: starting (not-ready)"]);
  });

  it("is not ready because its container happens to be healthy", () => {
    expect(decided(plan, lookAt(5, "migrate healthy"))).toEqual(["migrate: starting (not-ready)"]);
  });

  it("may use up its restarts", () => {
    expect(decided(plan, lookAt(5, "migrate restarting exit=3 runs=2"))).toEqual(["migrate: restarting (exited)"]);
    expect(decided(plan, lookAt(6, "migrate running runs=3"))).toEqual(["migrate: starting (exited)"]);
    expect(decided(plan, lookAt(7, "migrate exited exit=0 runs=3"))).toEqual(["migrate: completed (ready)", "=> ready"]);
  });

  it("failed when its last restart did not help", () => {
    expect(decided(plan, lookAt(7, "migrate exited exit=3 runs=4"))).toEqual([
      "migrate: failed (exited, final)",
      "=> failed; at fault: migrate exited",
    ]);
  });

  it("that restarts for ever failed at its deadline", () => {
    expect(decided(plan, lookAt(20, "migrate restarting exit=3 runs=9"), { timeout: 20 })).toEqual([
      "migrate: restarting (exited)",
      "=> failed; at fault: migrate exited",
    ]);
  });
});

describe("replicas", () => {
  const plan = planOf("web x3");

  it("are ready when every one is", () => {
    expect(decided(plan, lookAt(5, "web#1 healthy", "web#2 healthy", "web#3 healthy"))).toEqual(["web: healthy (ready)", "=> ready"]);
  });

  it("are not ready while one is starting", () => {
    expect(decided(plan, lookAt(5, "web#1 healthy", "web#2 starting", "web#3 healthy"))).toEqual(["web: starting (not-ready)"]);
  });

  it.each([
    ["exited", "web#2 exited exit=7", "failed (exited, final)", "exited"],
    ["is unhealthy", "web#2 unhealthy", "unhealthy (unhealthy, final)", "unhealthy"],
    ["crashes again and again", "web#2 restarting", "failed (crash-loop, final)", "crash-loop"],
  ])("failed when one of three %s", (_, second, status, failure) => {
    expect(decided(plan, lookAt(5, "web#1 healthy", second, "web#3 healthy"))).toEqual([
      `web: ${status}`,
      `=> failed; at fault: web ${failure}`,
    ]);
  });

  it("are started all at once", () => {
    expect(decided(plan, lookAt(0, "web#1 created", "web#2 created", "web#3 created"))).toEqual([
      "web: waiting",
      "start web-1, web-2, web-3",
    ]);
  });

  it("are waited for by whoever needs the service: one that is not healthy holds it up", () => {
    const both = planOf("web x2", "proxy: web healthy");
    expect(decided(both, lookAt(5, "web#1 healthy", "web#2 starting", "proxy created"))).toEqual([
      "web: starting (not-ready)",
      "proxy: waiting for web",
    ]);
    expect(decided(both, lookAt(6, "web#1 healthy", "web#2 healthy", "proxy created"))).toEqual([
      "web: healthy (ready)",
      "proxy: waiting",
      "start proxy-1",
    ]);
  });

  it("are started, for whoever needs that, when every one was", () => {
    const both = planOf("web x2", "proxy: web started");
    expect(decided(both, lookAt(5, "web#1 running", "web#2 created", "proxy created")).slice(1)).toEqual([
      "proxy: waiting for web",
      "start web-2",
    ]);
    expect(decided(both, lookAt(5, "web#1 running", "web#2 running", "proxy created")).slice(1)).toEqual([
      "proxy: waiting",
      "start proxy-1",
    ]);
  });

  it("of a task are complete when every one is", () => {
    const both = planOf("task seed x2", "api: seed completed");
    expect(decided(both, lookAt(5, "seed#1 exited", "seed#2 running", "api created"))).toEqual([
      "seed: starting (not-ready)",
      "api: waiting for seed",
    ]);
  });

  it("that are missing were removed, which fails the launch", () => {
    expect(decided(plan, lookAt(5, "web#1 healthy", "web#3 healthy"))).toEqual([
      "web: failed (removed, final)",
      "=> failed; at fault: web removed",
    ]);
  });

  it("are restarts counted together, first starts left out", () => {
    const { services } = decide(plan, lookAt(5, "web#1 healthy runs=3", "web#2 healthy", "web#3 healthy runs=2"));
    expect(services[0]?.restarts).toBe(3);
  });
});

describe("no replicas", () => {
  it("are what was asked for", () => {
    expect(decided(planOf("web x0"), lookAt(0))).toEqual(["web: off (ready)", "=> ready"]);
  });

  it.each(["started", "healthy", "completed"])("hold nobody up who waits until they are %s", (condition) => {
    expect(decided(planOf("db x0", `api: db ${condition}`), lookAt(0, "api created"))).toEqual([
      "db: off (ready)",
      "api: waiting",
      "start api-1",
    ]);
  });
});

describe("order", () => {
  it("a service without dependencies is started at once", () => {
    expect(decided(planOf("db"), lookAt(0, "db created"))).toEqual(["db: waiting", "start db-1"]);
  });

  it("`started` holds as soon as the dependency was started, before it has settled", () => {
    const plan = planOf("db", "api: db started");
    expect(decided(plan, lookAt(0, "db created", "api created"))).toEqual(["db: waiting", "api: waiting for db", "start db-1"]);
    expect(decided(plan, lookAt(1, "db running since=1", "api created"))).toEqual([
      "db: starting (not-ready)",
      "api: waiting",
      "start api-1",
    ]);
  });

  it("`healthy` holds only when the check has passed", () => {
    const plan = planOf("db", "api: db healthy");
    expect(decided(plan, lookAt(9, "db starting", "api created"))).toEqual(["db: starting (not-ready)", "api: waiting for db"]);
    expect(decided(plan, lookAt(9, "db healthy", "api created"))).toEqual(["db: healthy (ready)", "api: waiting", "start api-1"]);
  });

  it("`healthy` on what turns out to have no health check fails the launch instead of waiting for ever", () => {
    expect(decided(planOf("db", "api: db healthy"), lookAt(1, "db running since=1", "api created"))).toEqual([
      "db: failed (no-healthcheck, final)",
      "api: waiting for db",
      "=> failed; at fault: db no-healthcheck; never started: api (db)",
    ]);
    expect(decided(planOf("db", "api: db started"), lookAt(2, "db running since=1", "api created"))).toContain("start api-1");
  });

  it("`healthy` does not hold while the dependency is unhealthy but may recover", () => {
    const plan = planOf("db", "api: db healthy");
    expect(decided(plan, lookAt(9, "db unhealthy", "api created"), { timeout: 60 })).toEqual([
      "db: unhealthy (unhealthy)",
      "api: waiting for db",
    ]);
  });

  it("`completed` holds only when the task has exited with 0", () => {
    const plan = planOf("task migrate", "api: migrate completed");
    expect(decided(plan, lookAt(9, "migrate running", "api created"))).toEqual([
      "migrate: starting (not-ready)",
      "api: waiting for migrate",
    ]);
    expect(decided(plan, lookAt(9, "migrate restarting exit=1", "api created"))).toEqual([
      "migrate: restarting (exited)",
      "api: waiting for migrate",
    ]);
    expect(decided(plan, lookAt(9, "migrate exited exit=0", "api created"))).toEqual([
      "migrate: completed (ready)",
      "api: waiting",
      "start api-1",
    ]);
  });

  it("all conditions have to hold, and those that do not are named", () => {
    const plan = planOf("db", "task migrate", "cache", "api: db healthy, migrate completed, cache started");
    expect(decided(plan, lookAt(3, "db healthy", "migrate running", "cache created", "api created"))).toEqual([
      "db: healthy (ready)",
      "migrate: starting (not-ready)",
      "cache: waiting",
      "api: waiting for migrate, cache",
      "start cache-1",
    ]);
  });

  it("what was started is not started again", () => {
    const plan = planOf("db", "api: db healthy");
    expect(decide(plan, lookAt(9, "db healthy", "api running since=8.5")).start).toEqual([]);
    expect(decide(plan, lookAt(9, "db healthy", "api exited exit=1")).start).toEqual([]);
  });

  it("a dependency that takes no part is not waited for", () => {
    expect(decided(planOf("api: debugger healthy"), lookAt(0, "api created"))).toEqual(["api: waiting", "start api-1"]);
  });

  it("a dependency that was healthy and is so no more holds up only who was not started", () => {
    const plan = planOf("db", "api: db healthy", "web: db healthy");
    expect(decided(plan, lookAt(9, "db unhealthy", "api healthy", "web created"), { timeout: 60 })).toEqual([
      "db: unhealthy (unhealthy)",
      "api: healthy (ready)",
      "web: waiting for db",
    ]);
  });
});

describe("an optional dependency", () => {
  const plan = planOf("cache", "api: cache healthy?");

  it("is waited for while it may still hold", () => {
    expect(decided(plan, lookAt(1, "cache starting", "api created"))).toEqual(["cache: starting (not-ready)", "api: waiting for cache"]);
  });

  it("that failed for good holds nobody up", () => {
    expect(decided(plan, lookAt(1, "cache exited exit=1", "api created"))).toContain("start api-1");
  });

  it("that is unhealthy but may recover is waited for", () => {
    expect(decided(plan, lookAt(1, "cache unhealthy", "api created"), { timeout: 9 })).toContain("api: waiting for cache");
  });

  it("that is required does hold its dependent up, and has it as its victim", () => {
    expect(decided(planOf("cache", "api: cache healthy"), lookAt(1, "cache exited exit=1", "api created"))).toEqual([
      "cache: failed (exited, final)",
      "api: waiting for cache",
      "=> failed; at fault: cache exited; never started: api (cache)",
    ]);
  });

  it("makes no victim when it is late", () => {
    expect(decided(plan, lookAt(9, "cache starting", "api created"), { timeout: 9 })).toEqual([
      "cache: starting (not-ready)",
      "api: waiting for cache",
      "=> timeout; at fault: cache not-ready",
    ]);
  });
});

describe("victims", () => {
  const plan = planOf("db", "task migrate: db healthy", "api: migrate completed", "web: api started");

  it("are all who wait for a culprit, directly or not, each with the culprit at the root", () => {
    expect(decided(plan, lookAt(5, "db exited exit=1", "migrate created", "api created", "web created"))).toEqual([
      "db: failed (exited, final)",
      "migrate: waiting for db",
      "api: waiting for migrate",
      "web: waiting for api",
      "=> failed; at fault: db exited; never started: migrate (db), api (db), web (db)",
    ]);
  });

  it("are not those who were started", () => {
    const chain = planOf("db", "api: db healthy", "web: api started");
    expect(decided(chain, lookAt(5, "db unhealthy", "api starting", "web running"))).toEqual([
      "db: unhealthy (unhealthy, final)",
      "api: starting (not-ready)",
      "web: running (ready)",
      "=> failed; at fault: db unhealthy",
    ]);
  });

  it("are not those who wait for something that is still under way", () => {
    const two = planOf("bad", "slow", "afterBad: bad healthy", "afterSlow: slow healthy");
    expect(decided(two, lookAt(5, "bad unhealthy", "slow starting", "afterBad created", "afterSlow created")).at(-1)).toBe(
      "=> failed; at fault: bad unhealthy; never started: afterBad (bad)",
    );
  });

  it("stand under the first of two culprits", () => {
    const two = planOf("a", "b", "c: b healthy, a healthy");
    expect(decided(two, lookAt(5, "a exited exit=1", "b exited exit=1", "c created")).at(-1)).toBe(
      "=> failed; at fault: a exited, b exited; never started: c (b)",
    );
  });
});

describe("a deadline", () => {
  it("is the timeout, for all alike", () => {
    const plan = planOf("db budget=5", "api");
    expect(decided(plan, lookAt(9.9, "db starting", "api starting"), { timeout: 10 })).toHaveLength(2);
    expect(decided(plan, lookAt(10, "db starting", "api healthy"), { timeout: 10 })).toEqual([
      "db: starting (not-ready)",
      "api: healthy (ready)",
      "=> timeout; at fault: db not-ready",
    ]);
  });

  it("never reads as success, but what is ready at that moment is ready", () => {
    expect(decided(planOf("db"), lookAt(10, "db healthy"), { timeout: 10 }).at(-1)).toBe("=> ready");
  });

  it("is, without a timeout, each service's own budget after its first start", () => {
    const plan = planOf("db budget=60", "api budget=30");
    expect(decided(plan, lookAt(49, "db starting first=0", "api starting first=20"))).toHaveLength(2);
    expect(decided(plan, lookAt(50, "db starting first=0", "api starting first=20")).at(-1)).toBe("=> timeout; at fault: api not-ready");
  });

  it("is for a service that ran before the launch as far away as for any other", () => {
    const plan = planOf("db budget=60");
    expect(decided(plan, lookAt(59, "db starting first=-100"))).toEqual(["db: starting (not-ready)"]);
    expect(decided(plan, lookAt(60, "db starting first=-100")).at(-1)).toBe("=> timeout; at fault: db not-ready");
  });

  it("has not come for a service that was not started yet", () => {
    const plan = planOf("db budget=60", "api budget=5: db healthy");
    expect(decided(plan, lookAt(50, "db starting first=0", "api created"))).toEqual(["db: starting (not-ready)", "api: waiting for db"]);
  });

  it("blames the late one, not those who wait for it", () => {
    const plan = planOf("db", "api: db healthy", "web: api healthy");
    expect(decided(plan, lookAt(10, "db starting", "api created", "web created"), { timeout: 10 })).toEqual([
      "db: starting (not-ready)",
      "api: waiting for db",
      "web: waiting for api",
      "=> timeout; at fault: db not-ready; never started: api (db), web (db)",
    ]);
  });

  it("blames the broken one when another is only late", () => {
    const plan = planOf("slow", "broken");
    expect(decided(plan, lookAt(10, "slow starting", "broken unhealthy"), { timeout: 10 })).toEqual([
      "slow: starting (not-ready)",
      "broken: unhealthy (unhealthy)",
      "=> failed; at fault: broken unhealthy",
    ]);
  });

  it("is out of time, not a failure, for what could not even be started by then", () => {
    expect(decided(planOf("db"), lookAt(10, "db created"), { timeout: 10 }).at(-1)).toBe("=> timeout; at fault: db not-ready");
  });

  it("comes for what nobody starts while one only watches, 30 s after that could be done", () => {
    const plan = planOf("db budget=300", "api budget=10: db healthy");
    const next = decider(plan, { watching: true });
    const look = (at: number, ...lines: readonly string[]): readonly string[] => textOf(next(lookAt(at, ...lines)));
    expect(look(0, "db starting first=-1", "api created")).toEqual(["db: starting (not-ready)", "api: waiting for db"]);
    // The time of what has to wait runs from then on, not from the beginning.
    expect(look(100, "db healthy first=-1", "api created")).toEqual(["db: healthy (ready)", "api: waiting", "start api-1"]);
    expect(next(lookAt(129, "db healthy first=-1", "api created")).lookAgainAt).toBe(130);
    expect(look(130, "db healthy first=-1", "api created").at(-1)).toBe("=> timeout; at fault: api not-ready");
    // Who starts it by then has it judged as ever.
    expect(look(131, "db healthy first=-1", "api running since=130")).toEqual(["db: healthy (ready)", "api: running (ready)", "=> ready"]);
  });

  it("does not come for that where the launch itself starts it, nor before the time that was given", () => {
    const plan = planOf("db budget=10");
    for (const rules of [{}, { watching: true, timeout: 90 }]) {
      const next = decider(plan, rules);
      for (const at of [0, 31, 89]) expect(next(lookAt(at, "db created")).verdict).toBeUndefined();
    }
  });

  it("is looked at when it comes, and every five seconds at least", () => {
    const plan = planOf("db");
    expect(decide(plan, lookAt(7, "db starting"), { timeout: 10 }).lookAgainAt).toBe(10);
    expect(decide(plan, lookAt(2, "db starting"), { timeout: 10 }).lookAgainAt).toBe(7);
    expect(decide(planOf("db budget=4"), lookAt(2, "db starting first=1")).lookAgainAt).toBe(5);
  });
});

describe("waiting only until all were started", () => {
  const until = { until: "started" } as const;
  const plan = planOf("db", "api: db healthy");

  it("ends as soon as every container was started", () => {
    expect(decided(plan, lookAt(3, "db healthy", "api starting"), until).at(-1)).toBe("=> started");
  });

  it("goes on while a condition keeps one from being started", () => {
    expect(decided(plan, lookAt(3, "db starting", "api created"), until)).toEqual(["db: starting (not-ready)", "api: waiting for db"]);
  });

  it("is failed all the same by what can't be mended", () => {
    expect(decided(plan, lookAt(3, "db exited exit=1", "api created"), until).at(-1)).toBe(
      "=> failed; at fault: db exited; never started: api (db)",
    );
  });
});

describe("a container that can't be had", () => {
  it("fails the launch when the engine could not start it, and is not tried again", () => {
    expect(decided(planOf("web"), lookAt(1, "web created error=port-is-already-allocated"))).toEqual([
      "web: failed (start-failed, final)",
      "=> failed; at fault: web start-failed",
    ]);
  });

  it("fails the launch when what was to be done at its start failed, though it runs", () => {
    expect(decided(planOf("web"), lookAt(5, "web running error=web-hook-exited-with-status-9"))).toEqual([
      "web: failed (start-failed, final)",
      "=> failed; at fault: web start-failed",
    ]);
  });

  it("fails the launch when someone removed it", () => {
    expect(decided(planOf("db", "web"), lookAt(1, "db healthy"))).toEqual([
      "db: healthy (ready)",
      "web: failed (removed, final)",
      "=> failed; at fault: web removed",
    ]);
  });
});

// Launches of random stacks. What may be started is judged by a rule of its own, from what the containers show.

const CONDITION_WORDS = ["started", "healthy", "completed"] as const;

interface RandomStack {
  readonly kinds: readonly ("task" | "checked" | "unchecked")[];
  /** For each service the earlier ones it needs: index and condition. */
  readonly needs: readonly (readonly { on: number; word: (typeof CONDITION_WORDS)[number] }[])[];
}

const randomStack: fc.Arbitrary<RandomStack> = fc
  .array(fc.record({ kind: fc.constantFrom("task", "checked", "unchecked" as const), seeds: fc.array(fc.nat(), { maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 9,
  })
  .map((entries) => ({
    kinds: entries.map(({ kind }) => kind as RandomStack["kinds"][number]),
    needs: entries.map(({ seeds }, index) => {
      const earlier = index === 0 ? [] : [...new Set(seeds.map((seed) => seed % index))];
      return earlier.map((on, position) => ({ on, word: conditionFor(entries[on]?.kind ?? "unchecked", seeds[position] ?? 0) }));
    }),
  }));

function conditionFor(kind: string, seed: number): (typeof CONDITION_WORDS)[number] {
  const strict = kind === "task" ? "completed" : kind === "checked" ? "healthy" : "started";
  return seed % 3 === 0 ? "started" : strict;
}

function planOfRandom({ kinds, needs }: RandomStack): LaunchPlan {
  return planOf(
    ...kinds.map((kind, index) => {
      const dependencies = (needs[index] ?? []).map(({ on, word }) => `s${on} ${word}`).join(", ");
      return `${kind === "task" ? "task " : ""}s${index}: ${dependencies}`;
    }),
  );
}

function isHeld(word: (typeof CONDITION_WORDS)[number], { status, health, exitCode }: ContainerState): boolean {
  switch (word) {
    case "started":
      return status !== "created";
    case "healthy":
      return status === "running" && health === "healthy";
    case "completed":
      return status === "exited" && exitCode === 0;
  }
}

const LOOKS = {
  task: ["created", "running", "restarting exit=1", "exited exit=0", "exited exit=3"],
  checked: ["created", "starting", "healthy", "unhealthy", "restarting check", "paused check", "exited exit=0"],
  unchecked: ["created", "running", "running runs=2", "restarting", "paused", "exited exit=0"],
} as const;

describe("in any stack", () => {
  it("nothing is started before its conditions hold, and everything is once they do", () => {
    fc.assert(
      fc.property(randomStack, fc.array(fc.nat(), { minLength: 9, maxLength: 9 }), fc.boolean(), (stack, seeds, hasTimeout) => {
        const lines = stack.kinds.map((kind, index) => `s${index} ${LOOKS[kind][(seeds[index] ?? 0) % LOOKS[kind].length]}`);
        const containers = lines.map((line) => containerOf(line, 50));
        const mayStart = containers.filter(
          ({ status }, index) =>
            status === "created" &&
            (stack.needs[index] ?? []).every(({ on, word }) => {
              const dependency = containers[on];
              return dependency !== undefined && isHeld(word, dependency);
            }),
        );
        const { start } = decide(planOfRandom(stack), { at: 50, containers }, hasTimeout ? { timeout: 100 } : {});
        expect([...start].sort()).toEqual(mayStart.map(({ id }) => id).sort());
      }),
    );
  });

  it("a launch in which everything goes well ends in ready, after every service was started once", () => {
    fc.assert(
      fc.property(randomStack, (stack) => {
        const plan = planOfRandom(stack);
        const good = { task: "exited exit=0", checked: "healthy", unchecked: "running" } as const;
        const begun = { task: "running", checked: "starting", unchecked: "running" } as const;
        const words: string[] = stack.kinds.map(() => "created");
        const started: string[] = [];
        // Each step starts what may start, and what was started in the step before gets good: two steps a wave.
        for (let step = 0; step <= 2 * stack.kinds.length; step++) {
          const { start, verdict } = decide(plan, lookAt(step, ...words.map((word, index) => `s${index} ${word}`)));
          if (verdict !== undefined) {
            expect(verdict).toEqual({ verdict: "ready", culprits: [], victims: [] });
            expect([...started].sort()).toEqual(stack.kinds.map((_, index) => `s${index}-1`).sort());
            return;
          }
          stack.kinds.forEach((kind, index) => {
            if (words[index] === begun[kind]) words[index] = good[kind];
            if (start.includes(`s${index}-1`)) words[index] = begun[kind];
          });
          started.push(...start);
        }
        throw new Error("the launch did not end");
      }),
    );
  });
});

describe("a failure in a stack that ran before", () => {
  const decidedAgain = (plan: LaunchPlan, snapshot: Snapshot, rules?: LaunchRules) => decided(plan, snapshot, { ...rules, wasUp: true });

  it("ends the launch only when what does not need the culprit was started", () => {
    const plan = planOf("db", "web", "api: web healthy");
    expect(decidedAgain(plan, lookAt(0, "db unhealthy", "web created", "api created"))).toEqual([
      "db: unhealthy (unhealthy, final)",
      "web: waiting",
      "api: waiting for web",
      "start web-1",
    ]);
    expect(decidedAgain(plan, lookAt(1, "db unhealthy", "web starting", "api created")).at(-1)).toBe("api: waiting for web");
    expect(decidedAgain(plan, lookAt(2, "db unhealthy", "web healthy", "api created")).at(-1)).toBe("start api-1");
    expect(decidedAgain(plan, lookAt(3, "db unhealthy", "web healthy", "api running since=3")).at(-1)).toBe(
      "=> failed; at fault: db unhealthy",
    );
  });

  it("does not wait for what needs the culprit, over however many others", () => {
    expect(
      decidedAgain(planOf("db", "api: db healthy", "web: api started"), lookAt(0, "db unhealthy", "api created", "web created")).at(-1),
    ).toBe("=> failed; at fault: db unhealthy; never started: api (db), web (db)");
  });

  it("does not wait for what needs a service that has had all of its time", () => {
    const look = (at: number) => lookAt(at, "db unhealthy", "cache starting first=0", "api created");
    const plan = planOf("db", "cache budget=9", "api: cache healthy");
    expect(decidedAgain(plan, look(8)).at(-1)).toBe("api: waiting for cache");
    expect(decidedAgain(plan, look(9)).at(-1)).toBe("=> failed; at fault: db unhealthy, cache not-ready; never started: api (cache)");
  });

  it("ends it at once where it did not run", () => {
    expect(decided(planOf("db", "web"), lookAt(0, "db unhealthy", "web created")).at(-1)).toBe("=> failed; at fault: db unhealthy");
  });
});
