import { requireEngine } from "../../drive/compose/requirements.ts";
import type { LaunchPlan } from "../../drive/decide/launch-plan.ts";
import { openEngine } from "../../drive/engine/engine.ts";
import { StackError } from "../../errors.ts";
import { planWithIncluded } from "../../library/plan-with-included.ts";
import { interruption } from "../interruption.ts";
import { runLaunch } from "../launch-command.ts";
import { openStack } from "../opened-stack.ts";
import type { Console } from "../render/console.ts";
import { tellSilence } from "../render/engine-silence.ts";
import { requireServices } from "../require-services.ts";

interface WaitOptions {
  readonly cwd: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly report?: string;
  readonly timeout?: number;
  readonly failFast?: boolean;
  readonly profile?: string[];
}

/** Waits for a stack, or some of its services, that somebody started. */
export async function wait(console: Console, name: string, services: readonly string[], options: WaitOptions): Promise<number> {
  const { json = false, timeout, failFast } = options;
  const signal = interruption();
  const opened = await openStack(name, options.cwd, { profiles: options.profile }, console);
  const plan = restrict(await planWithIncluded(opened.checked, opened.layout.stackFolder, opened.project.profiles), services);
  const engine = openEngine();
  try {
    await requireEngine(engine, { onSilence: tellSilence(console) });
    if ((await engine.containersOf(opened.project.name)).length === 0) throw notUp(opened.checked.name, name);
    const { exitCode } = await runLaunch({
      console,
      engine,
      opened,
      argument: name,
      plan,
      rules: { timeout, failFast, watching: true },
      starts: false,
      json,
      quiet: options.quiet,
      junit: options.report,
      signal,
    });
    return exitCode;
  } finally {
    engine.close();
  }
}

/** An error for a stack of which nothing is there; `argument` is what it was asked for by, its name or a path. */
export function notUp(stack: string, argument: string): StackError {
  return StackError.of("usage", `${stack} has no containers`, { hint: `start it with: stackwright up ${argument}` });
}

function restrict(plan: LaunchPlan, names: readonly string[]): LaunchPlan {
  if (names.length === 0) return plan;
  requireServices(plan, names);
  return { services: new Map([...plan.services].filter(([name]) => names.includes(name))) };
}
