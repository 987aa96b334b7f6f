import type { DependencyModel } from "../../model/schema/depends-on.ts";
import { awaitedHealthy, type LaunchPlan, type PlannedService } from "./launch-plan.ts";
import type { LaunchRules } from "./launch-rules.ts";
import { changesAt, type ServiceStatus, statusOf } from "./service-status.ts";
import { type ContainerState, isStarted } from "./snapshot.ts";

/** What a verdict asks of a service: whether it failed for good, had all of its time, or has not come to its end yet. */
export type Mark = "failed" | "late" | "open";

/** A service's place in a launch, and what is known of it from one look to the next. */
export interface Standing {
  readonly service: PlannedService;
  /** Its place among the services of the plan. */
  readonly place: number;
  readonly dependsOn: readonly { readonly on: Standing; readonly dependency: DependencyModel }[];
  readonly dependents: Standing[];
  /** Whether another one needs it to be healthy. */
  readonly isAwaitedHealthy: boolean;
  /** Whether others await it, and all of them only by `required: false`: the stack does without it. */
  readonly isOptional: boolean;
  /** Whether something happened since it was judged. */
  isStale: boolean;
  /** Absent before the first look. */
  status: ServiceStatus | undefined;
  /** Whether all of its containers were started. */
  isStarted: boolean;
  marks: readonly Mark[];
  /** Ids of its containers that may be started now. */
  start: readonly string[];
  /** Since when there are such; absent where there are none. */
  startableSince: number | undefined;
  /** When it must be judged anew though nothing happens; Infinity where it need not. */
  changesAt: number;
}

/** The services of a plan before the first look, dependencies first. */
export function standingsOf(plan: LaunchPlan): readonly Standing[] {
  const awaited = awaitedHealthy(plan);
  const optional = optionalServices(plan);
  const standings = new Map<string, Standing>();
  for (const service of plan.services.values()) {
    const { name } = service;
    const dependsOn = [...service.dependsOn].flatMap(([needed, dependency]) => {
      const on = standings.get(needed);
      // What takes no part, or has no containers, is not waited for.
      return on === undefined || on.service.replicas === 0 ? [] : [{ on, dependency }];
    });
    const standing: Standing = {
      service,
      place: standings.size,
      dependsOn,
      dependents: [],
      isAwaitedHealthy: awaited.has(name),
      isOptional: optional.has(name),
      isStale: false,
      status: undefined,
      isStarted: false,
      marks: [],
      start: [],
      startableSince: undefined,
      changesAt: Number.POSITIVE_INFINITY,
    };
    for (const { on } of dependsOn) on.dependents.push(standing);
    standings.set(name, standing);
  }
  return [...standings.values()];
}

function optionalServices({ services }: LaunchPlan): ReadonlySet<string> {
  const edges = [...services.values()].flatMap(({ dependsOn }) => [...dependsOn]);
  const required = new Set(edges.filter(([, dependency]) => dependency.required).map(([on]) => on));
  return new Set(edges.map(([on]) => on).filter((on) => !required.has(on)));
}

/** Judges a service by a look at its containers, and by what its dependencies were judged to be. */
export function judge(standing: Standing, containers: readonly ContainerState[], at: number, rules: LaunchRules): ServiceStatus {
  const { service, isAwaitedHealthy, isOptional } = standing;
  const created = containers.filter(canBeStarted);
  // What was started waits for nobody any more, whatever becomes of its dependencies.
  const waitsFor = created.length > 0 ? openDependencies(standing) : NOTHING;
  const seen = statusOf(service, containers, { waitsFor, isAwaitedHealthy }, at, rules);
  const isStartable = waitsFor.length === 0 && created.length > 0;
  standing.startableSince = isStartable ? (standing.startableSince ?? at) : undefined;
  const lateAt = isDue(seen) ? deadlineOf(standing, containers, rules, seen) : Number.POSITIVE_INFINITY;
  const isLate = at >= lateAt;
  // Who can do without it does not wait beyond its time.
  const status = isLate && isOptional && rules.timeout === undefined ? { ...seen, final: true } : seen;
  standing.isStale = false;
  standing.status = status;
  standing.isStarted = containers.every(isStarted);
  standing.start = isStartable ? created.map(({ id }) => id) : NOTHING;
  standing.marks = marksOf(status, isLate, isOptional);
  standing.changesAt = Math.min(changesAt(containers, at), isLate ? Number.POSITIVE_INFINITY : lateAt);
  return status;
}

const NOTHING: readonly string[] = [];

function canBeStarted({ status, error }: ContainerState): boolean {
  return status === "created" && error === "";
}

/** The dependencies of a service that do not hold yet. */
function openDependencies({ dependsOn }: Standing): readonly string[] {
  return dependsOn.filter(({ on, dependency }) => !holds(on, dependency)).map(({ on }) => on.service.name);
}

function holds({ status, isStarted }: Standing, { condition, required }: DependencyModel): boolean {
  if (!required && status?.failure !== undefined && status.final) return true;
  switch (condition) {
    case "service_started":
      return isStarted;
    case "service_healthy":
      return status?.state === "healthy";
    case "service_completed_successfully":
      return status?.state === "completed";
  }
}

/** Whether its time runs. Who waits for a late one is not late. */
function isDue({ ready, waitsFor }: ServiceStatus): boolean {
  return !ready && waitsFor.length === 0;
}

/** Seconds after which nobody will start what could be started: who does so begins at once. */
const UNSTARTED = 30;

function deadlineOf(
  { service: { budget }, startableSince }: Standing,
  containers: readonly ContainerState[],
  { timeout, watching = false }: LaunchRules,
  { state }: ServiceStatus,
): number {
  if (timeout !== undefined) return timeout;
  // It has become healthy in time; soon it either has stayed so, or is something else.
  if (state === "healthy") return Number.POSITIVE_INFINITY;
  const unstarted = watching && startableSince !== undefined ? startableSince + UNSTARTED : Number.POSITIVE_INFINITY;
  const firstRun = Math.min(...containers.map(({ firstRunAt = Number.POSITIVE_INFINITY }) => firstRunAt));
  // What ran before the launch has all of its time once more.
  return Math.min(unstarted, Math.max(0, firstRun) + budget);
}

function marksOf({ ready, failure, final }: ServiceStatus, isLate: boolean, isOptional: boolean): readonly Mark[] {
  const marks: Mark[] = [];
  if (failure !== undefined && final && !isOptional) marks.push("failed");
  if (isLate && !(isOptional && final)) marks.push("late");
  if (!ready && !(isOptional && (final || isLate))) marks.push("open");
  return marks;
}
