import fc from "fast-check";
import { expect, it } from "vitest";
import { checkStack } from "../../src/check/check-stack.ts";
import { type Decision, decide, decider } from "../../src/drive/decide/decide.ts";
import { planLaunch } from "../../src/drive/decide/launch-plan.ts";
import type { ContainerState, Snapshot } from "../../src/drive/decide/snapshot.ts";
import { containerPlans } from "../../src/rehearse/containers.ts";
import { rehearseLaunch } from "../../src/rehearse/rehearse-launch.ts";
import { randomLaunch } from "../rehearse/random-stack.ts";
import { containerOf, lookAt, planOf, textOf } from "./launch-text.ts";

const plain = ({ changed, ...decision }: Decision): object => decision;

it("what is remembered from look to look changes no decision", () => {
  fc.assert(
    fc.property(randomLaunch, ({ stack, options }) => {
      const checked = checkStack(stack);
      const plan = planLaunch(checked);
      const rules = {
        timeout: options.timeout === undefined ? undefined : Number.parseInt(options.timeout, 10) / 1000,
        failFast: options.failFast,
      };
      const snapshots: Snapshot[] = [];
      const containers = containerPlans(checked, plan, options.faults);
      rehearseLaunch({ plan, containers, rules, onProgress: ({ snapshot }) => snapshots.push(snapshot) });
      const next = decider(plan, rules);
      for (const snapshot of snapshots) expect(plain(next(snapshot))).toEqual(plain(decide(plan, snapshot, rules)));
    }),
    { numRuns: 500 },
  );
});

it("a container that is removed, and one that comes, is noticed", () => {
  const next = decider(planOf("db", "api x2: db healthy"), { timeout: 60 });
  const [db, one, two] = lookAt(1, "db healthy", "api#1 running since=0", "api#2 running since=0").containers;
  const look = (at: number, ...containers: readonly (typeof db)[]): readonly string[] =>
    textOf(next({ at, containers: containers.flatMap((each) => each ?? []) }));
  expect(look(2, db, one, two)).toEqual(["db: healthy (ready)", "api: running (ready)", "=> ready"]);
  expect(look(3, db, one)).toContain("api: failed (removed, final)");
  expect(look(4, two, db, one)).toEqual(["db: healthy (ready)", "api: running (ready)", "=> ready"]);
});

it("what may be started may not any more when its dependency has become unhealthy meanwhile", () => {
  const next = decider(planOf("db", "api: db healthy"), { timeout: 60 });
  const api = containerOf("api created");
  const look = (at: number, db: string): readonly string[] => textOf(next({ at, containers: [containerOf(db), api] }));
  expect(look(1, "db healthy")).toContain("start api-1");
  expect(look(2, "db unhealthy")).toEqual(["db: unhealthy (unhealthy)", "api: waiting for db"]);
});

it("says which services were judged anew: all at first, then those to which something happened, and who waits for them", () => {
  const next = decider(planOf("db", "api: db healthy", "web: api started", "job"));
  const changed = (at: number, ...containers: readonly ContainerState[]): readonly string[] =>
    next({ at, containers }).changed.map(({ service }) => service);
  const [created, starting, healthy] = ["db created", "db starting", "db healthy"].map((line) => containerOf(line)) as [
    ContainerState,
    ContainerState,
    ContainerState,
  ];
  const [api, web, job] = ["api created", "web created", "job running since=2"].map((line) => containerOf(line)) as [
    ContainerState,
    ContainerState,
    ContainerState,
  ];
  expect(changed(2, created, api, web, job)).toEqual(["db", "api", "web", "job"]);
  expect(changed(2.5, created, api, web, job)).toEqual([]);
  // A second after its start, without anything else, the job counts as running.
  expect(changed(3, created, api, web, job)).toEqual(["job"]);
  // The web waits for the api, which is still what it was.
  expect(changed(4, starting, api, web, job)).toEqual(["db", "api"]);
  expect(changed(5, healthy, api, web, job)).toEqual(["db", "api"]);
});
