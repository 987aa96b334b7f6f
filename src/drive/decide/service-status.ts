import type { PlannedService } from "./launch-plan.ts";
import type { LaunchRules } from "./launch-rules.ts";
import type { ContainerState } from "./snapshot.ts";

/** Seconds that a container without health check must have lasted to count as running. */
export const SETTLE = 1;

/**
 * Seconds that it must have lasted where it was started again before, and one with a health check where it was healthy before that:
 * from then on the engine, too, takes a run for a success, and no longer makes the pauses before its restarts longer.
 */
export const STEADY = 10;

/**
 * Seconds after its end for which a container may be on its way to be started again: a restart from outside stops it first, and
 * takes 0.2 s on an idle machine. The event that says whose doing it was comes within milliseconds, if at all.
 */
const GRACE: Readonly<Record<NonNullable<ContainerState["endedBy"]>["who"], number>> = { others: 1.5, unknown: 0.5 };

/** What a service is doing, as users see it; "off" is one of which no container is wanted. */
export type ServiceState =
  | "off"
  | "waiting"
  | "starting"
  | "restarting"
  | "paused"
  | "running"
  | "healthy"
  | "unhealthy"
  | "completed"
  | "failed";

/** Why a service failed. */
export type FailureKind =
  | "unhealthy"
  | "exited"
  | "crash-loop"
  | "start-failed"
  | "removed"
  | "replaced"
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
  /** What is to be known of a service that is ready. */
  readonly remark?: string;
}

/** Works out what a service is doing from what its containers do. */
export function statusOf(
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
    if (worst === undefined || isWorse(each, worst)) worst = each;
  }
  if (containers.some(({ isReplaced = false }) => isReplaced)) worst = REPLACED;
  else if (containers.length < service.replicas) worst = rules.isCreating === true ? WAITING : REMOVED;
  else if (isAwaitedHealthy && containers.some(runsUnchecked)) worst = WITHOUT_HEALTHCHECK;
  const { state, ready = false, failure, final = false, remark } = worst ?? READY_WITHOUT_CONTAINERS;
  const status = { service: service.name, state, ready, waitsFor, final, restarts };
  if (remark !== undefined) return { ...status, remark };
  return failure === undefined ? status : { ...status, failure };
}

interface ContainerStatus {
  readonly state: ServiceState;
  readonly ready?: boolean;
  readonly failure?: FailureKind;
  readonly final?: boolean;
  readonly remark?: string;
}

// A service has the state of its worst container.
const SEVERITY: readonly ServiceState[] = [
  "failed",
  "unhealthy",
  "paused",
  "restarting",
  "waiting",
  "starting",
  "running",
  "healthy",
  "completed",
];

function isWorse(one: ContainerStatus, other: ContainerStatus): boolean {
  const distance = SEVERITY.indexOf(one.state) - SEVERITY.indexOf(other.state);
  return distance < 0 || (distance === 0 && one.ready !== true && other.ready === true);
}

const REPLACED: ContainerStatus = { state: "failed", failure: "replaced", final: true };
const REMOVED: ContainerStatus = { state: "failed", failure: "removed", final: true };

// An image that was to bring a health check and brings none: it never becomes healthy.
const WITHOUT_HEALTHCHECK: ContainerStatus = { state: "failed", failure: "no-healthcheck", final: true };

function runsUnchecked({ status, health }: ContainerState): boolean {
  return status === "running" && health === undefined;
}

// Scale 0 asks for nothing, and has it.
const READY_WITHOUT_CONTAINERS: ContainerStatus = { state: "off", ready: true };

// Of what most containers are: one value for all of them.
const WAITING: ContainerStatus = { state: "waiting" };
const STARTING: ContainerStatus = { state: "starting", failure: "not-ready" };
const HEALTHY: ContainerStatus = { state: "healthy", ready: true };

// Who waits for its health need not wait longer, but whether it stays up is not known yet.
const UNSTEADY: ContainerStatus = { state: "healthy", failure: "crash-loop" };

