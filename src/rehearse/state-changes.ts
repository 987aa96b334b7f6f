import type { ServiceState, ServiceStatus } from "../drive/decide/service-status.ts";

/** A service that became something else, at a time in seconds since the launch began. */
export interface StateChange {
  readonly at: number;
  readonly service: string;
  readonly state: ServiceState;
}

/** A stretch of time in which a service did not change. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly state: ServiceState;
}

/** Collects the changes of state from one look to the next. */
export interface StateRecorder {
  readonly changes: readonly StateChange[];
  /** Takes in the services that may have changed. */
  see(at: number, services: readonly ServiceStatus[]): void;
}

export function stateRecorder(): StateRecorder {
  const changes: StateChange[] = [];
  const before = new Map<string, ServiceState>();
  return {
    changes,
    see: (at, services) => {
      for (const { service, state } of services) {
        if (before.get(service) === state) continue;
        before.set(service, state);
        changes.push({ at, service, state });
      }
    },
  };
}

/** What each service was, and for how long, until `end`. */
export function segmentsOf(changes: readonly StateChange[], end: number): ReadonlyMap<string, readonly Segment[]> {
  const segments = new Map<string, Segment[]>();
  for (const { service, at, state } of changes) {
    const own = segments.get(service) ?? [];
    const last = own.at(-1);
    if (last !== undefined) own[own.length - 1] = { ...last, to: at };
    own.push({ from: at, to: end, state });
    segments.set(service, own);
  }
  return segments;
}
