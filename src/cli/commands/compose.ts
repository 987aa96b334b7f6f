import { passToCompose } from "../../drive/compose.ts";
import { writeFiles } from "../../drive/write-files.ts";
import { openStack } from "../opened-stack.ts";

/** Runs any Docker Compose command on the generated file; its exit code is Compose's. */
export async function compose(name: string, args: readonly string[], { cwd }: { cwd: string }): Promise<number> {
  const { layout, files, project } = await openStack(name, cwd);
  await writeFiles(layout, files);
  return passToCompose(project, args);
}
