import { describe, expect, it, onTestFinished } from "vitest";
import { watchRivals } from "../../src/drive/compose/rivals.ts";
import type { ContainerState, Snapshot } from "../../src/drive/decide/snapshot.ts";
import type { EngineEvent } from "../../src/drive/engine/engine.ts";
import { useFakeDocker } from "./fake-docker.ts";

const PROJECT = { name: "shop", file: "/shop/compose.yaml", envFiles: [], profiles: [] };
const SNAPSHOT: Snapshot = {
  at: 1,
  containers: [
    { name: "shop-web-1", service: "web" },
    { name: "0123456789ab_shop-db-1", service: "db" },
  ].map((container) => container as ContainerState),
};

/** An engine that tells what it is given to tell, and then nothing, or ends its stream. */
function engineTelling(actions: readonly string[], { cut = false } = {}) {
  let asked = 0;
  return {
    events: async (_: string, signal: AbortSignal) =>
      (async function* (): AsyncGenerator<EngineEvent> {
        if (asked++ === 0) for (const [index, Action] of actions.entries()) yield { Action, Actor: { ID: String(index) } };
        if (!cut || asked > 1) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      })(),
  };
}

async function replacedAfter(created: readonly string[], engine: ReturnType<typeof engineTelling>): Promise<readonly string[]> {
  const over = new AbortController();
  onTestFinished(() => over.abort());
  const rivals = watchRivals(engine, PROJECT, over.signal);
  for (const line of created) rivals.created(line);
  await rivals.ready;
  // What the engine tells arrives.
  await new Promise((resolve) => setTimeout(resolve, 20));
  return [...(await rivals.replaced(SNAPSHOT))];
}

const OWN = [" Container shop-web-1  Creating", " Container shop-web-1  Created"];

describe("a launch that is alone", () => {
  it("asks nobody", async () => {
    const calls = useFakeDocker();
    expect(await replacedAfter(OWN, engineTelling(["create"]))).toEqual([]);
    expect(await replacedAfter([" Container shop-web-1  Recreate", " Container shop-web-1  Recreated"], engineTelling(["create"]))).toEqual(
      [],
    );
    expect(calls()).toEqual([]);
  });
});

describe("where others have created containers as well", () => {
  it("those are replaced that Compose would create anew, under whatever name they stand", async () => {
    const calls = useFakeDocker({
      stderr: " DRY-RUN MODE -  Container shop-web-1  Running\n DRY-RUN MODE -  Container 0123456789ab_shop-db-1  Recreate\n",
    });
    expect(await replacedAfter(OWN, engineTelling(["create", "create", "rename"]))).toEqual(["db"]);
    expect(calls()[0]?.args).toContain("--dry-run");
  });

  it("a container that was there, and that Compose calls created, is none of its own", async () => {
    useFakeDocker({ stderr: " DRY-RUN MODE -  Container shop-web-1  Recreate\n" });
    expect(await replacedAfter([" Container shop-web-1  Created"], engineTelling(["create"]))).toEqual(["web"]);
  });

  it("is not known where the stream of events was cut, so that Compose is asked", async () => {
    useFakeDocker({ stderr: " DRY-RUN MODE -  Container shop-web-1  Recreate\n" });
    expect(await replacedAfter(OWN, engineTelling(["create"], { cut: true }))).toEqual(["web"]);
  });

  it("nothing is said where Compose does not answer", async () => {
    useFakeDocker({ exitCode: 1, stderr: " DRY-RUN MODE -  Container shop-web-1  Recreate\n" });
    expect(await replacedAfter(OWN, engineTelling(["create", "create"]))).toEqual([]);
  });
});
