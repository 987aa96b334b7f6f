import { env, service, stack, task } from "stackwright";
import { describe, expect, it } from "vitest";
import { reportsOf } from "./issues.ts";

type RestartPolicy = NonNullable<NonNullable<Parameters<typeof service>[1]["deploy"]>["restartPolicy"]>;

const report = (restartPolicy: RestartPolicy) => reportsOf(stack("s", [service("a", { image: "x", deploy: { restartPolicy } })]));

// What an engine says to each of these: test/e2e/restart-policy.test.ts.
describe("attempts of a restart policy", () => {
  it.each<[string, RestartPolicy]>([
    ['condition: "any"', { condition: "any", maxAttempts: 3 }],
    ['condition: "none"', { condition: "none", maxAttempts: 3 }],
    ["no condition", { maxAttempts: 3 }],
  ])("are refused with %s", (what, policy) => {
    expect(report(policy)).toEqual([
      ["a.deploy.restartPolicy.maxAttempts", `Docker Engine counts attempts after failures only, and refuses them with ${what}`],
    ]);
  });

  it.each<[string, RestartPolicy]>([
    ["after failures", { condition: "on-failure", maxAttempts: 3 }],
    ["without end", { condition: "any", maxAttempts: 0 }],
    ["where a variable says when", { condition: env("WHEN"), maxAttempts: 3 }],
    ["where a variable says how many", { condition: "any", maxAttempts: env("MOST") }],
  ])("are accepted %s", (_, policy) => {
    expect(report(policy)).toEqual([]);
  });
});

describe("completion, with a restart policy of the deployment", () => {
  const awaited = (restartPolicy: RestartPolicy, restart: "no" | "on-failure") => {
    const job = task("job", { image: "x", restart, deploy: { restartPolicy } });
    return reportsOf(stack("s", [service("a", { image: "x", dependsOn: [job.completed()] })]));
  };

  it("never comes where that one starts the task again, whatever `restart` says", () => {
    expect(awaited({ condition: "any" }, "no")).toHaveLength(1);
    expect(awaited({ condition: "none" }, "on-failure")).toEqual([]);
  });
});
