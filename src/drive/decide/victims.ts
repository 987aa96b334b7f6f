import type { LaunchPlan } from "./launch-plan.ts";

/** Who still waits because what it requires failed or is late: each with the culprit at the root. */
export function victimsOf(
  plan: LaunchPlan,
  culprits: ReadonlySet<string>,
  waiting: ReadonlySet<string>,
): readonly { readonly service: string; readonly culprit: string }[] {
  const rootOf = new Map<string, string>([...culprits].map((name) => [name, name]));
  const victims: { service: string; culprit: string }[] = [];
  for (const { name, dependsOn } of plan.services.values()) {
    if (culprits.has(name) || !waiting.has(name)) continue;
    const required = [...dependsOn].filter(([, dependency]) => dependency.required);
    const culprit = required.map(([on]) => rootOf.get(on)).find((root) => root !== undefined);
    if (culprit === undefined) continue;
    rootOf.set(name, culprit);
    victims.push({ service: name, culprit });
  }
  return victims;
}
