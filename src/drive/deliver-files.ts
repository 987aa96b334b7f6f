import { StackError } from "../errors.ts";
import { type ComposeProject, runCompose } from "./compose.ts";
import { type CreateOptions, createError } from "./create.ts";
import type { ContainerSummary, Engine } from "./engine/engine.ts";
import type { InlineFile } from "./inline-files.ts";

/**
 * Puts the files into the containers that are about to be started. One that runs with another text in them is created
 * anew first, which Compose does not do by itself.
 *
 * @throws {StackError} `create-failed`, naming the container and the file.
 */
export async function deliverFiles(
  engine: Engine,
  project: ComposeProject,
  files: ReadonlyMap<string, readonly InlineFile[]>,
  options: CreateOptions = {},
): Promise<void> {
  if (files.size === 0) return;
  let containers = await engine.containersOf(project.name);
  const outdated = await outdatedServices(engine, containers, files);
  if (outdated.size > 0) {
    const result = await runCompose(project, ["up", "--no-start", "--no-deps", "--force-recreate", ...outdated], options);
    if (options.signal?.aborted === true) return;
    if (result.exitCode !== 0) throw createError(result.stderr);
    containers = await engine.containersOf(project.name);
  }
  for (const container of containers) {
    const own = files.get(serviceOf(container));
    if (own !== undefined && !isUp(container)) await deliver(engine, container, own);
  }
}

async function outdatedServices(
  engine: Engine,
  containers: readonly ContainerSummary[],
  files: ReadonlyMap<string, readonly InlineFile[]>,
): Promise<ReadonlySet<string>> {
  const outdated = new Set<string>();
  for (const container of containers.filter(isUp)) {
    for (const { path, text } of files.get(serviceOf(container)) ?? []) {
      if ((await engine.readFile(container.Id, path)) !== text) outdated.add(serviceOf(container));
    }
  }
  return outdated;
}

async function deliver(engine: Engine, container: ContainerSummary, files: readonly InlineFile[]): Promise<void> {
  try {
    await engine.writeFiles(container.Id, files);
  } catch (cause) {
    if (cause instanceof StackError) throw cause;
    const paths = files.map(({ path }) => path).join(", ");
    throw StackError.of("create-failed", `can't be given ${paths}: ${(cause as Error).message}`, { path: serviceOf(container), cause });
  }
}

function isUp({ State }: ContainerSummary): boolean {
  return State === "running" || State === "paused" || State === "restarting";
}

function serviceOf({ Labels }: ContainerSummary): string {
  return Labels["com.docker.compose.service"] ?? "";
}
