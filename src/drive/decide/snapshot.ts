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
  /** The ports of the host that it asks for by number, whether it has them or not. Default: none. */
  readonly hostPorts?: readonly number[];
  readonly healthcheck?: HealthcheckSettings;
  /** Whether what it prints can be read afterwards. Default: true. */
  readonly keepsLog?: boolean;
  /** What is mounted of the host, and where. Default: nothing. */
  readonly binds?: readonly { readonly source: string; readonly target: string }[];
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
  /** What went wrong with it, as the engine, or Compose, says; empty where nothing did. */
  readonly error: string;
  /** When its last run began, as the engine tells, ISO 8601; absent where it never ran. */
  readonly startedAt?: string;
  /** The same of the run before, where that was seen. */
  readonly startedBefore?: string;
  /** Whether it never ran before the launch: its log has nothing of an earlier run. Default: that is not known. */
  readonly isNew?: boolean;
  /** How often it was started, as far as is known: while we looked and, for one that ran before, what the engine counts. */
  readonly runs: number;
  /** Since when the present run is known to last; negative where it began before the launch. */
  readonly runningSince?: number;
  /** When the first of its runs began that we looked at; negative where that was before the launch. */
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
  /** How many of its runs ended after they had been healthy, while we looked. Default: 0. */
  readonly falls?: number;
  /** When this was asked for: it may have changed since. Default: when the snapshot was taken. */
  readonly askedAt?: number;
  /** Whether somebody else has put it in the place of one of the launch, made in another way. Default: false. */
  readonly isReplaced?: boolean;
  /** Whether Compose, which starts it, has not come to the end of that: its hooks may still run. Default: false. */
  readonly isBeingStarted?: boolean;
  readonly settings?: ContainerSettings;
}

/** Whether it has been started, with all that belongs to that. */
export function isStarted({ runs, isBeingStarted = false }: ContainerState): boolean {
  return runs > 0 && !isBeingStarted;
}

/** The containers of one snapshot after the other, by service. */
export interface SortedContainers {
  /** Takes the next snapshot; the names of the services of which a container is not the same value as before. */
  next(snapshot: Snapshot): Iterable<string>;
  of(service: string): readonly ContainerState[];
}

/** Sorts containers by service: all of them once, and then what has changed. */
export function sortContainers(): SortedContainers {
  let last: readonly ContainerState[] = [];
  let sorted = new Map<string, ContainerState[]>();
  return {
    next: ({ containers }) => {
      const changed = new Set(last.slice(containers.length).map(({ service }) => service));
      let isMoved = containers.length !== last.length;
      containers.forEach((container, place) => {
        const before = last[place];
        if (before === container) return;
        changed.add(container.service);
        if (before?.service === container.service) replace(sorted.get(container.service), before, container);
        else isMoved = true;
        if (before !== undefined) changed.add(before.service);
      });
      if (isMoved) sorted = byService(containers);
      last = containers;
      return changed;
    },
    of: (service) => sorted.get(service) ?? [],
  };
}

function replace(own: ContainerState[] | undefined, before: ContainerState, now: ContainerState): void {
  own?.splice(own.indexOf(before), 1, now);
}

function byService(containers: readonly ContainerState[]): Map<string, ContainerState[]> {
  const sorted = new Map<string, ContainerState[]>();
  for (const container of containers) {
    const own = sorted.get(container.service);
    if (own === undefined) sorted.set(container.service, [container]);
    else own.push(container);
  }
  return sorted;
}
