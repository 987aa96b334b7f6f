import type { ContainerSettings, ContainerState, ProbeResult, PublishedPort } from "../drive/decide/snapshot.ts";
import type { HealthTiming } from "../model/health-timing.ts";
import type { Health } from "../plan/health-run.ts";
import type { Behaviour } from "./behaviour.ts";
import { type LoggedProbe, type Probing, probedUntil } from "./probing.ts";
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
  /** Its place among the containers of the engine. */
  readonly place: number;
  status: "created" | "running" | "restarting" | "exited";
  /** Absent without a health check, and before the first run. */
  probing: Probing | undefined;
  /** Since the last probe that changed it. */
  health: Health | undefined;
  runs: number;
  startedAt: number;
  /** When the last run ended. */
  endedAt: number;
  firstRunAt: number | undefined;
  exitCode: number;
  oomKilled: boolean;
  restart: RestartState;
}

export function createdContainer(plan: ContainerPlan, place: number): SimulatedContainer {
  return {
    plan,
    place,
    status: "created",
    probing: undefined,
    health: undefined,
    runs: 0,
    startedAt: 0,
    endedAt: 0,
    firstRunAt: undefined,
    exitCode: 0,
    oomKilled: false,
    restart: NO_RESTARTS,
  };
}

/** A container as `observe` would see it at a moment since which nothing has happened to it but probes that changed nothing. */
export function seenState(container: SimulatedContainer, now: number): ContainerState {
  return new SeenState(container, now);
}

// A class: to make an object with accessors for each of a hundred thousand events costs several times as much.
class SeenState implements ContainerState {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly number: number;
  readonly status: ContainerState["status"];
  readonly health?: NonNullable<ContainerState["health"]>;
  readonly exitCode: number;
  readonly oomKilled: boolean;
  readonly error = "";
  readonly runs: number;
  readonly runningSince?: number;
  readonly firstRunAt?: number;
  readonly ports: readonly PublishedPort[];
  readonly settings: ContainerSettings;
  readonly #probing: Probing | undefined;
  readonly #probedAt: number;

  constructor(
    { plan, status, health, probing, runs, startedAt, firstRunAt, endedAt, exitCode, oomKilled }: SimulatedContainer,
    now: number,
  ) {
    const isRunning = status === "running";
    this.id = plan.id;
    this.name = plan.id;
    this.service = plan.service;
    this.number = plan.number;
    this.status = status;
    // The engine calls a container unhealthy whose probes have stopped.
    if (health !== undefined) this.health = isRunning ? health.status : "unhealthy";
    this.exitCode = exitCode;
    this.oomKilled = oomKilled;
    this.runs = runs;
    if (firstRunAt !== undefined) {
      this.runningSince = startedAt;
      this.firstRunAt = firstRunAt;
    }
    this.ports = isRunning ? plan.ports : [];
    this.settings = plan.settings;
    this.#probing = probing;
    // No probe runs where nothing else does.
    this.#probedAt = isRunning ? now : endedAt;
  }

  // These two are asked for only where something failed.
  get failingStreak(): number {
    return this.#probing === undefined ? 0 : probedUntil(this.#probedAt, this.#probing).health.failingStreak;
  }

  get probes(): readonly ProbeResult[] {
    return this.#probing === undefined ? [] : probedUntil(this.#probedAt, this.#probing).log.map(probeResult);
  }
}

// The virtual clock begins at midnight, so that the time of a probe reads as the time since the launch began.
function probeResult({ runAt, step: { start, outcome } }: LoggedProbe): ProbeResult {
  return { ...outcome, start: new Date((runAt + start) * 1000).toISOString() };
}
