import { eventQueue } from "./event-queue.ts";
import type { LaunchPlan } from "./launch-plan.ts";
import type { LaunchRules } from "./launch-rules.ts";
import type { ServiceStatus } from "./service-status.ts";
import { type Snapshot, sortContainers } from "./snapshot.ts";
import { judge, type Mark, type Standing, standingsOf } from "./standing.ts";

/** What a look says of the services of a launch. */
export interface Judgement {
  /** All of them in the order of the plan, until the next look. */
  services(): readonly ServiceStatus[];
  /** Those that were judged anew; every other is what it was at the look before. */
  readonly changed: readonly ServiceStatus[];
  /** Ids of containers whose conditions hold. */
  readonly start: readonly string[];
  /** When one of them becomes something else, or late, though nothing happens; Infinity where none does. */
  readonly changesAt: number;
  /** How many services bear a mark. */
  readonly count: Readonly<Record<Mark, number>>;
  /** The services that bear a mark, until the next look. */
  marked(mark: Mark): readonly ServiceStatus[];
}

/**
 * Judges one look after the other. A service is judged anew where one of its containers is not the same value as before, where
 * a dependency that it waits for has become something else, and when its time has come: a look costs what has happened, not
 * what there is.
 */
export function judgeServices(plan: LaunchPlan, rules: LaunchRules): (snapshot: Snapshot) => Judgement {
  const standings = standingsOf(plan);
  const byName = new Map(standings.map((standing) => [standing.service.name, standing]));
  const containers = sortContainers();
  const statuses: ServiceStatus[] = [];
  const count = { failed: 0, late: 0, open: 0 };
  const startable = new Set<Standing>();
  // Dependencies stand before their dependents, so that what they are is known.
  const stale = eventQueue<Standing>();
  const due = eventQueue<Standing>();

  function makeStale(standing: Standing | undefined): void {
    if (standing === undefined || standing.isStale) return;
    standing.isStale = true;
    stale.add(standing.place, standing);
  }

  function judgeAnew(standing: Standing, at: number): ServiceStatus {
    const { status: before, isStarted: wasStarted } = standing;
    for (const mark of standing.marks) count[mark]--;
    const status = judge(standing, containers.of(standing.service.name), at, rules);
    for (const mark of standing.marks) count[mark]++;
    if (standing.start.length > 0) startable.add(standing);
    else startable.delete(standing);
    if (Number.isFinite(standing.changesAt)) due.add(standing.changesAt, standing);
    // All that others can wait for.
    const isElse = before?.state !== status.state || before.final !== status.final || wasStarted !== standing.isStarted;
    if (isElse) for (const dependent of standing.dependents) if (waits(dependent)) makeStale(dependent);
    return status;
  }

  /** What was to come to a service that was judged anew since comes no more. */
  function nextDue(): number {
    while (due.next() !== undefined && due.next()?.changesAt !== due.nextAt()) due.take();
    return due.nextAt();
  }

  for (const standing of standings) makeStale(standing);

  return (snapshot) => {
    for (const name of containers.next(snapshot)) makeStale(byName.get(name));
    for (let at = due.nextAt(); at <= snapshot.at; at = due.nextAt()) {
      const standing = due.take();
      if (standing?.changesAt === at) makeStale(standing);
    }
    const changed: ServiceStatus[] = [];
    for (let standing = stale.take(); standing !== undefined; standing = stale.take()) {
      const status = judgeAnew(standing, snapshot.at);
      statuses[standing.place] = status;
      changed.push(status);
    }
    return {
      services: () => statuses.slice(),
      changed,
      start: [...startable].sort((a, b) => a.place - b.place).flatMap(({ start }) => start),
      changesAt: nextDue(),
      count: { ...count },
      marked: (mark) => standings.flatMap(({ status, marks }) => (status !== undefined && marks.includes(mark) ? [status] : [])),
    };
  };
}

/** Whether what others are makes a difference to it: it was not started yet. */
function waits({ status, start }: Standing): boolean {
  return start.length > 0 || (status !== undefined && status.waitsFor.length > 0);
}
