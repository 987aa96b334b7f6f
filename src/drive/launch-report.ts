import type { ServiceStatus } from "./decide/service-status.ts";
import type { Snapshot } from "./decide/snapshot.ts";
import type { Creation } from "./diagnose/create-causes.ts";
import type { Culprit } from "./diagnose/diagnose.ts";
import type { Victim } from "./diagnose/fold-dependents.ts";
import type { LaunchProgress, LaunchResult } from "./launch.ts";

/** A service at the end of a launch. Times are seconds since the launch began. */
export interface ServiceReport extends ServiceStatus {
  /** When its last container was started; absent where it never was. */
  readonly startedAt?: number | undefined;
  /** Since when it is ready; absent where it is not. */
  readonly readyAt?: number | undefined;
}

/** How a launch ended, with every failure explained. */
export interface LaunchReport {
  readonly verdict: LaunchResult["verdict"];
  readonly seconds: number;
  readonly services: readonly ServiceReport[];
  readonly culprits: readonly Culprit[];
  readonly victims: readonly Victim[];
  readonly snapshot: Snapshot;
  /** What Compose printed, where it could not create the containers. */
  readonly creation?: Creation;
  /** The volumes that were kept though the stack describes them otherwise by now. Default: none. */
  readonly keptVolumes?: readonly string[];
  /** The services that were stopped because a hook of theirs failed, or had not ended: the next launch runs them. Default: none. */
  readonly unhooked?: readonly string[];
}

/** Remembers since when each service is ready, for the report. */
export function watchReadiness() {
  const readyAt = new Map<string, number>();
  let last: LaunchProgress | undefined;
  return {
    see: (progress: LaunchProgress): void => {
      last = progress;
      for (const { service, ready } of progress.changed) {
        if (!ready) readyAt.delete(service);
        else if (!readyAt.has(service)) readyAt.set(service, progress.at);
      }
    },
    last: () => last,
    report: (result: LaunchResult, { culprits, victims }: Pick<LaunchReport, "culprits" | "victims">): LaunchReport => ({
      verdict: result.verdict,
      seconds: result.seconds,
      services: result.services.map((status) => ({
        ...status,
        startedAt: startOf(status.service, result.snapshot),
        readyAt: readyAt.get(status.service),
      })),
      culprits,
      victims,
      snapshot: result.snapshot,
    }),
  };
}

function startOf(service: string, { containers }: Snapshot): number | undefined {
  const starts = containers.filter((container) => container.service === service).flatMap(({ firstRunAt }) => firstRunAt ?? []);
  return starts.length === 0 ? undefined : Math.max(0, ...starts);
}
