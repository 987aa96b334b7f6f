import { containerState, NEVER } from "./container-state.ts";
import type { ContainerInspection, ContainerSummary, Engine, EngineEvent } from "./engine/engine.ts";
import type { ContainerState, Snapshot } from "./snapshot.ts";

/** Looks at the containers of one launch and remembers what inspection alone does not tell. */
export interface Observer {
  /** Seconds since the launch began. */
  now(): number;
  /** What the containers are doing. Only those that something happened to are inspected again. */
  look(): Promise<Snapshot>;
  /** Something happened to a container, or might have: all of them where no id is given. */
  touch(id?: string): void;
  /** What an event says that no later inspection may show: how a run ended, and that somebody ended it. */
  note(event: EngineEvent): void;
  /** Whether a look found that a container was started. */
  sawRun(id: string): boolean;
  /** A container could not be started. */
  startFailed(id: string, message: string): void;
}

export interface ObserverOptions {
  readonly project: string;
  /** Whether containers that ended before the launch count as not started yet: true for `up`, false for `wait`. */
  readonly restartsEnded: boolean;
}

/** What is remembered of a container between two looks. */
interface Memory {
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

export function observe(engine: Pick<Engine, "containersOf" | "inspect">, { project, restartsEnded }: ObserverOptions): Observer {
  const began = performance.now();
  const now = (): number => (performance.now() - began) / 1000;
  const memories = new Map<string, Memory>();
  const startErrors = new Map<string, string>();
  const toldStarts = new Map<string, number>();
  const exits = new Map<string, Exit>();
  // What nothing happened to since the last look is as it was.
  const states = new Map<string, ContainerState>();
  const touched = new Set<string>();
  let allTouched = true;

  async function look(): Promise<Snapshot> {
    if (allTouched) await findContainers();
    const ids = [...touched];
    touched.clear();
    const askedAt = now();
    const inspections = await inspectAll(ids);
    const at = now();
    ids.forEach((id, index) => {
      remember(id, inspections[index], { askedAt, at });
    });
    const containers = [...memories].map(([id, memory]) => stateNow(id, memory));
    // It may be on its way to be started again, and nothing tells when it will not.
    for (const { id, endedBy } of containers) if (endedBy !== undefined) touched.add(id);
    return { at, containers };
  }

  function stateNow(id: string, memory: Memory): ContainerState {
    const state = states.get(id) ?? stateOf(memory, startErrors.get(id), exits.get(id));
    states.set(id, state);
    return state;
  }

  async function inspectAll(ids: readonly string[]): Promise<readonly (ContainerInspection | undefined)[]> {
    try {
      return await Promise.all(ids.map((id) => engine.inspect(id)));
    } catch (cause) {
      // What was not seen this time must be looked at the next.
      allTouched = true;
      throw cause;
    }
  }

  async function findContainers(): Promise<void> {
    allTouched = false;
    const found = new Set((await listContainers()).map(({ Id }) => Id));
    for (const id of memories.keys()) if (!found.has(id)) memories.delete(id);
    for (const id of found) touched.add(id);
  }

  async function listContainers(): Promise<readonly ContainerSummary[]> {
    try {
      return await engine.containersOf(project);
    } catch (cause) {
      allTouched = true;
      throw cause;
    }
  }

  function remember(id: string, inspection: ContainerInspection | undefined, times: LookTimes): void {
    states.delete(id);
    if (inspection === undefined) memories.delete(id);
    else memories.set(id, nextMemory(memories.get(id), inspection, { ...times, toldStart: toldStarts.get(id) }, restartsEnded));
  }

  return {
    now,
    look,
    touch: (id) => {
      if (id === undefined) allTouched = true;
      else touched.add(id);
    },
    note: (event) => {
      const { ID } = event.Actor;
      if (event.Action === "start") toldStarts.set(ID, now());
      exits.set(ID, exitAfter(exits.get(ID), event, now()));
      states.delete(ID);
    },
    sawRun: (id) => (memories.get(id)?.runs ?? 0) > 0,
    startFailed: (id, message) => {
      startErrors.set(id, message);
      states.delete(id);
      touched.add(id);
    },
  };
}

interface LookTimes {
  /** When a look was begun. */
  readonly askedAt: number;
  /** When all its answers were there. */
  readonly at: number;
  /** When an event told of the last start. */
  readonly toldStart?: number | undefined;
}

function nextMemory(
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
      runs: ran ? 1 + inspection.RestartCount : 0,
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
  // Restarts that came and went between two looks are in the engine's count.
  const missed = Math.max(0, inspection.RestartCount - before.inspection.RestartCount - 1);
  const startedBefore = missed > 0 || before.runs === 0 ? undefined : before.inspection.State.StartedAt;
  // An event of a time at which another run was seen told of that one.
  const since = toldStart > before.askedAt ? Math.min(toldStart, at) : at;
  return { ...seen, startedBefore, runs: before.runs + 1 + missed, runningSince: since, firstRunAt: before.firstRunAt ?? since };
}

/** What events told of the ends of a container. */
interface Exit {
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

const NOTHING_TOLD: Exit = { wasSignalled: false, oomKilled: false, stops: 0 };

function exitAfter(before: Exit = NOTHING_TOLD, { Action, Actor }: EngineEvent, at: number): Exit {
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

function exitOf({ State: { Status, ExitCode, OOMKilled } }: ContainerInspection): ContainerState["lastExit"] {
  return Status === "exited" || Status === "restarting" ? { exitCode: ExitCode, oomKilled: OOMKilled } : undefined;
}

function stateOf(memory: Memory, startError: string | undefined, exit: Exit = NOTHING_TOLD): ContainerState {
  const { inspection, endedRun, startedBefore, isNew, runs, falls, runningSince, firstRunAt, lastExit, askedAt } = memory;
  const notStartedYet = endedRun !== undefined && endedRun === inspection.State.StartedAt;
  return containerState(inspection, {
    notStartedYet,
    startError,
    startedBefore,
    isNew,
    runs,
    runningSince,
    firstRunAt,
    lastExit: lastExit ?? exit.last,
    endedBy: notStartedYet ? undefined : endedBy(memory, exit),
    stops: exit.stops,
    falls,
    askedAt,
  });
}

function endedBy({ inspection, endSeenAt }: Memory, { ended }: Exit): ContainerState["endedBy"] {
  if (inspection.State.Status !== "exited" || ended?.who === "itself") return undefined;
  if (ended !== undefined) return { who: "others", at: ended.at };
  return endSeenAt === undefined ? undefined : { who: "unknown", at: endSeenAt };
}
