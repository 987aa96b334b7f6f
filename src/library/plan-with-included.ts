import { type LaunchPlan, planLaunch } from "../drive/decide/launch-plan.ts";
import type { CheckedStack } from "../model/checked-stack.ts";
import { stackParts } from "./stack-parts.ts";

/**
 * Plans the launch of a stack with the services of the Compose files that it includes: Compose creates them too, and what
 * nobody starts never becomes ready.
 *
 * @throws {StackError} for an included file that is not there or not sound.
 */
export async function planWithIncluded(stack: CheckedStack, stackFolder: string, profiles: readonly string[] = []): Promise<LaunchPlan> {
  const [own, ...included] = (await stackParts(stack, stackFolder)).map((part) => planLaunch(part.stack, profiles));
  return { services: new Map([...included.flatMap(({ services }) => [...services]), ...(own?.services ?? [])]) };
}
