import { type Issue, StackError } from "../../errors.ts";
import { loadStacks } from "../../load/load-stack.ts";
import { membersOf, type Stack } from "../../model/stack.ts";
import { EXIT } from "../exit-code.ts";
import { imageIssues } from "../image-issues.ts";
import { checkWithPlaces } from "../opened-stack.ts";
import { type Console, formatError } from "../render/console.ts";

interface CheckOptions {
  readonly cwd: string;
  readonly json?: boolean;
  /** Whether local images are looked into for what the probes need. */
  readonly images?: boolean;
}

/** Checks stacks; exits 1 if anything was found. */
export async function check(console: Console, names: readonly string[], { cwd, json, images }: CheckOptions): Promise<number> {
  const results: { stack: Stack; issues: readonly Issue[] }[] = [];
  for (const { stack } of await loadStacks(names, cwd)) results.push({ stack, issues: await issuesOf(stack, images === true) });
  if (json === true) console.line(JSON.stringify(results.map(({ stack, issues }) => ({ stack: stack.name, issues }))));
  else for (const { stack, issues } of results) print(console, stack, issues);
  return results.some(({ issues }) => issues.length > 0) ? EXIT.findings : EXIT.done;
}

async function issuesOf(stack: Stack, images: boolean): Promise<readonly Issue[]> {
  try {
    const checked = checkWithPlaces(stack);
    return images ? await imageIssues(checked) : [];
  } catch (error) {
    if (error instanceof StackError && error.code === "invalid-stack") return error.issues;
    throw error;
  }
}

function print(console: Console, stack: Stack, issues: readonly Issue[]): void {
  if (issues.length > 0) console.line(formatError(new StackError("invalid-stack", issues), console.style));
  else console.line(`${console.style.green("✓")} ${stack.name}: ${membersOf(stack).length} services, nothing found`);
}
