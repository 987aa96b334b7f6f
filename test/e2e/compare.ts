import type { LaunchPlan } from "../../src/drive/decide/launch-plan.ts";
import type { ContainerEvent } from "../../src/index.ts";
import type { Ran } from "./both-ways.ts";

/** An event both ways; times are seconds since the run of its container began, or for a start since what led to it. */
export interface Compared {
  readonly what: string;
  readonly real: number;
  readonly rehearsed: number;
  readonly agrees: boolean;
}

/** What a comparison found. */
export interface Comparison {
  readonly events: readonly Compared[];
  /** The same verdict, culprits and victims, the same events in the same order. */
  readonly orderReal: readonly string[];
  readonly orderRehearsed: readonly string[];
}

/** Times agree within this many seconds, or this share of the longer one, whichever is larger. */
const SECONDS = 0.3;
const SHARE = 0.1;

/** Lays a real and a rehearsed launch beside each other. */
export function compare(plan: LaunchPlan, real: Ran, rehearsed: Ran): Comparison {
  const own = named(plan, real.events);
  const theirs = named(plan, rehearsed.events);
  const both = [...own.keys()].filter((what) => theirs.has(what));
  return {
    events: both.map((what) => {
      const [a = 0, b = 0] = [own.get(what)?.since, theirs.get(what)?.since];
      return { what, real: a, rehearsed: b, agrees: agree(a, b) };
    }),
    orderReal: [...outcome(real), ...ordered(own, theirs)],
    orderRehearsed: [...outcome(rehearsed), ...ordered(theirs, theirs)],
  };
}

function agree(a: number, b: number): boolean {
  return Math.abs(a - b) <= Math.max(SECONDS, SHARE * Math.max(a, b));
}

function outcome({ result }: Ran): readonly string[] {
  // Whether a crash loop is looked at in a run or between two is chance.
  const culprits = result.culprits.map(({ service, failure }) => `${service} ${failure === "crash-loop" ? "exited" : failure}`);
  const killed = result.snapshot.containers
    .filter(({ oomKilled }) => oomKilled)
    .map(({ service, number }) => `${service}#${number} out of memory`);
  return [
    result.verdict,
    ...culprits,
    ...killed.sort(),
    ...result.victims.map(({ service, culprit }) => `${service} because of ${culprit}`),
  ];
}

interface Named {
  readonly at: number;
  readonly since: number;
}

/** Events by name: `db#1 unhealthy`, `db#1 restarted 2` for the second time. */
function named(plan: LaunchPlan, events: readonly ContainerEvent[]): ReadonlyMap<string, Named> {
  const names = new Map<string, Named>();
  const counts = new Map<string, number>();
  const runs = new Map<string, number>();
  const exits = new Map<string, number>();
  for (const { service, replica, event, at, exitCode } of events) {
    const who = `${service}#${replica}`;
    const what = `${who} ${event}${exitCode === undefined ? "" : `:${exitCode}`}`;
    const count = (counts.get(what) ?? 0) + 1;
    counts.set(what, count);
    // Otherwise each restart would carry the delays of all before it.
    const from = event === "started" ? lastCondition(plan, events, service, at) : event === "restarted" ? exits.get(who) : runs.get(who);
    if (event === "started" || event === "restarted") runs.set(who, at);
    if (event === "exited" || event === "completed") exits.set(who, at);
    names.set(count === 1 ? what : `${what} ${count}`, { at, since: at - (from ?? at) });
  }
  return names;
}

/** When the last thing happened that a service waited for; `undefined` where it waits for nothing. */
function lastCondition(plan: LaunchPlan, events: readonly ContainerEvent[], service: string, before: number): number | undefined {
  const HOLDS = { service_started: "started", service_healthy: "healthy", service_completed_successfully: "completed" } as const;
  const held = [...(plan.services.get(service)?.dependsOn ?? [])].flatMap(([on, { condition }]) =>
    events.filter((each) => each.service === on && each.event === HOLDS[condition] && each.at <= before).map(({ at }) => at),
  );
  return held.length === 0 ? undefined : Math.max(...held);
}

/** Names in order; what the rehearsal has (almost) at the same time may come either way, and is sorted by name. */
function ordered(own: ReadonlyMap<string, Named>, reference: ReadonlyMap<string, Named>): readonly string[] {
  const times = [...reference].sort(([, a], [, b]) => a.at - b.at);
  const groups = new Map<string, number>();
  let group = 0;
  times.forEach(([what, { at }], index) => {
    const before = times[index - 1]?.[1].at ?? at;
    if (at - before > SECONDS) group++;
    groups.set(what, group);
  });
  const names = [...own].sort(([, a], [, b]) => a.at - b.at).map(([what]) => what);
  const groupOf = (what: string): number => groups.get(what) ?? Number.POSITIVE_INFINITY;
  // Only neighbours of one group change places: what is out of order between groups stays so.
  const sorted: string[] = [];
  let stretch: string[] = [];
  for (const what of names) {
    if (stretch.length > 0 && groupOf(stretch[0] ?? "") !== groupOf(what)) {
      sorted.push(...stretch.sort());
      stretch = [];
    }
    stretch.push(what);
  }
  return [...sorted, ...stretch.sort()];
}

/** The same launch compared again: of each event the time that agrees better, of the order the later one unless it is the same already. */
export function better(before: Comparison | undefined, after: Comparison): Comparison {
  if (before === undefined) return after;
  const earlier = new Map(before.events.map((event) => [event.what, event]));
  const events = after.events.map((event) => {
    const other = earlier.get(event.what);
    return other !== undefined && difference(other) < difference(event) ? other : event;
  });
  return { ...(isSameOrder(before) ? before : after), events };
}

/** Whether both ways came to the same. */
export function agreesAll(comparison: Comparison | undefined): boolean {
  return comparison !== undefined && isSameOrder(comparison) && comparison.events.every(({ agrees }) => agrees);
}

function isSameOrder({ orderReal, orderRehearsed }: Comparison): boolean {
  return JSON.stringify(orderReal) === JSON.stringify(orderRehearsed);
}

function difference({ real, rehearsed }: Compared): number {
  return Math.abs(real - rehearsed);
}
