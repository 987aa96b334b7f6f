import { resolve } from "node:path";
import { checkStack } from "../check/check-stack.ts";
import { type LaunchPlan, planLaunch } from "../drive/launch-plan.ts";
import type { CheckedStack } from "../model/checked-stack.ts";

/**
 * Plans the launch of a stack with the services of the Compose files that it includes: Compose creates them too, and what
 * nobody starts never becomes ready.
 *
 * @throws {StackError} for an included file that is not there or not sound.
 */
export async function planWithIncluded(stack: CheckedStack, stackFolder: string, profiles: readonly string[] = []): Promise<LaunchPlan> {
  const own = planLaunch(stack, profiles);
  if (stack.include.length === 0) return own;
  // Parsing YAML is needed for nothing else.
  const { readCompose } = await import("../load/compose/read-compose.ts");
  const included = stack.include.map(({ path, envFile, projectDirectory }) => {
    const files = path.map((each) => resolve(stackFolder, String(each.path)));
    const envFiles = envFile?.map((each) => resolve(stackFolder, String(each.path)));
    const folder = projectDirectory === undefined ? undefined : resolve(stackFolder, String(projectDirectory.path));
    return planLaunch(checkStack(readCompose(files, { name: stack.name, envFiles, projectDirectory: folder })), profiles);
  });
  return { services: new Map([...included.flatMap(({ services }) => [...services]), ...own.services]) };
}
