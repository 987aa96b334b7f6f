import type { CheckedStack } from "../model/checked-stack.ts";
import { type ComposeOptions, type ComposeProject, runCompose } from "./compose.ts";
import { type CopiedFile, copiedFiles } from "./copied-files.ts";
import { createError } from "./create.ts";
import type { ContainerFile, ContainerSummary, Engine } from "./engine/engine.ts";
import type { LaunchPlan } from "./launch-plan.ts";
import { variablesOf } from "./variables.ts";

/**
 * Creates the services anew that run with another text in a secret or config than the stack gives them now. Compose copies
 * these files in when it starts a container and does not look at them again; what does not run gets them at its start.
 *
 * @throws {StackError} `create-failed` with what Compose said.
 */
export async function recreateOutdated(
  engine: Engine,
  stack: CheckedStack,
  project: ComposeProject,
  plan: LaunchPlan,
  options: ComposeOptions = {},
): Promise<void> {
  const files = filesByService(stack, project, plan);
  if (files.size === 0) return;
  const running = (await engine.containersOf(project.name)).filter(({ State }) => State === "running" || State === "paused");
  const outdated = new Set<string>();
  for (const container of running) {
    const service = serviceOf(container);
    if (!outdated.has(service) && (await isOutdated(engine, container, files.get(service) ?? []))) outdated.add(service);
  }
  if (outdated.size === 0) return;
  const result = await runCompose(project, ["up", "--no-start", "--no-deps", "--force-recreate", ...outdated], options);
  if (result.exitCode !== 0 && options.signal?.aborted !== true) throw createError(result.stderr, result.stdout);
}

function filesByService(stack: CheckedStack, project: ComposeProject, plan: LaunchPlan): ReadonlyMap<string, readonly CopiedFile[]> {
  const variables = variablesOf(project.envFiles);
  const files = new Map<string, readonly CopiedFile[]>();
  for (const service of stack.services.values()) {
    const own = plan.services.has(service.name) ? copiedFiles(service, stack, variables) : [];
    if (own.length > 0) files.set(service.name, own);
  }
  return files;
}

async function isOutdated(engine: Engine, { Id }: ContainerSummary, files: readonly CopiedFile[]): Promise<boolean> {
  for (const { path, text } of files) {
    const found = await engine.file(Id, path);
    if (found !== undefined && found.text !== text && isAsCopied(found)) return true;
  }
  return false;
}

// What was copied in came out of an archive, where times have whole seconds. A file that the container has written itself since
// then has a fraction, and no longer tells what was copied.
function isAsCopied({ changedAt }: ContainerFile): boolean {
  return !/\.\d*[1-9]/.test(changedAt);
}

function serviceOf({ Labels }: ContainerSummary): string {
  return Labels["com.docker.compose.service"] ?? "";
}
