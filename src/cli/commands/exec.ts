import { passToCompose } from "../../drive/compose/compose.ts";
import { writeFiles } from "../../drive/write-files.ts";
import { planWithIncluded } from "../../library/plan-with-included.ts";
import { openStack, projectAsItIs } from "../opened-stack.ts";
import { requireServices } from "../require-services.ts";

interface ExecOptions {
  readonly cwd: string;
  readonly index?: string;
}

/** Runs a command in a container of a service, with the terminal of the user; its exit code is the command's. */
export async function exec(name: string, service: string, command: readonly string[], { cwd, index }: ExecOptions): Promise<number> {
  const opened = await openStack(name, cwd, { profiles: ["*"] });
  requireServices(await planWithIncluded(opened.checked, opened.layout.stackFolder, ["*"]), [service]);
  await writeFiles(opened.layout, opened.files);
  const terminal = process.stdin.isTTY === true && process.stdout.isTTY === true ? [] : ["--no-TTY"];
  const args = ["exec", ...terminal, ...(index === undefined ? [] : ["--index", index]), service, ...command];
  return passToCompose(projectAsItIs(opened), args);
}
