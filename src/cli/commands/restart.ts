import { type ComposeOptions, type ComposeProject, runCompose } from "../../drive/compose/compose.ts";
import { requireCompose, requireEngine } from "../../drive/compose/requirements.ts";
import { withFollowers } from "../../drive/decide/followers.ts";
import { openEngine } from "../../drive/engine/engine.ts";
import { writeFiles } from "../../drive/write-files.ts";
import { StackError } from "../../errors.ts";
import { planWithIncluded } from "../../library/plan-with-included.ts";
import { interruption } from "../interruption.ts";
import { runLaunch } from "../launch-command.ts";
import { openStack, requireVariables } from "../opened-stack.ts";
import type { Console } from "../render/console.ts";
import { tellSilence } from "../render/engine-silence.ts";
import { requireServices } from "../require-services.ts";
import { notUp } from "./wait.ts";

interface RestartOptions {
  readonly cwd: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly timeout?: number;
  readonly profile?: string[];
}

/** Stops a stack, or some of its services and what is to be restarted after them, starts it again in order, and waits until all of it is ready. */
export async function restart(console: Console, name: string, services: readonly string[], options: RestartOptions): Promise<number> {
  const { json = false, quiet, timeout } = options;
  const signal = interruption();
  const opened = await openStack(name, options.cwd, { profiles: options.profile }, console);
  requireServices(await planWithIncluded(opened.checked, opened.layout.stackFolder, ["*"]), services);
  requireVariables(opened);
  const { project, checked } = opened;
  const engine = openEngine();
  try {
    await Promise.all([requireEngine(engine, { onSilence: tellSilence(console) }), requireCompose()]);
    if ((await engine.containersOf(project.name)).length === 0) throw notUp(opened.checked.name, name);
    await writeFiles(opened.layout, opened.files);
    const plan = await planWithIncluded(checked, opened.layout.stackFolder, project.profiles);
    const rules = { timeout };
    const prepare = (onLine: (line: string) => void): Promise<void> => stop(project, withFollowers(plan, services), { onLine, signal });
    return (await runLaunch({ console, engine, opened, argument: name, plan, rules, prepare, starts: true, json, quiet, signal })).exitCode;
  } finally {
    engine.close();
  }
}

async function stop(project: ComposeProject, services: readonly string[], options: ComposeOptions): Promise<void> {
  const { exitCode, stderr } = await runCompose(project, ["stop", ...services], options);
  if (exitCode !== 0 && options.signal?.aborted !== true)
    throw StackError.of("create-failed", `Docker Compose could not stop ${project.name}: ${stderr.trim().split("\n").at(-1)}`);
}
