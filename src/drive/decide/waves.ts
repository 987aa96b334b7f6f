import type { LaunchPlan } from "./launch-plan.ts";

/** The order of a start: each wave may start once the one before holds. */
export function wavesOf({ services }: LaunchPlan): readonly (readonly string[])[] {
  const depth = new Map<string, number>();
  for (const { name, dependsOn } of services.values()) {
    // Dependencies stand before their dependents, so that their depth is known.
    depth.set(name, Math.max(-1, ...[...dependsOn.keys()].map((on) => depth.get(on) ?? -1)) + 1);
  }
  const waves: string[][] = [];
  for (const [name, wave] of depth) {
    waves[wave] ??= [];
    waves[wave].push(name);
  }
  return waves;
}
