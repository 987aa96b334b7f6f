import type { ContainerState, Snapshot } from "../decide/snapshot.ts";
import type { ContainerInspection, ContainerSummary, Engine, EngineEvent } from "../engine/engine.ts";
import { type LookTimes, type Memory, nextMemory } from "./container-memory.ts";
import { containerState } from "./container-state.ts";
import { endsAfter, NOTHING_TOLD, type ToldEnds } from "./told-ends.ts";

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
  /** Touches what events told to be started, and no look has seen since. Whether there is such. */
  touchUnseen(): boolean;
  /** A container could not be started. */
  startFailed(id: string, message: string): void;
}

export interface ObserverOptions {
  readonly project: string;
  /** Whether containers that ended before the launch count as not started yet: true for `up`, false for `wait`. */
  readonly restartsEnded: boolean;
}

export function observe(engine: Pick<Engine, "containersOf" | "inspect">, { project, restartsEnded }: ObserverOptions): Observer {
  const began = performance.now();
  const now = (): number => (performance.now() - began) / 1000;
  const memories = new Map<string, Memory>();
  const startErrors = new Map<string, string>();
  const toldStarts = new Map<string, number>();
  const exits = new Map<string, ToldEnds>();
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
      exits.set(ID, endsAfter(exits.get(ID), event, now()));
      states.delete(ID);
    },
    sawRun: (id) => (memories.get(id)?.runs ?? 0) > 0,
    touchUnseen: () => {
      const unseen = [...memories].filter(([id, { runs }]) => runs === 0 && toldStarts.has(id));
      for (const [id] of unseen) touched.add(id);
      return unseen.length > 0;
    },
    startFailed: (id, message) => {
      startErrors.set(id, message);
      states.delete(id);
      touched.add(id);
    },
  };
}

function stateOf(memory: Memory, startError: string | undefined, exit: ToldEnds = NOTHING_TOLD): ContainerState {
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

function endedBy({ inspection, endSeenAt }: Memory, { ended }: ToldEnds): ContainerState["endedBy"] {
  if (inspection.State.Status !== "exited" || ended?.who === "itself") return undefined;
  if (ended !== undefined) return { who: "others", at: ended.at };
  return endSeenAt === undefined ? undefined : { who: "unknown", at: endSeenAt };
}
