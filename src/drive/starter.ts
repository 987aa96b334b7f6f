import type { Alarm } from "./alarm.ts";
import type { Snapshot } from "./decide/snapshot.ts";
import type { Observer } from "./observe/observe.ts";
import { isEngineAway } from "./patience.ts";
import { pause } from "./pause.ts";

/** At most this many starts at once: more gain nothing, fewer leave the last of a few services to start alone. */
export const STARTS_AT_ONCE = 6;

/** Starts containers, each once, a few at a time; what can't be started is told to the observer. */
export interface Starter {
  begin(id: string, snapshot: Snapshot): void;
  hasBegun(id: string): boolean;
  /** Begins no more, and waits until what was begun is done, or the engine has had so many seconds. */
  end(seconds: number): Promise<void>;
}

export interface StarterOptions {
  readonly start: (id: string, service: string) => Promise<void>;
  /** Milliseconds after the answer to a start after which there is a look at it, unless there was one. */
  readonly lookAfter: (service: string) => number;
}

export function starter(observer: Observer, alarm: Alarm, { start, lookAfter }: StarterOptions): Starter {
  const known = new Set<string>();
  const inFlight = new Set<Promise<void>>();
  const queue: { readonly id: string; readonly service: string }[] = [];
  const lookAt = (id?: string): void => {
    observer.touch(id);
    alarm.ring();
  };
  const next = (): void => {
    const first = inFlight.size < STARTS_AT_ONCE ? queue.shift() : undefined;
    if (first === undefined) return;
    const { id, service } = first;
    const started = start(id, service)
      .then(() => {
        setTimeout(() => observer.sawRun(id) || lookAt(id), lookAfter(service)).unref();
      })
      .catch((cause: unknown) => {
        // An engine that went away has not refused: what the next look finds not started is started again.
        if (isEngineAway(cause)) {
          known.delete(id);
          lookAt();
        } else {
          observer.startFailed(id, cause instanceof Error ? cause.message : String(cause));
          alarm.ring();
        }
      })
      .finally(() => {
        inFlight.delete(started);
        next();
      });
    inFlight.add(started);
    next();
  };
  return {
    begin: (id, snapshot) => {
      if (known.has(id)) return;
      known.add(id);
      queue.push({ id, service: serviceOf(snapshot, id) });
      next();
    },
    hasBegun: (id) => known.has(id),
    end: async (seconds) => {
      queue.length = 0;
      const done = new AbortController();
      void Promise.all(inFlight).then(() => done.abort());
      await pause(seconds * 1000, done.signal);
    },
  };
}

function serviceOf({ containers }: Snapshot, id: string): string {
  return containers.find((container) => container.id === id)?.service ?? "";
}
