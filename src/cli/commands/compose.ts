import { passToCompose } from "../../drive/compose/compose.ts";
import { writeFiles } from "../../drive/write-files.ts";
import { openStack, requireVariables } from "../opened-stack.ts";

/** Runs any Docker Compose command on the generated file; its exit code is Compose's. */
export async function compose(name: string, args: readonly string[], { cwd }: { cwd: string }): Promise<number> {
  const opened = await openStack(name, cwd);
  // Compose reads no file without them, whatever the command, and its own words name only the first.
  requireVariables(opened);
  const { layout, files, project } = opened;
  await writeFiles(layout, files);
  return passToCompose(project, args);
}
