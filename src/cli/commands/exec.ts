import { passToCompose } from "../../drive/compose.ts";
import { writeFiles } from "../../drive/write-files.ts";
import { openStack } from "../opened-stack.ts";
import { requireServices } from "../require-services.ts";

interface ExecOptions {
  readonly cwd: string;
  readonly index?: string;
}

/** Runs a command in a container of a service, with the terminal of the user; its exit code is the command's. */
export async function exec(name: string, service: string, command: readonly string[], { cwd, index }: ExecOptions): Promise<number> {
  const { layout, files, project, checked } = await openStack(name, cwd, { profiles: ["*"] });
  requireServices(checked, [service]);
  await writeFiles(layout.outputFolder, files);
  const terminal = process.stdin.isTTY === true && process.stdout.isTTY === true ? [] : ["--no-TTY"];
  return passToCompose(project, ["exec", ...terminal, ...(index === undefined ? [] : ["--index", index]), service, ...command]);
}