function containerStatus(service: PlannedService, container: ContainerState, at: number, rules: LaunchRules): ContainerStatus {
  const { status, error } = container;
  if (error !== "" && (status === "created" || status === "running")) return { state: "failed", failure: "start-failed", final: true };
  switch (status) {
    case "created":
      return WAITING;
    case "removing":
      return { state: "failed", failure: "removed", final: true };
    case "exited": {
      const end = exited(service, container);
      return (service.kind === "service" || end.ready !== true) && mayReturn(container, at)
        ? { state: stateAfterEnd(service, container), failure: "exited" }
        : end;
    }
    case "dead":
      return exited(service, container);
    case "restarting":
      return restarting(service, container);
    case "paused":
      return { state: "paused", failure: "not-ready" };
    case "running": {
      // A task that runs once more has failed already, as far as anyone can say.
      if (service.kind === "task") return container.runs > 1 ? { state: "starting", failure: "exited" } : STARTING;
      const now = running(container, at, rules);
      const works = now.state === "running" || now.state === "healthy";
      return works && container.isBeingStarted === true ? STARTING : now;
    }
  }
}

// As long as nobody has told whether it is restarted, it is called what it was a moment ago: most have ended for good.
function stateAfterEnd({ kind }: PlannedService, { endedBy, health, runningSince = 0 }: ContainerState): ServiceState {
  if (endedBy?.who === "others") return "restarting";
  const hadSettled = kind === "service" && health === undefined && (endedBy?.at ?? 0) - runningSince >= SETTLE;
  return hadSettled ? "running" : "starting";
}

// What was seen before the time was over says nothing of what it was then.
function mayReturn({ endedBy, askedAt }: ContainerState, at: number): boolean {
  return endedBy !== undefined && Math.min(at, askedAt ?? at) < endedBy.at + GRACE[endedBy.who];
}

function exited({ kind, mayEnd = false }: PlannedService, { exitCode, health, endedBy }: ContainerState): ContainerStatus {
  if (kind === "task" && exitCode === 0) return { state: "completed", ready: true };
  const hasEnded = mayEnd && exitCode === 0 && health === undefined && endedBy?.who !== "others";
  return hasEnded ? ENDED : { state: "failed", failure: "exited", final: true };
}

const ENDED: ContainerStatus = {
  state: "completed",
  ready: true,
  remark: "ended with exit code 0, and counts as completed: it has no health check and publishes no port",
};

// A task may use up its restarts; a service with a health check may recover until its deadline; any other is in a crash loop.
function restarting(service: PlannedService, container: ContainerState): ContainerStatus {
  const mayRecover = service.kind === "task" || container.health !== undefined;
  return mayRecover ? { state: "restarting", failure: "exited" } : { state: "failed", failure: "crash-loop", final: true };
}

function running(container: ContainerState, at: number, { timeout, failFast = false }: LaunchRules): ContainerStatus {
  switch (container.health) {
    case "healthy":
      return at - (container.runningSince ?? at) >= settleOf(container) ? HEALTHY : UNSTEADY;
    case "unhealthy":
      return { state: "unhealthy", failure: "unhealthy", final: timeout === undefined || failFast };
    case "starting":
      return { state: "starting", failure: hasCrashed(container) ? "crash-loop" : "not-ready" };
    default: {
      if (at - (container.runningSince ?? at) >= settleOf(container)) return { state: "running", ready: true };
      return hasCrashed(container) ? { state: "failed", failure: "crash-loop", final: true } : STARTING;
    }
  }
}

/** Seconds that a run must have lasted to count. Health tells that it works, but not that it will where it was no help before. */
function settleOf(container: ContainerState): number {
  const { health, falls = 0, stops = 0 } = container;
  if (health === undefined) return hasCrashed(container) ? STEADY : SETTLE;
  return health === "healthy" && falls > stops ? STEADY : 0;
}

// Others may restart it as often as they like.
function hasCrashed({ runs, stops = 0 }: ContainerState): boolean {
  return runs - stops > 1;
}

/** When a service becomes something else though nothing happens to its containers; Infinity where it does not. */
export function changesAt(containers: readonly ContainerState[], at: number): number {
  let next = Number.POSITIVE_INFINITY;
  for (const container of containers) {
    const { status, runningSince = at, endedBy } = container;
    // The words of `running`: by rounding, the moment may be past and the time not over.
    const settles = status === "running" && at - runningSince < settleOf(container);
    if (settles) next = Math.min(next, runningSince + settleOf(container));
    if (status === "exited" && endedBy !== undefined && mayReturn(container, at)) next = Math.min(next, endedBy.at + GRACE[endedBy.who]);
  }
  return next;
}
