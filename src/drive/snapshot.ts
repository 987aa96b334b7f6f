/** One look at a launch: what decisions are made from. Times are seconds since the launch began. */
export interface Snapshot {
  readonly at: number;
  readonly containers: readonly ContainerState[];
}

/** One result of a health check, as the engine logged it. */
export interface ProbeResult {
  /** When it began, ISO 8601. */
  readonly start: string;
  readonly seconds: number;
  readonly exitCode: number;
  readonly output: string;
}

/** A port of the host that leads to a container. */
export interface PublishedPort {
  readonly host: number;
  readonly container: number;
  readonly protocol: string;
}

/** The health check of a container as the engine runs it; times in seconds. */
export interface HealthcheckSettings {
  readonly test: readonly string[];
  readonly interval: number;
  readonly timeout: number;
  readonly startPeriod: number;
  readonly startInterval: number;
  readonly retries: number;
}

/** How a container was made, as far as failures are explained by it. */
export interface ContainerSettings {
  readonly image: string;
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** Bytes; 0 where there is no limit. */
  readonly memoryLimit: number;
  readonly healthcheck?: HealthcheckSettings;
}

/** A container as it was seen. */
export interface ContainerState {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  /** Its number among the replicas, from 1. */
  readonly number: number;
  readonly status: "created" | "running" | "paused" | "restarting" | "removing" | "exited" | "dead";
  /** Absent where the container has no health check. */
  readonly health?: "starting" | "healthy" | "unhealthy";
  readonly exitCode: number;
  readonly oomKilled: boolean;
  /** What the engine says went wrong with it; empty where nothing did. */
  readonly error: string;
  /** When its last run began, as the engine tells, ISO 8601; absent where it never ran. */
  readonly startedAt?: string;
  /** The same of the run before, where that was seen. */
  readonly startedBefore?: string;
  /** How often it was started while we looked, first start included. */
  readonly runs: number;
  /** Since when the present run is known to last; negative where it began before the launch. */
  readonly runningSince?: number;
  /** When it was first seen to run in this launch. */
  readonly firstRunAt?: number;
  /** Ports of the host that lead to it. */
  readonly ports: readonly PublishedPort[];
  /** Failed probes in a row. */
  readonly failingStreak: number;
  /** The last probes, oldest first; at most 5. */
  readonly probes: readonly ProbeResult[];
  /** How the run before the present one ended, where that was seen. */
  readonly lastExit?: { readonly exitCode: number; readonly oomKilled: boolean };
  /**
   * Who ended it, and when, where it did not end by itself: others (docker stop, kill, restart), or nobody has told yet, as
   * inspection may show an end before the event arrives that says whose doing it was.
   */
  readonly endedBy?: { readonly who: "others" | "unknown"; readonly at: number };
  /** How many of its runs others ended while we looked. Default: 0. */
  readonly stops?: number;
  /** When this was asked for: it may have changed since. Default: when the snapshot was taken. */
  readonly askedAt?: number;
  readonly settings?: ContainerSettings;
}

const SORTED = new WeakMap<readonly ContainerState[], ReadonlyMap<string, readonly ContainerState[]>>();

/** The containers of a service; sorted once for each look, so that a decision stays linear. */
export function containersOf({ containers }: Snapshot, service: string): readonly ContainerState[] {
  let sorted = SORTED.get(containers);
  if (sorted === undefined) {
    sorted = byService(containers);
    SORTED.set(containers, sorted);
  }
  return sorted.get(service) ?? [];
}

function byService(containers: readonly ContainerState[]): ReadonlyMap<string, readonly ContainerState[]> {
  const sorted = new Map<string, ContainerState[]>();
  for (const container of containers) {
    const own = sorted.get(container.service);
    if (own === undefined) sorted.set(container.service, [container]);
    else own.push(container);
  }
  return sorted;
}
