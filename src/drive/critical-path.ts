import type { LaunchPlan } from "./decide/launch-plan.ts";
import type { ServiceReport } from "./launch-report.ts";

/** One stage of what the launch as a whole waited for. */
export interface Stage {
  readonly service: string;
  /** From its start until it was ready. */
  readonly seconds: number;
}

/** The chain of dependencies that decided when the launch was over: to make it faster, make these faster. */
export function criticalPath({ services }: LaunchPlan, reports: readonly ServiceReport[]): readonly Stage[] {
  const byName = new Map(reports.map((report) => [report.service, report]));
  const latest = (names: Iterable<string>): ServiceReport | undefined =>
    [...names]
      .flatMap((name) => byName.get(name) ?? [])
      .filter(({ readyAt }) => readyAt !== undefined)
      .reduce<ServiceReport | undefined>((a, b) => ((a?.readyAt ?? -1) >= (b.readyAt ?? 0) ? a : b), undefined);
  const path: Stage[] = [];
  for (let at = latest(byName.keys()); at !== undefined; at = latest(services.get(at.service)?.dependsOn.keys() ?? [])) {
    path.unshift({ service: at.service, seconds: Math.max(0, (at.readyAt ?? 0) - (at.startedAt ?? 0)) });
    byName.delete(at.service);
  }
  return path;
}
