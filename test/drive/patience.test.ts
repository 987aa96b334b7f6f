import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type EngineSilence, onceMoreWhenBack, patiently, tellingSilence, whileItAnswers, whileThere } from "../../src/drive/patience.ts";
import { StackError } from "../../src/errors.ts";
import { stackErrorOf } from "../rejection.ts";

const away = () => StackError.of("no-engine", "no Docker Engine answers: socket hang up");
const signal = new AbortController().signal;

/** An engine that answers from the given question on. */
function engineFrom(question: number) {
  let asked = 0;
  return engineThat(() => ++asked >= question);
}

function engineThat(answers: () => boolean) {
  let heardAt = Number.NEGATIVE_INFINITY;
  return {
    ping: async () => {
      if (!answers()) throw away();
      heardAt = performance.now();
      return "1.45";
    },
    heardAt: () => heardAt,
  };
}

describe("an engine that is away", () => {
  it("is asked until it answers", async () => {
    const engine = engineFrom(3);
    expect(await patiently(() => engine.ping(), { signal })).toBe("1.45");
  });

  it("is gone when patience ends", async () => {
    const engine = engineFrom(Number.POSITIVE_INFINITY);
    expect((await stackErrorOf(patiently(() => engine.ping(), { signal, patience: 0.1 }))).code).toBe("no-engine");
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
    expect((await stackErrorOf(whileThere(work, engine, { signal, patience: 0.1 }))).code).toBe("no-engine");
  });

  it("is not waited for by a question that has no end of its own", async () => {
    let asked = 0;
    const engine = engineThat(() => ++asked === 1);
    const question = () => new Promise<string>(() => undefined);
    expect((await stackErrorOf(whileItAnswers(question, engine, { patience: 0.1 }))).code).toBe("no-engine");
  });

  it("is waited for no longer where that is interrupted", async () => {
    const interruption = new AbortController();
    const engine = engineFrom(Number.POSITIVE_INFINITY);
    const asked = patiently(() => engine.ping(), { signal: interruption.signal });
    interruption.abort();
    expect(await asked).toBeUndefined();
  });
});

describe("the silence of an engine", () => {
  const told: EngineSilence[] = [];
  const onSilence = (silence: EngineSilence) => told.push(silence);

  function useClock(): void {
    told.length = 0;
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
  }

  it("is told while it is asked for the second time in vain, and so is its end", async () => {
    useClock();
    const isAway = (): boolean => Date.now() - began > 3500 && Date.now() - began < 9000;
    const began = Date.now();
    const engine = engineThat(() => !isAway());
    const work = () => new Promise((resolve) => setTimeout(resolve, 12_000));
    const done = whileThere(work, engine, { signal, onSilence });
    await vi.advanceTimersByTimeAsync(3500);
    expect(told).toEqual([]);
    // The next question comes at 4 s, and is missed at 5 s.
    await vi.advanceTimersByTimeAsync(1600);
    expect(told).toEqual([{ answers: false, seconds: 1, patience: 30 }]);
    await vi.advanceTimersByTimeAsync(10_000);
    await done;
    expect(told.slice(1)).toEqual([{ answers: true, seconds: 5, patience: 30 }]);
  });

  it("is listened for only where it says nothing by itself", async () => {
    useClock();
    let talksUntil = 5000;
    let asked = 0;
    const engine = engineThat(() => ++asked > 0);
    const heardAt = () => Math.max(engine.heardAt(), Math.min(performance.now(), talksUntil));
    talksUntil += performance.now();
    const done = whileThere(() => new Promise((resolve) => setTimeout(resolve, 7500)), { ...engine, heardAt }, { signal });
    await vi.advanceTimersByTimeAsync(5900);
    expect(asked).toBe(0);
    await vi.advanceTimersByTimeAsync(2000);
    await done;
    // At 6 s and at 7 s.
    expect(asked).toBe(2);
  });

  it("is told within a second where it does not answer the first time", async () => {
    useClock();
    let answer = (_: string): void => undefined;
    const ping = () => new Promise<string>((resolve) => (answer = resolve));
    const seen = whileItAnswers(async () => "seen", { ping, heardAt: () => performance.now() }, { onSilence });
    await vi.advanceTimersByTimeAsync(1100);
    expect(told).toEqual([{ answers: false, seconds: 1, patience: 30 }]);
    answer("1.45");
    expect(await seen).toBe("seen");
    expect(told).toMatchObject([{}, { answers: true }]);
  });

  it("is no silence where the answer comes soon", async () => {
    useClock();
    const answer = new Promise((resolve) => setTimeout(() => resolve("26.1.5"), 900));
    const given = tellingSilence(answer, { onSilence });
    await vi.advanceTimersByTimeAsync(2000);
    expect([await given, told]).toEqual(["26.1.5", []]);
  });
});
