import type { ContainerSettings, ContainerState, ProbeResult, PublishedPort } from "../drive/snapshot.ts";
import type { HealthTiming } from "../model/health-timing.ts";
import type { Health, ProbeStep } from "../plan/health-run.ts";
import type { Behaviour } from "./behaviour.ts";
import { NO_RESTARTS, type RestartState } from "./restart-policy.ts";

/** What a container was created with. */
export interface ContainerPlan {
  readonly id: string;
  readonly service: string;
  readonly number: number;
  readonly kind: "service" | "task";
  readonly timing: HealthTiming | undefined;
  readonly restart: string;
  readonly behaviour: Behaviour;
  readonly ports: readonly PublishedPort[];
  readonly settings: ContainerSettings;
}

/** A container of the simulated engine; the engine changes it as time goes by. */
export interface SimulatedContainer {
  readonly plan: ContainerPlan;
  status: "created" | "running" | "restarting" | "exited";
  health: Health | undefined;
  probes: readonly ProbeResult[];
  runs: number;
  startedAt: number;
  firstRunAt: number | undefined;
  exitCode: number;
  oomKilled: boolean;
  restart: RestartState;
  /** The last look at it, until it changes. */
  seen: ContainerState | undefined;
}

export function createdContainer(plan: ContainerPlan): SimulatedContainer {
  return {
    plan,
    status: "created",
    health: undefined,
    probes: [],
    runs: 0,
    startedAt: 0,
    firstRunAt: undefined,
    exitCode: 0,
    oomKilled: false,
    restart: NO_RESTARTS,
    seen: undefined,
  };
}

/** A container as `observe` would see it. */
export function seenState(container: SimulatedContainer): ContainerState {
  container.seen ??= look(container);
  return container.seen;
}

function look({ plan, status, health, probes, runs, startedAt, firstRunAt, exitCode, oomKilled }: SimulatedContainer): ContainerState {
  return {
    id: plan.id,
    name: plan.id,
    service: plan.service,
    number: plan.number,
    status,
    // The engine calls a container unhealthy whose probes have stopped.
    ...(health === undefined ? {} : { health: status === "running" ? health.status : "unhealthy" }),
    exitCode,
    oomKilled,
    error: "",
    runs,
    ...(firstRunAt === undefined ? {} : { runningSince: startedAt, firstRunAt }),
    ports: status === "running" ? plan.ports : [],
    failingStreak: health?.failingStreak ?? 0,
    probes,
    settings: plan.settings,
  };
}

const PROBES_KEPT = 5;

/** Writes a probe into a container's log. */
export function logProbe(container: SimulatedContainer, { start, exitCode, output, health }: ProbeStep): void {
  const result = { start: wallClock(container.startedAt + start), seconds: health.endedAt - start, exitCode, output };
  container.probes = [...container.probes.slice(1 - PROBES_KEPT), result];
  container.health = health;
  container.seen = undefined;
}

// The virtual clock begins at midnight, so that the time of a probe reads as the time since the launch began.
function wallClock(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
