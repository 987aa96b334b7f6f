import { describe, expect, it } from "vitest";
import type { FailureKind } from "../../src/drive/decide/service-status.ts";
import type { ContainerState } from "../../src/drive/decide/snapshot.ts";
import { lastWords } from "../../src/drive/diagnose/last-words.ts";

const FIRST = "2026-01-01T00:00:00.000Z";
const SECOND = "2026-01-01T00:00:10.000Z";
const CONTAINER: ContainerState = {
  id: "1",
  name: "shop-web-1",
  service: "web",
  number: 1,
  status: "exited",
  exitCode: 1,
  oomKilled: false,
  error: "",
  startedAt: SECOND,
  startedBefore: FIRST,
  runs: 2,
  ports: [],
  failingStreak: 0,
  probes: [],
};

/** Since when the log is read; "everything" where no time is given. */
async function since(container: Partial<ContainerState>, failure?: FailureKind): Promise<string> {
  return lastWords({ logs: async (_, __, time = "everything") => time }, { ...CONTAINER, ...container }, 50, failure);
}

const SHORTLY_BEFORE_FIRST = "2025-12-31T23:59:59.950Z";
const SHORTLY_BEFORE_SECOND = "2026-01-01T00:00:09.950Z";

describe("the last words of a container", () => {
  it("are all that a new container printed in its first run, whenever the engine noted its start", async () => {
    expect(await since({ isNew: true, runs: 1 })).toBe("everything");
    expect(await since({ isNew: true, runs: 2 })).not.toBe("everything");
  });

  it("are those of its last run", async () => {
    expect(await since({}, "exited")).toBe(SHORTLY_BEFORE_SECOND);
    expect(await since({ status: "running" }, "unhealthy")).toBe(SHORTLY_BEFORE_SECOND);
  });

  it("are those of the run before, where it failed and runs again", async () => {
    expect(await since({ status: "running" }, "crash-loop")).toBe(SHORTLY_BEFORE_FIRST);
  });

  it("are all that is there, where nobody saw when that run began", async () => {
    const { startedBefore: _, ...unseen } = CONTAINER;
    expect(await lastWords({ logs: async (__, ___, time = "everything") => time }, { ...unseen, status: "running" }, 50, "exited")).toBe(
      "everything",
    );
  });

  it("are none, where it did not run in this launch", async () => {
    expect(await since({ runs: 0 }, "start-failed")).toBe("");
  });
});
