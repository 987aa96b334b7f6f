import { type LoadedStack, loadModule } from "../../load/load-stack.ts";
import { findStackModules } from "../../load/project.ts";
import { membersOf } from "../../model/stack.ts";
import { EXIT } from "../exit-code.ts";
import { type Console, shown } from "../render/console.ts";
import { table } from "../render/table.ts";

/** Lists the stacks of a project. */
export async function list(console: Console, { cwd, json }: { cwd: string; json?: boolean }): Promise<number> {
  const stacks = await Promise.all(findStackModules(cwd).map((each) => loadModule(each)));
  if (json === true) console.line(JSON.stringify(stacks.map(entryOf)));
  else if (stacks.length === 0) console.line(`no stacks in ${cwd} (write one in stacks/NAME/stack.ts)`);
  else for (const line of table([["STACK", "MODULE", "SERVICES"], ...stacks.map(rowOf)])) console.line(line);
  return EXIT.done;
}

function entryOf({ stack, file }: LoadedStack): object {
  return { name: stack.name, module: file, services: membersOf(stack).map(({ name }) => name) };
}

function rowOf({ stack, file }: LoadedStack): readonly string[] {
  return [
    stack.name,
    shown(file),
    membersOf(stack)
      .map(({ name }) => name)
      .join(", "),
  ];
}
