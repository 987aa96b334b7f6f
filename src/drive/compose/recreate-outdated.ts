import { stat } from "node:fs/promises";
import type { CheckedService, CheckedStack } from "../../model/checked-stack.ts";
import type { LaunchPlan } from "../decide/launch-plan.ts";
import { type ContainerFile, type ContainerSummary, type Engine, SERVICE_LABEL } from "../engine/engine.ts";
import { type CopiedFile, copiedFiles, mountedFiles } from "../secrets/granted-files.ts";
import { variablesOf } from "../variables.ts";
import { type ComposeOptions, type ComposeProject, runCompose } from "./compose.ts";
import { createError } from "./create.ts";

/**
 * Creates the services anew that run with another secret or config than the stack gives them now. Compose compares none of them:
 * a text is copied in when a container is started, and a file of the host stays mounted as it was then where an editor puts a new
 * file in its place. What does not run gets them at its start.
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
    const own = files.get(service);
    if (own !== undefined && !outdated.has(service) && (await isOutdated(engine, container, own))) outdated.add(service);
  }
  if (outdated.size === 0) return;
  const result = await runCompose(project, ["up", "--no-start", "--no-deps", "--force-recreate", ...outdated], options);
  if (result.exitCode !== 0 && options.signal?.aborted !== true) throw createError(result.stderr, result.stdout);
}

/** The secrets and configs of a service. */
interface GrantedFiles {
  readonly copied: readonly CopiedFile[];
  readonly mounted: readonly string[];
}

function filesByService(stack: CheckedStack, project: ComposeProject, plan: LaunchPlan): ReadonlyMap<string, GrantedFiles> {
  const variables = variablesOf(project.envFiles);
  const filesOf = (service: CheckedService): GrantedFiles => ({
    copied: copiedFiles(service, stack, variables),
    mounted: mountedFiles(service, stack, variables),
  });
  const planned = [...stack.services.values()].filter(({ name }) => plan.services.has(name));
  const files = planned.map((service) => [service.name, filesOf(service)] as const);
  return new Map(files.filter(([, { copied, mounted }]) => copied.length + mounted.length > 0));
}

async function isOutdated(engine: Engine, { Id }: ContainerSummary, { copied, mounted }: GrantedFiles): Promise<boolean> {
  for (const { path, text } of copied) {
    const found = await engine.file(Id, path);
    if (found !== undefined && found.text !== text && isAsCopied(found)) return true;
  }
  return mounted.length > 0 && hasNewerFile(engine, Id, mounted);
}

// What was copied in came out of an archive, where times have whole seconds. A file that the container has written itself since
// then has a fraction, and no longer tells what was copied.
function isAsCopied({ changedAt }: ContainerFile): boolean {
  return !/\.\d*[1-9]/.test(changedAt);
}

// What was mounted can't be read any more where another file has taken its place, so that only times tell. They are those of one
// clock where the engine is on this machine; elsewhere its host has the files.
async function hasNewerFile(engine: Engine, id: string, paths: readonly string[]): Promise<boolean> {
  const inspection = await engine.inspect(id);
  if (inspection === undefined || !(await engine.isOnThisMachine())) return false;
  const sources = (inspection.Mounts ?? []).flatMap(({ Source, Destination }) =>
    Source !== undefined && paths.includes(Destination) ? [Source] : [],
  );
  const times = await Promise.all(sources.map(changeOf));
  return times.some((time) => time > Date.parse(inspection.State.StartedAt));
}

// Not the time of its content: a file that takes the place of another may have been written long before.
async function changeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).ctimeMs;
  } catch {
    return 0;
  }
}

function serviceOf({ Labels }: ContainerSummary): string {
  return Labels[SERVICE_LABEL] ?? "";
}
