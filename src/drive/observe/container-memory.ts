import type { ContainerState } from "../decide/snapshot.ts";
import type { ContainerInspection } from "../engine/engine.ts";
import { NEVER } from "./container-state.ts";

/** What is remembered of a container between two looks. */
export interface Memory {
  readonly inspection: ContainerInspection;
  /** The run that was there at the first look, if the container ended before. */
  readonly endedRun: string | undefined;
  /** When the run before began, where that was seen. */
  readonly startedBefore: string | undefined;
  readonly isNew: boolean;
  readonly runs: number;
  /** How many of them ended after they had been healthy. */
  readonly falls: number;
  readonly runningSince: number | undefined;
  readonly firstRunAt: number | undefined;
  /** How the run before ended, where a look saw it. */
  readonly lastExit: ContainerState["lastExit"];
  /** When a look saw that it had ended; absent where it had at the first. */
  readonly endSeenAt: number | undefined;
  /** When the inspection was asked for. */
  readonly askedAt: number;
}

/** When a container was looked at; seconds since the launch began. */
export interface LookTimes {
  /** When a look was begun. */
  readonly askedAt: number;
  /** When all its answers were there. */
  readonly at: number;
  /** When an event told of the last start. */
  readonly toldStart?: number | undefined;
}

/** What is remembered after one more look. */
export function nextMemory(
  before: Memory | undefined,
  inspection: ContainerInspection,
  { askedAt, at, toldStart = at }: LookTimes,
  restartsEnded: boolean,
): Memory {
  const { Status, StartedAt } = inspection.State;
  const isUp = Status === "running" || Status === "paused" || Status === "restarting";
  if (before === undefined) {
    const ended = !isUp && restartsEnded ? StartedAt : undefined;
    const ran = StartedAt !== NEVER && ended === undefined;
    // A run that began before the launch: how long ago, the wall clocks of both sides have to tell.
    const runningSince = isUp ? at - Math.max(0, (Date.now() - Date.parse(StartedAt)) / 1000) : undefined;
    return {
      inspection,
      endedRun: ended,
      startedBefore: undefined,
      isNew: StartedAt === NEVER,
      // The engine counts its restarts since somebody started the container.
      runs: ran ? 1 + restartsOf(inspection) : 0,
      falls: 0,
      runningSince,
      firstRunAt: ran ? (runningSince ?? at) : undefined,
      lastExit: undefined,
      endSeenAt: undefined,
      askedAt,
    };
  }
  const isNewRun = StartedAt !== before.inspection.State.StartedAt;
  const lastExit = exitOf(inspection) ?? before.lastExit;
  const sawEnd = Status === "exited" && (isNewRun || before.inspection.State.Status !== "exited");
  const hasFallen = before.inspection.State.Health?.Status === "healthy" && (isNewRun || !isUp || Status === "restarting");
  const falls = before.falls + (hasFallen ? 1 : 0);
  const seen = { ...before, inspection, lastExit, askedAt, falls, endSeenAt: sawEnd ? at : before.endSeenAt };
  if (!isNewRun) return seen;
  // Restarts that came and went between two looks are in the engine's count, which begins anew where somebody starts the container.
  const seenRestarts = before.runs === 0 ? -1 : restartsOf(before.inspection);
  const missed = Math.max(0, restartsOf(inspection) - seenRestarts - 1);
  const startedBefore = missed > 0 || before.runs === 0 ? undefined : before.inspection.State.StartedAt;
  // An event of a time at which another run was seen told of that one.
  const began = toldStart > before.askedAt ? Math.min(toldStart, at) : at;
  return { ...seen, startedBefore, runs: before.runs + 1 + missed, runningSince: at, firstRunAt: before.firstRunAt ?? began };
}

/** How often it was started again. The engine counts a restart when the run before has ended, and waits a moment. */
function restartsOf({ RestartCount, State: { Status } }: ContainerInspection): number {
  return Status === "restarting" ? RestartCount - 1 : RestartCount;
}

function exitOf({ State: { Status, ExitCode, OOMKilled } }: ContainerInspection): ContainerState["lastExit"] {
  return Status === "exited" || Status === "restarting" ? { exitCode: ExitCode, oomKilled: OOMKilled } : undefined;
}
