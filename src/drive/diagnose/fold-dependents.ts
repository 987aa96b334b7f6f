import type { LaunchPlan } from "../decide/launch-plan.ts";
import type { Cause, Culprit } from "./culprit.ts";

/** A service that is not ready because of a culprit. */
export interface Victim {
  readonly service: string;
  readonly culprit: string;
  /** How it failed itself; absent where it was never started. */
  readonly message?: string;
}

// Failures that a broken dependency brings about. Any other has its own reason, and is shown.
const CONSEQUENCES: ReadonlySet<Cause> = new Set<Cause>([
  "connection-refused",
  "crash-loop",
  "dependency-refused",
  "exited",
  "http-status",
  "name-not-found",
  "not-ready",
  "probe-timeout",
  "start-period-too-short",
  "still-starting",
  "unhealthy",
]);

/** Culprits that failed because one of their dependencies did become its victims. */
export function foldDependents(
  plan: LaunchPlan,
  culprits: readonly Culprit[],
  victims: readonly Victim[],
): { readonly culprits: readonly Culprit[]; readonly victims: readonly Victim[] } {
  const guilty = new Map(culprits.map((culprit) => [culprit.service, culprit]));
  const folded: Victim[] = [];
  for (const { service, cause, message } of culprits) {
    const root = CONSEQUENCES.has(cause) ? rootOf(plan, service, guilty) : undefined;
    if (root !== undefined) folded.push({ service, culprit: root, message });
  }
  const roots = new Map(folded.map(({ service, culprit }) => [service, culprit]));
  return {
    culprits: culprits.filter(({ service }) => !roots.has(service)),
    victims: [...folded, ...victims].map((victim) => ({ ...victim, culprit: lastRoot(roots, victim.culprit) })),
  };
}

/** A dependency that failed may have failed because of its own. */
function lastRoot(roots: ReadonlyMap<string, string>, name: string): string {
  const root = roots.get(name);
  return root === undefined ? name : lastRoot(roots, root);
}

/** The dependency furthest up that failed. */
function rootOf({ services }: LaunchPlan, name: string, guilty: ReadonlyMap<string, Culprit>): string | undefined {
  const seen = new Set<string>([name]);
  const open = [name];
  let root: string | undefined;
  for (let service = open.shift(); service !== undefined; service = open.shift()) {
    for (const [on, { required }] of services.get(service)?.dependsOn ?? []) {
      if (!required || seen.has(on)) continue;
      seen.add(on);
      open.push(on);
      if (guilty.has(on)) root = on;
    }
  }
  return root;
}
