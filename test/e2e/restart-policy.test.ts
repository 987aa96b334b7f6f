import { execa } from "execa";
import { expect, it } from "vitest";
import { checkStack } from "../../src/check/check-stack.ts";
import { type Restart, service, stack } from "../../src/index.ts";
import { restartPolicyOf } from "../../src/model/restart-policy.ts";
import { describeWithEngine, docker, scenario } from "./engine.ts";

type RestartPolicy = NonNullable<NonNullable<Parameters<typeof service>[1]["deploy"]>["restartPolicy"]>;

/** Every form of a restart policy that an engine accepts. */
const POLICIES: readonly { readonly restart?: Restart; readonly restartPolicy?: RestartPolicy }[] = [
  {},
  ...(["no", "always", "unless-stopped", "on-failure", "on-failure:2"] as const).map((restart) => ({ restart })),
  ...(["none", "on-failure", "any"] as const).map((condition) => ({ restartPolicy: { condition } })),
  { restartPolicy: { condition: "on-failure", maxAttempts: 3 } },
  { restartPolicy: { condition: "any", maxAttempts: 0 } },
  { restartPolicy: { delay: "5s", window: "10s" } },
  { restart: "always", restartPolicy: { condition: "none" } },
  { restart: "always", restartPolicy: { delay: "5s" } },
  { restart: "on-failure:5", restartPolicy: { condition: "any", delay: "5s" } },
  { restart: "always", restartPolicy: { condition: "on-failure", maxAttempts: 2 } },
];

const specOf = ({ restart, restartPolicy }: (typeof POLICIES)[number]) => ({
  ...(restart === undefined ? {} : { restart }),
  ...(restartPolicy === undefined ? {} : { deploy: { restartPolicy } }),
});

describeWithEngine("a restart policy", () => {
  it("must be for the rehearsal what Compose makes of it for the engine", async (context) => {
    const lines = POLICIES.map((policy, index) => `service("s${index}", { ...stays, ...${JSON.stringify(specOf(policy))} })`);
    const shop = await scenario(context, `export default stack(NAME, [${lines.join(", ")}]);`);
    await shop.run(["compose", shop.name, "--", "create"]);
    const { services } = checkStack(
      stack(
        "s",
        POLICIES.map((policy, index) => service(`s${index}`, { image: "x", ...specOf(policy) })),
      ),
    );
    for (const { name, model } of services.values()) {
      const text = await docker("inspect", "--format", "{{json .HostConfig.RestartPolicy}}", `${shop.name}-${name}-1`);
      const { Name, MaximumRetryCount } = JSON.parse(text) as { Name: string; MaximumRetryCount: number };
      expect(restartPolicyOf(model), `${name} ${JSON.stringify(specOf(POLICIES[Number(name.slice(1))] ?? {}))}`).toBe(
        MaximumRetryCount === 0 ? Name : `${Name}:${MaximumRetryCount}`,
      );
    }
  });

  it("must be refused by Compose where Stackwright refuses it", async (context) => {
    const shop = await scenario(
      context,
      `export default stack(NAME, [service("a", { ...stays, deploy: { restartPolicy: { condition: "any", maxAttempts: 0 } } })]);`,
    );
    await shop.run(["generate"]);
    const file = `${shop.folder}/generated/${shop.name}/compose.yaml`;
    for (const condition of ["", "condition: any, ", "condition: none, "]) {
      const policy = `services: {a: {deploy: {restart_policy: !override {${condition}max_attempts: 2}}}}`;
      const create = ["-c", 'echo "$1" | docker compose -f "$2" -f - create', "sh", policy, file];
      expect(await failureOf("sh", create)).toContain("maximum retry count can only be used with 'on-failure'");
    }
  });
});

async function failureOf(file: string, args: readonly string[]): Promise<string> {
  const { failed, stderr } = await execa(file, args, { reject: false });
  return failed ? stderr : "";
}
