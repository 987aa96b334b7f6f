import { type Issue, StackError } from "../../errors.ts";
import { loadStacks } from "../../load/load-stack.ts";
import { membersOf, type Stack } from "../../model/stack.ts";
import { EXIT } from "../exit-code.ts";
import { checkWithPlaces } from "../opened-stack.ts";
import { type Console, formatError } from "../render/console.ts";

/** Checks stacks; exits 1 if anything was found. */
export async function check(console: Console, names: readonly string[], { cwd, json }: { cwd: string; json?: boolean }): Promise<number> {
  const results = (await loadStacks(names, cwd)).map(({ stack }) => ({ stack, issues: issuesOf(stack) }));
  if (json === true) console.line(JSON.stringify(results.map(({ stack, issues }) => ({ stack: stack.name, issues }))));
  else for (const { stack, issues } of results) print(console, stack, issues);
  return results.some(({ issues }) => issues.length > 0) ? EXIT.findings : EXIT.done;
}

function issuesOf(stack: Stack): readonly Issue[] {
  try {
    checkWithPlaces(stack);
    return [];
  } catch (error) {
    if (error instanceof StackError) return error.issues;
    throw error;
  }
}

function print(console: Console, stack: Stack, issues: readonly Issue[]): void {
  if (issues.length > 0) console.line(formatError(new StackError("invalid-stack", issues), console.style));
  else console.line(`${console.style.green("✓")} ${stack.name}: ${membersOf(stack).length} services, nothing found`);
}
