import { describe, expect, it } from "vitest";
import { onceMoreWhenBack, patiently } from "../../src/drive/patience.ts";
import { StackError } from "../../src/errors.ts";
import { stackErrorOf } from "../rejection.ts";

const away = () => StackError.of("no-engine", "no Docker Engine answers: socket hang up");
const signal = new AbortController().signal;

/** An engine that answers from the given question on. */
function engineFrom(question: number) {
  let asked = 0;
  return {
    version: async () => {
      if (++asked < question) throw away();
      return "26.1.5";
    },
  };
}

describe("an engine that is away", () => {
  it("is asked until it answers", async () => {
    const engine = engineFrom(3);
    expect(await patiently(() => engine.version(), { signal })).toBe("26.1.5");
  });

  it("is gone when patience ends", async () => {
    const engine = engineFrom(Number.POSITIVE_INFINITY);
    expect((await stackErrorOf(patiently(() => engine.version(), { signal, patience: 0.1 }))).code).toBe("no-engine");
  });

  it("has what needs it done once more when it is back, whatever the work says of it", async () => {
    let calls = 0;
    const work = async () => {
      if (++calls === 1) throw StackError.of("create-failed", "unexpected EOF");
      return "created";
    };
    expect(await onceMoreWhenBack(work, engineFrom(3), { signal })).toBe("created");
  });

  it("has nothing to do with work that fails while it answers", async () => {
    let calls = 0;
    const work = async () => {
      calls++;
      throw StackError.of("create-failed", "pull access denied");
    };
    expect((await stackErrorOf(onceMoreWhenBack(work, engineFrom(1), { signal }))).code).toBe("create-failed");
    expect(calls).toBe(1);
  });

  it("ends work that would wait for it for ever", async () => {
    const work = (until: AbortSignal) => new Promise<void>((resolve) => until.addEventListener("abort", () => resolve()));
    const engine = engineFrom(Number.POSITIVE_INFINITY);
    expect((await stackErrorOf(onceMoreWhenBack(work, engine, { signal, patience: 0.1 }))).code).toBe("no-engine");
  });

  it("is waited for no longer where that is interrupted", async () => {
    const interruption = new AbortController();
    const engine = engineFrom(Number.POSITIVE_INFINITY);
    const asked = patiently(() => engine.version(), { signal: interruption.signal });
    interruption.abort();
    expect(await asked).toBeUndefined();
  });
});
