import { env, type Restart, service, stack } from "stackwright";
import { expect, it } from "vitest";
import { checkStack } from "../../src/check/check-stack.ts";
import { restartPolicyOf } from "../../src/model/restart-policy.ts";

type Deploy = NonNullable<Parameters<typeof service>[1]["deploy"]>;

// Those without a variable are compared with the engine: test/e2e/restart-policy.test.ts.
it.each<[string, Restart | undefined, Deploy["restartPolicy"], Restart]>([
  ["nothing", undefined, undefined, "no"],
  ["restart", "on-failure:2", undefined, "on-failure:2"],
  ["a condition, instead of restart", "always", { condition: "none" }, "no"],
  ["no condition, instead of restart", "always", { delay: "5s" }, "no"],
  ["any", "no", { condition: "any", window: "10s" }, "always"],
  ["failures without end", undefined, { condition: "on-failure" }, "on-failure"],
  ["counted failures", undefined, { condition: "on-failure", maxAttempts: 3 }, "on-failure:3"],
  ["a variable", "always", { condition: env("WHEN") }, "no"],
])("the restart policy of %s", (_, restart, restartPolicy, policy) => {
  const deploy = restartPolicy === undefined ? {} : { deploy: { restartPolicy } };
  const { services } = checkStack(stack("s", [service("a", { image: "x", ...(restart === undefined ? {} : { restart }), ...deploy })]));
  const model = services.get("a")?.model;
  expect(model && restartPolicyOf(model)).toBe(policy);
});
