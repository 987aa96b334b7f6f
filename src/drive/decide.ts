import type { DependencyModel } from "../model/schema/depends-on.ts";
import type { LaunchPlan, PlannedService } from "./launch-plan.ts";
import { type ContainerState, containersOf, type Snapshot } from "./snapshot.ts";
import { victimsOf } from "./victims.ts";

/** Seconds that a container without health check must have lasted to count as running. */
export const SETTLE = 1;

/**
 * Seconds after its end for which a container may be on its way to be started again: a restart from outside stops it first, and
 * takes 0.2 s on an idle machine. The event that says whose doing it was comes within milliseconds, if at all.
 */
const GRACE: Readonly<Record<NonNullable<ContainerState["endedBy"]>["who"], number>> = { others: 1.5, unknown: 0.5 };

/** What a service is doing, as users see it. */
export type ServiceState = "waiting" | "starting" | "restarting" | "running" | "healthy" | "unhealthy" | "completed" | "failed";

/** Why a service failed. */
export type FailureKind =
  | "unhealthy"
  | "exited"
  | "crash-loop"
  | "start-failed"
  | "removed"
  | "no-healthcheck"
  | "not-ready"
  | "create-failed"
  | "engine-gone";

/** A service at one moment. */
export interface ServiceStatus {
  readonly service: string;
  readonly state: ServiceState;
  /** Whether the service is what its stack wants it to be. */
  readonly ready: boolean;
  /** The dependencies it still waits for. */
  readonly waitsFor: readonly string[];
  /** Why it failed, or what would be its failure if time ran out now. */
  readonly failure?: FailureKind;
  /** Whether the failure can't mend itself any more. */
  readonly final: boolean;
  /** How often its containers were started, beyond once each. */
  readonly restarts: number;
}

/** The end of a launch. */
export interface Verdict {
  readonly verdict: "ready" | "started" | "failed" | "timeout";
  /** The services at fault, dependencies first. */
  readonly culprits: readonly { readonly service: string; readonly failure: FailureKind }[];
  /** Services that were never started, because of a culprit. */
  readonly victims: readonly { readonly service: string; readonly culprit: string }[];
}

/** What to do now. */
export interface Decision {
  readonly services: readonly ServiceStatus[];
  /** Ids of containers whose conditions hold. */
  readonly start: readonly string[];
  readonly verdict?: Verdict;
  /** When to look again though nothing happened; seconds since the launch began. */
  readonly lookAgainAt: number;
}

/** How a launch ends. */
export interface LaunchRules {
  /** Seconds since the launch began; absent: each service's own budget. */
  readonly timeout?: number | undefined;
  /** With a timeout: whether unhealthy is final all the same. Default: false. */
  readonly failFast?: boolean | undefined;
  /** "ready": until all are ready; "started": until all were started. Default: "ready". */
  readonly until?: "ready" | "started" | undefined;
  /** Whether the containers are only watched: one that nobody starts uses up its budget too. Default: false. */
  readonly watching?: boolean | undefined;
}

/** Decides from one look what to start, and whether the launch is over. Pure: same look, same decision. */
export function decide(plan: LaunchPlan, snapshot: Snapshot, rules: LaunchRules = {}): Decision {
  const statuses = new Map<string, ServiceStatus>();
  const start: string[] = [];
  const { awaited, optional } = waitsOf(plan);
  for (const service of plan.services.values()) {
    const containers = containersOf(snapshot, service.name);
    // What was started waits for nobody any more, whatever becomes of its dependencies.
    const waitsFor = containers.some(canBeStarted) ? openDependencies(service, plan, statuses, snapshot) : NOTHING;
    const status = statusOf(service, containers, { waitsFor, isAwaitedHealthy: awaited.has(service.name) }, snapshot.at, rules);
    // Who can do without it does not wait beyond its time.
    const isGivenUp = optional.has(service.name) && rules.timeout === undefined && isLate(plan, status, snapshot, rules);
    statuses.set(service.name, isGivenUp ? { ...status, final: true } : status);
    if (waitsFor.length === 0) for (const container of containers) if (canBeStarted(container)) start.push(container.id);
  }
  const services = [...statuses.values()];
  const verdict = verdictOf(plan, services, snapshot, rules);
  return { services, start, ...(verdict === undefined ? {} : { verdict }), lookAgainAt: nextLook(plan, snapshot, rules) };
}

const NOTHING: readonly string[] = [];

interface Waits {
  /** The services that another one needs to be healthy. */
  readonly awaited: ReadonlySet<string>;
  /** The services that others await, and all of them only by `required: false`: the stack does without them. */
  readonly optional: ReadonlySet<string>;
}

const WAITS = new WeakMap<LaunchPlan, Waits>();

/** What is waited for; worked out once for each plan, as a launch makes hundreds of decisions on it. */
function waitsOf(plan: LaunchPlan): Waits {
  let waits = WAITS.get(plan);
  if (waits === undefined) {
    waits = { awaited: awaitedHealthy(plan), optional: optionalServices(plan) };
    WAITS.set(plan, waits);
  }
  return waits;
}

