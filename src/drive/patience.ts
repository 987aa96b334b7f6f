import { StackError } from "../errors.ts";
import type { Engine } from "./engine/engine.ts";
import { EngineRefusal } from "./engine/request.ts";
import { pause } from "./pause.ts";

/** How long an engine that gives no answer is waited for. */
export interface Patience {
  /** Seconds without an answer after which the engine counts as gone. Default: 30. */
  readonly patience?: number | undefined;
  readonly signal: AbortSignal;
}

const PATIENCE = 30;

/** Seconds that one answer may take; the engine may be stopped for a while. */
const ANSWER_LIMIT = 10;

/**
 * Asks the engine until it answers, as long as patience lasts: a restart of the engine costs nothing but time.
 *
 * @returns `undefined` where it was interrupted.
 * @throws {StackError} `no-engine` for an engine that is gone.
 */
export async function patiently<T>(ask: () => Promise<T>, { patience = PATIENCE, signal }: Patience): Promise<T | undefined> {
  const began = performance.now();
  for (;;) {
    try {
      const answer = await inTime(ask(), signal);
      if (answer !== undefined || signal.aborted) return answer;
      throw StackError.of("no-engine", `the Docker Engine gave no answer within ${ANSWER_LIMIT} s`);
    } catch (error) {
      if (signal.aborted) return undefined;
      if (!isPassing(error) || (performance.now() - began) / 1000 >= patience) throw error;
      await pause(250, signal);
    }
  }
}

/** What is told of an engine that gives no answer. */
export interface EngineSilence {
  /** Whether it answers again; false as soon as it is noticed that it does not. */
  readonly answers: boolean;
  /** How long it has given no answer. */
  readonly seconds: number;
  /** Seconds without an answer after which it counts as gone. */
  readonly patience: number;
}

export interface Attention extends Patience {
  /** Called about 2 s after the engine's last answer, and when it answers again. */
  readonly onSilence?: ((silence: EngineSilence) => void) | undefined;
}

/**
 * Does something that needs the engine as long as that is there. The work's signal ends it where the engine is gone: what others do
 * (Compose) would wait for it for ever.
 *
 * @throws {StackError} `no-engine` for an engine that is gone.
 */
export async function whileThere<T>(
  work: (signal: AbortSignal) => Promise<T>,
  engine: Pick<Engine, "ping" | "heardAt">,
  attention: Attention,
): Promise<T> {
  const gone = new AbortController();
  const over = new AbortController();
  const signal = AbortSignal.any([attention.signal, over.signal]);
  attend(engine, { ...attention, signal }).catch((error) => gone.abort(error));
  try {
    const done = await work(AbortSignal.any([attention.signal, gone.signal]));
    gone.signal.throwIfAborted();
    return done;
  } finally {
    over.abort();
  }
}

/**
 * Asks the engine something, as long as it is there. Where it is gone, the question is left as it is: nothing must be printed by it that
 * is of no use without its end.
 *
 * @throws {StackError} `no-engine` for an engine that is gone.
 */
export async function whileItAnswers<T>(
  question: () => Promise<T>,
  engine: Pick<Engine, "ping" | "heardAt">,
  attention: Omit<Attention, "signal">,
): Promise<T> {
  await tellingSilence(engine.ping(), attention);
  const asked = (gone: AbortSignal): Promise<T> => Promise.race([question(), failureAt(gone)]);
  return whileThere(asked, engine, { ...attention, signal: new AbortController().signal });
}

function failureAt(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** Seconds without a word of the engine after which it is asked. */
const QUIET = 1;

/** Seconds that an answer may take before it is missed. The first has to wait for a connection, which ssh makes in seconds. */
const SILENCE = { first: 5, later: 1 };

/** Asks the engine whether it is there whenever nothing is heard of it. Ends with the signal; fails where the engine is gone. */
async function attend(engine: Pick<Engine, "ping" | "heardAt">, { onSilence, ...patience }: Attention): Promise<void> {
  for (let silence = SILENCE.first; ; silence = SILENCE.later) {
    await untilQuiet(engine, patience.signal);
    if (patience.signal.aborted) return;
    await tellingSilence(
      patiently(() => engine.ping(), patience),
      { onSilence, ...patience },
      silence,
    );
  }
}

async function untilQuiet(engine: Pick<Engine, "heardAt">, signal: AbortSignal): Promise<void> {
  const left = (): number => QUIET * 1000 - (performance.now() - engine.heardAt());
  while (left() > 0 && !signal.aborted) await pause(left(), signal);
}

/** An answer of the engine; where it takes long, that is told. */
export async function tellingSilence<T>(
  answer: Promise<T>,
  { onSilence, patience = PATIENCE }: Omit<Attention, "signal">,
  silence = SILENCE.later,
): Promise<T> {
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  let isTold = false;
  const timer = setTimeout(() => {
    isTold = true;
    onSilence?.({ answers: false, seconds: seconds(), patience });
  }, silence * 1000);
  try {
    const given = await answer;
    // There is none where it is waited for no longer.
    if (isTold && given !== undefined) onSilence?.({ answers: true, seconds: seconds(), patience });
    return given;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Does something that needs the engine, and can be done again: where the engine goes away meanwhile, once more when it is back.
 *
 * @returns `undefined` where it was interrupted.
 * @throws {StackError} `no-engine` for an engine that is gone; what the work throws while the engine is there.
 */
export async function onceMoreWhenBack<T>(
  work: () => Promise<T>,
  engine: Pick<Engine, "ping">,
  patience: Patience,
): Promise<T | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (patience.signal.aborted) return undefined;
      const isAway = isPassing(error) || !(await answers(engine));
      if (!isAway || attempt === ATTEMPTS) throw error;
      await patiently(() => engine.ping(), patience);
    }
  }
}

const ATTEMPTS = 4;

/** Whether an error means that the engine could not be reached. */
export function isEngineAway(error: unknown): boolean {
  return error instanceof StackError && error.code === "no-engine";
}

/** Whether the engine answers now. */
export async function answers(engine: Pick<Engine, "ping">): Promise<boolean> {
  try {
    return (await inTime(engine.ping())) !== undefined;
  } catch {
    return false;
  }
}

// The engine answers with an error of its own where it looks at a container that is removed right now, or while it starts up.
function isPassing(error: unknown): boolean {
  return error instanceof EngineRefusal ? error.status >= 500 : isEngineAway(error);
}

/** The answer; `undefined` where it takes too long, or the signal comes first. */
async function inTime<T>(answer: Promise<T>, signal?: AbortSignal): Promise<T | undefined> {
  let giveUp = (): void => undefined;
  const nothing = new Promise<undefined>((resolve) => {
    giveUp = () => resolve(undefined);
  });
  const timer = setTimeout(giveUp, ANSWER_LIMIT * 1000);
  signal?.addEventListener("abort", giveUp);
  if (signal?.aborted === true) giveUp();
  try {
    return await Promise.race([answer, nothing]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", giveUp);
  }
}
