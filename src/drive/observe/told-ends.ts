import type { ContainerState } from "../decide/snapshot.ts";
import type { EngineEvent } from "../engine/engine.ts";

/** What events told of the ends of a container. */
export interface ToldEnds {
  /** A signal was sent to it from outside; its own exit does not show that. */
  readonly wasSignalled: boolean;
  readonly oomKilled: boolean;
  readonly last?: ContainerState["lastExit"];
  /** Who ended its last run, and when; absent while it runs. */
  readonly ended?: { readonly who: "others" | "itself"; readonly at: number } | undefined;
  /** How many runs others ended. */
  readonly stops: number;
}

// SIGHUP, SIGUSR1, SIGUSR2, SIGWINCH: to read a configuration again, to open a new log file.
const OTHER_SIGNALS = new Set(["1", "10", "12", "28"]);

/** Before any event. */
export const NOTHING_TOLD: ToldEnds = { wasSignalled: false, oomKilled: false, stops: 0 };

/** What events have told after one more. */
export function endsAfter(before: ToldEnds = NOTHING_TOLD, { Action, Actor }: EngineEvent, at: number): ToldEnds {
  const { wasSignalled, oomKilled } = before;
  switch (Action) {
    case "kill":
      return { ...before, wasSignalled: wasSignalled || !OTHER_SIGNALS.has(Actor.Attributes?.["signal"] ?? "") };
    // Also where its own signal to stop is none of those that end others; it comes before or after the end.
    case "stop":
      return before.ended?.who === "itself"
        ? { ...before, ended: { ...before.ended, who: "others" }, stops: before.stops + 1 }
        : { ...before, wasSignalled: before.ended === undefined };
    case "oom":
      return { ...before, oomKilled: true };
    case "die": {
      const last = { exitCode: Number(Actor.Attributes?.["exitCode"] ?? 0), oomKilled };
      const ended = { who: wasSignalled ? "others" : "itself", at } as const;
      return { ...NOTHING_TOLD, last, ended, stops: before.stops + (wasSignalled ? 1 : 0) };
    }
    case "start":
      return { ...before, wasSignalled: false, ended: undefined };
    default:
      return before;
  }
}