function awaitedHealthy({ services }: LaunchPlan): ReadonlySet<string> {
  const awaited = new Set<string>();
  for (const { dependsOn } of services.values()) {
    for (const [on, { condition }] of dependsOn) if (condition === "service_healthy") awaited.add(on);
  }
  return awaited;
}

function canBeStarted({ status, error }: ContainerState): boolean {
  return status === "created" && error === "";
}

/** The dependencies of a service that do not hold yet. A dependency that takes no part, or has no containers, is left out. */
function openDependencies(
  service: PlannedService,
  plan: LaunchPlan,
  statuses: ReadonlyMap<string, ServiceStatus>,
  snapshot: Snapshot,
): readonly string[] {
  // Most services wait for nothing most of the time: no list is made for them.
  let open: string[] | undefined;
  for (const [on, dependency] of service.dependsOn) {
    if ((plan.services.get(on)?.replicas ?? 0) === 0 || holds(on, dependency, statuses, snapshot)) continue;
    open ??= [];
    open.push(on);
  }
  return open ?? NOTHING;
}

function holds(
  on: string,
  { condition, required }: DependencyModel,
  statuses: ReadonlyMap<string, ServiceStatus>,
  snapshot: Snapshot,
): boolean {
  const status = statuses.get(on);
  // Dependencies stand before their dependents, so that the status is known.
  if (status === undefined) return false;
  if (!required && status.failure !== undefined && status.final) return true;
  switch (condition) {
    case "service_started":
      return containersOf(snapshot, on).every((container) => container.runs > 0);
    case "service_healthy":
      return status.state === "healthy";
    case "service_completed_successfully":
      return status.state === "completed";
  }
}

function statusOf(
  service: PlannedService,
  containers: readonly ContainerState[],
  { waitsFor, isAwaitedHealthy }: { waitsFor: readonly string[]; isAwaitedHealthy: boolean },
  at: number,
  rules: LaunchRules,
): ServiceStatus {
  let restarts = 0;
  let worst: ContainerStatus | undefined;
  for (const container of containers) {
    restarts += Math.max(0, container.runs - 1);
    const each = containerStatus(service, container, at, rules);
    if (worst === undefined || SEVERITY.indexOf(each.state) < SEVERITY.indexOf(worst.state)) worst = each;
  }
  if (containers.length < service.replicas) worst = REMOVED;
  else if (isAwaitedHealthy && containers.some(runsUnchecked)) worst = WITHOUT_HEALTHCHECK;
  const { state, ready = false, failure, final = false } = worst ?? READY_WITHOUT_CONTAINERS;
  const status = { service: service.name, state, ready, waitsFor, final, restarts };
  return failure === undefined ? status : { ...status, failure };
}

interface ContainerStatus {
  readonly state: ServiceState;
  readonly ready?: boolean;
  readonly failure?: FailureKind;
  readonly final?: boolean;
}

// A service has the state of its worst container.
const SEVERITY: readonly ServiceState[] = ["failed", "unhealthy", "restarting", "waiting", "starting", "running", "healthy", "completed"];

const REMOVED: ContainerStatus = { state: "failed", failure: "removed", final: true };

// An image that was to bring a health check and brings none: it never becomes healthy.
const WITHOUT_HEALTHCHECK: ContainerStatus = { state: "failed", failure: "no-healthcheck", final: true };

function runsUnchecked({ status, health }: ContainerState): boolean {
  return status === "running" && health === undefined;
}

// Scale 0 asks for nothing, and has it.
const READY_WITHOUT_CONTAINERS: ContainerStatus = { state: "running", ready: true };

// Of what most containers are: one value for all of them.
const WAITING: ContainerStatus = { state: "waiting" };
const HEALTHY: ContainerStatus = { state: "healthy", ready: true };

function containerStatus(service: PlannedService, container: ContainerState, at: number, rules: LaunchRules): ContainerStatus {
  switch (container.status) {
    case "created":
      return container.error === "" ? WAITING : { state: "failed", failure: "start-failed", final: true };
    case "removing":
      return { state: "failed", failure: "removed", final: true };
    case "exited": {
      const end = exited(service, container);
      return end.ready !== true && mayReturn(container, at) ? { state: "restarting", failure: "exited" } : end;
    }
    case "dead":
      return exited(service, container);
    case "restarting":
      return restarting(service, container);
    case "paused":
      return { state: "starting", failure: "not-ready" };
    case "running":
      // A task that runs once more has failed already, as far as anyone can say.
      return service.kind === "task"
        ? { state: "starting", failure: container.runs > 1 ? "exited" : "not-ready" }
        : running(container, at, rules);
  }
}

// What was seen before the time was over says nothing of what it was then.
function mayReturn({ endedBy, askedAt }: ContainerState, at: number): boolean {
  return endedBy !== undefined && Math.min(at, askedAt ?? at) < endedBy.at + GRACE[endedBy.who];
}

function exited(service: PlannedService, container: ContainerState): ContainerStatus {
  return service.kind === "task" && container.exitCode === 0
    ? { state: "completed", ready: true }
    : { state: "failed", failure: "exited", final: true };
}

