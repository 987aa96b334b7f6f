import type { LaunchPlan } from "./launch-plan.ts";

/** The services, and those that `depends_on: { ...: { restart: true } }` has restarted after one of them. */
export function withFollowers({ services }: LaunchPlan, restarted: readonly string[]): readonly string[] {
  const all = new Set(restarted);
  // Dependencies stand before their dependents.
  for (const { name, dependsOn } of services.values()) {
    if ([...dependsOn].some(([on, { restart }]) => restart === true && all.has(on))) all.add(name);
  }
  return [...all];
}
