import { checkStack, service, stack } from "stackwright";
import { describe, expect, it } from "vitest";
import { takeBack, thereBefore } from "../../src/drive/compose/take-back.ts";
import { planLaunch } from "../../src/drive/decide/launch-plan.ts";
import type { ContainerSummary, NetworkSummary } from "../../src/drive/engine/engine.ts";
import { useFakeDocker } from "./fake-docker.ts";

const PROJECT = { name: "shop", file: "/shop/compose.yaml", envFiles: [], profiles: [] };
const PLAN = planLaunch(checkStack(stack("shop", [service("ok", { image: "x" }), service("bad", { image: "x" })])));
const OK: ContainerSummary = { Id: "c1", State: "running", Labels: { "com.docker.compose.service": "ok" } };

const called = (Name: string): NetworkSummary => ({ Id: `id of ${Name}`, Name });

/** An engine with these networks, of which some are used; those that were removed are in `removed`. */
function engineWith(networks: readonly string[], used: readonly string[] = [], containers: readonly ContainerSummary[] = []) {
  const removed: string[] = [];
  return {
    removed,
    containersOf: async () => containers,
    networksOf: async () => networks.map(called),
    isNetworkUsed: async ({ Name }: NetworkSummary) => used.includes(Name),
    removeNetwork: async ({ Name }: NetworkSummary) => {
      removed.push(Name);
    },
  };
}

describe("a launch that is taken back", () => {
  const commandOf = (calls: ReturnType<typeof useFakeDocker>) => calls().map(({ args }) => args.slice(5));

  it("takes with it the networks that are new and that nobody uses", async () => {
    const calls = useFakeDocker();
    const before = await thereBefore(engineWith(["first", "idle"], [], [OK]), "shop");
    const engine = engineWith(["first", "idle", "second", "shared"], ["first", "shared"]);
    expect(await takeBack(engine, PROJECT, PLAN, before)).toEqual({ taken: ["bad"], kept: ["ok"], isDone: true });
    expect(commandOf(calls)).toEqual([["rm", "--stop", "--force", "bad"]]);
    expect(engine.removed).toEqual(["second"]);
  });

  it("leaves a network that was there, though it had no containers", async () => {
    const calls = useFakeDocker();
    const engine = engineWith(["idle", "default"]);
    await takeBack(engine, PROJECT, PLAN, await thereBefore(engineWith(["idle"]), "shop"));
    expect(commandOf(calls)).toEqual([["rm", "--stop", "--force", "ok", "bad"]]);
    expect(engine.removed).toEqual(["default"]);
  });

  it("is left to Compose as a whole where nothing was there", async () => {
    const calls = useFakeDocker();
    expect(await takeBack(engineWith([]), PROJECT, PLAN, { containers: [], networks: [] }, ["--volumes"])).toMatchObject({ isDone: true });
    expect(commandOf(calls)).toEqual([["down", "--volumes"]]);
  });

  it("has not come to its end where the containers are still there, or a network is", async () => {
    useFakeDocker({ exitCode: 1 });
    const before = { containers: [OK], networks: [] };
    const engine = engineWith(["second"]);
    expect([(await takeBack(engine, PROJECT, PLAN, before)).isDone, engine.removed]).toEqual([false, []]);
    useFakeDocker();
    const removeNetwork = () => Promise.reject(new Error("has active endpoints"));
    expect((await takeBack({ ...engine, removeNetwork }, PROJECT, PLAN, before)).isDone).toBe(false);
  });
});