// A task may use up its restarts; a service with a health check may recover until its deadline; any other is in a crash loop.
function restarting(service: PlannedService, container: ContainerState): ContainerStatus {
  const mayRecover = service.kind === "task" || container.health !== undefined;
  return mayRecover ? { state: "restarting", failure: "exited" } : { state: "failed", failure: "crash-loop", final: true };
}

function running(container: ContainerState, at: number, { timeout, failFast = false }: LaunchRules): ContainerStatus {
  switch (container.health) {
    case "healthy":
      return HEALTHY;
    case "unhealthy":
      return { state: "unhealthy", failure: "unhealthy", final: timeout === undefined || failFast };
    case "starting":
      return { state: "starting", failure: hasCrashed(container) ? "crash-loop" : "not-ready" };
    default: {
      if (hasCrashed(container)) return { state: "failed", failure: "crash-loop", final: true };
      const settled = at - (container.runningSince ?? at) >= SETTLE;
      return settled ? { state: "running", ready: true } : { state: "starting", failure: "not-ready" };
    }
  }
}

// Others may restart it as often as they like.
function hasCrashed({ runs, stops = 0 }: ContainerState): boolean {
  return runs - stops > 1;
}

function verdictOf(plan: LaunchPlan, services: readonly ServiceStatus[], snapshot: Snapshot, rules: LaunchRules): Verdict | undefined {
  const { optional } = waitsOf(plan);
  const failed = services.filter((status) => status.failure !== undefined && status.final && !optional.has(status.service));
  if (failed.length > 0) return ended("failed", plan, failed, services);
  const until = rules.until ?? "ready";
  if (until === "started" && snapshot.containers.every(({ runs }) => runs > 0)) return { verdict: "started", culprits: [], victims: [] };
  const isOptional = ({ service }: ServiceStatus): boolean => optional.has(service);
  const late = services.filter((status) => isLate(plan, status, snapshot, rules) && !(isOptional(status) && status.final));
  const isSettled = (status: ServiceStatus): boolean => status.ready || (isOptional(status) && (status.final || late.includes(status)));
  if (services.every(isSettled)) return { verdict: "ready", culprits: [], victims: [] };
  if (late.length === 0) return undefined;
  const broken = late.filter(({ failure }) => failure !== undefined && failure !== "not-ready");
  return broken.length > 0 ? ended("failed", plan, broken, services) : ended("timeout", plan, late, services);
}

function optionalServices({ services }: LaunchPlan): ReadonlySet<string> {
  const edges = [...services.values()].flatMap(({ dependsOn }) => [...dependsOn]);
  const required = new Set(edges.filter(([, dependency]) => dependency.required).map(([on]) => on));
  return new Set(edges.map(([on]) => on).filter((on) => !required.has(on)));
}

/** Whether a started service had all the time that it may have. Who waits for a late one is not late. */
function isLate(plan: LaunchPlan, status: ServiceStatus, snapshot: Snapshot, rules: LaunchRules): boolean {
  if (status.ready || status.waitsFor.length > 0) return false;
  return snapshot.at >= (rules.timeout ?? deadlineOf(plan, status.service, snapshot, rules));
}

function deadlineOf(plan: LaunchPlan, service: string, snapshot: Snapshot, { watching = false }: LaunchRules): number {
  let start = Number.POSITIVE_INFINITY;
  for (const { firstRunAt = watching ? 0 : snapshot.at } of containersOf(snapshot, service)) start = Math.min(start, firstRunAt);
  return start + (plan.services.get(service)?.budget ?? 0);
}

function ended(
  verdict: "failed" | "timeout",
  plan: LaunchPlan,
  faulty: readonly ServiceStatus[],
  services: readonly ServiceStatus[],
): Verdict {
  const culprits = faulty.map(({ service, failure = "not-ready" }) => ({ service, failure }));
  const waiting = new Set(services.filter(({ waitsFor }) => waitsFor.length > 0).map(({ service }) => service));
  return { verdict, culprits, victims: victimsOf(plan, new Set(culprits.map(({ service }) => service)), waiting) };
}

function nextLook(plan: LaunchPlan, snapshot: Snapshot, rules: LaunchRules): number {
  const { at, containers } = snapshot;
  let next = at + 5;
  const lookAt = (time: number): void => {
    if (time > at) next = Math.min(next, time);
  };
  for (const container of containers) {
    const { status, health, runningSince, endedBy } = container;
    // The words of `running`: by rounding, the moment may be past and the time not over.
    const settles = status === "running" && health === undefined && runningSince !== undefined && at - runningSince < SETTLE;
    if (settles) next = Math.min(next, runningSince + SETTLE);
    if (endedBy !== undefined && mayReturn(container, at)) next = Math.min(next, Math.max(at, endedBy.at + GRACE[endedBy.who]));
  }
  if (rules.timeout !== undefined) lookAt(rules.timeout);
  else for (const name of plan.services.keys()) lookAt(deadlineOf(plan, name, snapshot, rules));
  return next;
}
