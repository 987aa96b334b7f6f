import { expect, test } from "vitest";
import type { LaunchPlan } from "../../../src/drive/decide/launch-plan.ts";
import type { ContainerState } from "../../../src/drive/decide/snapshot.ts";
import { diagnose } from "../../../src/drive/diagnose/diagnose.ts";
import { foldDependents } from "../../../src/drive/diagnose/fold-dependents.ts";

test("an unknown cause shows state, exit code, restarts, the last five probes and the log's tail", () => {
  const probes = Array.from({ length: 7 }, (_, index) => ({
    start: `2026-01-01T00:00:0${index}Z`,
    seconds: 1,
    exitCode: 9,
    output: `no ${index}`,
  }));
  const container = { ...CONTAINER, status: "dead", exitCode: 42, runs: 4, failingStreak: 7, health: "unhealthy", probes } as const;
  const { message, evidence } = diagnose({ service: "db", failure: "unhealthy", container, log: "one\ntwo\n" });
  expect(message).toBe("its last 7 probes failed: no 6");
  expect(evidence[0]).toBe("state dead, unhealthy, 7 failed probes in a row, exit code 42, 3 restarts");
  expect(evidence.slice(1, 6)).toEqual([2, 3, 4, 5, 6].map((index) => `probe 00:00:0${index} exit 9: no ${index}`));
  expect(evidence.slice(6)).toEqual(["log   one", "log   two"]);
});

test("what the engine says of a failed start is quoted where it is not recognised", () => {
  const culprit = diagnose({ service: "db", failure: "start-failed", container: { ...CONTAINER, error: "gremlins\u001b[2J" }, log: "" });
  expect(culprit).toMatchObject({ cause: "start-failed", message: "the engine could not start it: gremlins" });
});

test("the place of the service in the stack comes along", () => {
  const facts = { kind: "service", source: "stacks/shop/stack.ts:12:19", others: [], dependsOn: [] } as const;
  expect(diagnose({ service: "db", failure: "exited", container: CONTAINER, log: "", facts }).source).toBe("stacks/shop/stack.ts:12:19");
});

test("a host that is a service of the stack is a question of networks and order", () => {
  const facts = { kind: "service", others: ["cache", "db"], dependsOn: [] } as const;
  const log = "Error: getaddrinfo ENOTFOUND db\n";
  const { cause, hint } = diagnose({
    service: "api",
    failure: "exited",
    container: { ...CONTAINER, status: "exited", exitCode: 1 },
    log,
    facts,
  });
  expect(cause).toBe("name-not-found");
  expect(hint).toMatch(/"db" is a service of this stack.*networks.*db\.started\(\)/);
});

test("dependents that failed along with their dependency are folded under it, and only those", () => {
  const exited = { failure: "exited", cause: "exited", evidence: [], hint: "" } as const;
  const culprits = [
    { ...exited, service: "db", message: "it exited" },
    { ...exited, service: "api", cause: "dependency-refused", message: "db refused it" },
    { ...exited, service: "web", cause: "port-taken", message: "its port is taken" },
  ] as const;
  const folded = foldDependents(PLAN, culprits, [{ service: "docs", culprit: "api" }]);
  expect(folded.culprits.map(({ service }) => service)).toEqual(["db", "web"]);
  expect(folded.victims).toEqual([
    { service: "api", culprit: "db", message: "db refused it" },
    { service: "docs", culprit: "db" },
  ]);
});

const CONTAINER: ContainerState = {
  id: "1",
  name: "shop-db-1",
  service: "db",
  number: 1,
  status: "created",
  exitCode: 0,
  oomKilled: false,
  error: "",
  runs: 1,
  ports: [],
  failingStreak: 0,
  probes: [],
};

const PLAN: LaunchPlan = {
  services: new Map(
    [
      ["db", []],
      ["api", ["db"]],
      ["web", ["api"]],
      ["docs", ["api"]],
    ].map(([name, on]) => [
      name as string,
      {
        name: name as string,
        kind: "service" as const,
        replicas: 1,
        budget: 30,
        dependsOn: new Map((on as string[]).map((each) => [each, { condition: "service_started" as const, required: true }])),
      },
    ]),
  ),
};
