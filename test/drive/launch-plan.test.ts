import { checkStack, env, probe, service, stack, task } from "stackwright";
import { describe, expect, it } from "vitest";
import { planLaunch } from "../../src/drive/decide/launch-plan.ts";
import { readCompose } from "../../src/load/compose/read-compose.ts";
import type { AnyService } from "../../src/model/service.ts";
import { temporaryFolder, writeTree } from "../temporary-folder.ts";

const planOf = (members: readonly AnyService[], profiles?: readonly string[]) =>
  planLaunch(checkStack(stack("test", members)), profiles).services;
const budgetOf = (member: AnyService): number | undefined => planOf([member]).get(member.name)?.budget;

describe("who takes part", () => {
  const always = service("always", { image: "busybox:1.37" });
  const debug = service("debug", { image: "busybox:1.37", profiles: ["debug", "support"] });
  const seed = task("seed", { image: "busybox:1.37", profiles: ["seed"] });
  const names = (profiles?: readonly string[]) => [...planOf([always, debug, seed], profiles).keys()];

  it("is, without active profiles, every service without profiles", () => {
    expect(names()).toEqual(["always"]);
  });

  it("is a service of which one profile is active", () => {
    expect(names(["support"])).toEqual(["always", "debug"]);
    expect(names(["seed", "debug"])).toEqual(["always", "debug", "seed"]);
  });

  it("is not a service whose profiles only resemble an active one", () => {
    expect(names(["deb", "debug2"])).toEqual(["always"]);
  });

  it("is everybody with *", () => {
    expect(names(["*"])).toEqual(["always", "debug", "seed"]);
  });
});

describe("a planned service", () => {
  it("stands behind its dependencies, with their conditions", () => {
    const db = service("db", { image: "x", healthcheck: probe.command(["true"]) });
    const migrate = task("migrate", { image: "x", dependsOn: [db.healthy()] });
    const api = service("api", { image: "x", dependsOn: [migrate.completed(), db.started({ required: false })] });
    const plan = planOf([api]);
    expect([...plan.keys()]).toEqual(["db", "migrate", "api"]);
    expect([...(plan.get("api")?.dependsOn ?? [])]).toEqual([
      ["migrate", { condition: "service_completed_successfully", required: true }],
      ["db", { condition: "service_started", required: false }],
    ]);
    expect([plan.get("migrate")?.kind, plan.get("api")?.kind]).toEqual(["task", "service"]);
  });

  it.each([
    ["as many replicas as it says", { replicas: 3 }, 3],
    ["none where it says none", { replicas: 0 }, 0],
    ["one where it says nothing", {}, 1],
  ])("has %s", (_, deploy, expected) => {
    expect(planOf([service("web", { image: "x", deploy })]).get("web")?.replicas).toBe(expected);
  });
});

describe("a service that may end with exit code 0", () => {
  const ofFile = async (attributes: string) => {
    const folder = temporaryFolder();
    await writeTree(folder, { "compose.yaml": `name: x\nservices:\n  web:\n    image: busybox:1.37\n${attributes}\n` });
    return planLaunch(checkStack(await readCompose(`${folder}/compose.yaml`, { environment: {} }))).services.get("web")?.mayEnd;
  };

  it.each(["", "    restart: on-failure:3", "    restart: 'no'", "    expose: ['80']", "    healthcheck: { disable: true }"])(
    "is one of a Compose file with <%s>",
    async (attributes) => expect(await ofFile(attributes)).toBe(true),
  );

  it.each([
    "    restart: always",
    "    restart: unless-stopped",
    "    deploy: { restart_policy: { condition: any } }",
    "    ports: ['80']",
    "    healthcheck: { test: [CMD, 'true'] }",
  ])("is none with <%s>", async (attributes) => expect(await ofFile(attributes)).toBeUndefined());

  it("is none in TypeScript, where there are tasks", () => {
    expect(planOf([service("web", { image: "x" })]).get("web")?.mayEnd).toBeUndefined();
  });
});

// A budget is start period + retries x (interval + timeout), and 30 s of grace.
describe("the time that a service may take", () => {
  it("is what Docker needs to call it unhealthy, and a little more", () => {
    const healthcheck = probe.command(["true"], { interval: "5s", timeout: "1s", retries: 2, startPeriod: "1m", startInterval: "500ms" });
    expect(budgetOf(service("web", { image: "x", healthcheck }))).toBe(60 + 2 * (5 + 1) + 30);
  });

  it("counts the defaults of a probe", () => {
    expect(budgetOf(service("web", { image: "node:22", healthcheck: probe.http({ port: 80 }) }))).toBe(30 + 3 * (10 + 5) + 30);
  });

  it("counts Docker's own defaults where a plain health check says nothing", () => {
    expect(budgetOf(service("web", { image: "x", healthcheck: { test: ["CMD", "true"] } }))).toBe(3 * (30 + 30) + 30);
  });

  it("counts Docker's own defaults where only a variable knows", () => {
    const healthcheck = { test: ["CMD", "true"], interval: env("INTERVAL"), timeout: "10s", retries: env("RETRIES") } as const;
    expect(budgetOf(service("web", { image: "x", healthcheck }))).toBe(3 * (30 + 10) + 30);
  });

  it("is ten minutes for a task", () => {
    expect(budgetOf(task("migrate", { image: "x" }))).toBe(600);
  });
});
