import { createContainers } from "../../drive/create.ts";
import { deliverFiles } from "../../drive/deliver-files.ts";
import { openEngine } from "../../drive/engine/engine.ts";
import { inlineFilesOf } from "../../drive/inline-files.ts";
import { planLaunch } from "../../drive/launch-plan.ts";
import { requireEngine } from "../../drive/requirements.ts";
import { requireFreePorts } from "../../drive/taken-ports.ts";
import { writeFiles } from "../../drive/write-files.ts";
import { EXIT } from "../exit-code.ts";
import { interruption, runLaunch, viewFor } from "../launch-command.ts";
import { openStack, requireVariables, variablesOf } from "../opened-stack.ts";
import type { Console } from "../render/console.ts";

interface UpOptions {
  readonly cwd: string;
  readonly json?: boolean;
  readonly timeout?: number;
  readonly failFast?: boolean;
  readonly wait: boolean;
  readonly build?: boolean;
  readonly pull?: "always" | "missing" | "never";
  readonly force?: boolean;
  readonly profile?: string[];
}

/** Generates, builds, creates, starts in order and waits. */
export async function up(console: Console, name: string, options: UpOptions): Promise<number> {
  const { json = false, timeout, failFast, force = false } = options;
  const signal = interruption();
  const opened = await openStack(name, options.cwd, { profiles: options.profile });
  requireVariables(opened);
  const variables = variablesOf(opened);
  const plan = planLaunch(opened.checked, opened.project.profiles);
  const engine = openEngine();
  try {
    await requireEngine(engine);
    await requireFreePorts(engine, opened.checked, plan, variables);
    await writeFiles(opened.layout.outputFolder, opened.files, { force });
    const view = viewFor(console, json);
    try {
      await createContainers(opened.project, { build: options.build, pull: options.pull, signal, onLine: view.compose });
      if (!signal.aborted)
        await deliverFiles(engine, opened.project, inlineFilesOf(opened.checked, variables), { signal, onLine: view.compose });
    } catch (error) {
      view.close();
      throw error;
    }
    if (signal.aborted) {
      view.close();
      console.error("interrupted while the containers were created; none of them was started by this launch");
      return EXIT.interrupted;
    }
    const rules = { timeout, failFast, until: options.wait ? "ready" : "started" } as const;
    return await runLaunch({ console, engine, opened, plan, rules, starts: true, json, signal, view });
  } finally {
    engine.close();
  }
}
