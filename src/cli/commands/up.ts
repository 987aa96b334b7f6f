import { requireEngine } from "../../drive/compose/requirements.ts";
import { type Before, isReplaced, takeBack, thereBefore } from "../../drive/compose/take-back.ts";
import type { LaunchPlan } from "../../drive/decide/launch-plan.ts";
import { type Engine, openEngine } from "../../drive/engine/engine.ts";
import type { LaunchReport } from "../../drive/launch-report.ts";
import { orphansOf } from "../../drive/orphans.ts";
import { unpublishedPorts } from "../../drive/ports/unpublished-ports.ts";
import { writeFiles } from "../../drive/write-files.ts";
import { planWithIncluded } from "../../library/plan-with-included.ts";
import { EXIT } from "../exit-code.ts";
import { interruption } from "../interruption.ts";
import { runLaunch } from "../launch-command.ts";
import { type OpenedStack, openStack, requireVariables } from "../opened-stack.ts";
import type { Console } from "../render/console.ts";
import { tellSilence } from "../render/engine-silence.ts";
import { tellRemarks } from "../tell-remarks.ts";

interface UpOptions {
  readonly cwd: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly timeout?: number;
  readonly failFast?: boolean;
  readonly wait: boolean;
  readonly build?: boolean;
  readonly pull?: "always" | "missing" | "never";
  readonly force?: boolean;
  readonly removeOrphans?: boolean;
  readonly cleanupOnFailure?: boolean;
  readonly report?: string;
  readonly profile?: string[];
}

/** Generates, builds, creates, starts in order and waits. */
export async function up(console: Console, name: string, options: UpOptions): Promise<number> {
  const { json = false, quiet, timeout, failFast, force = false, report: junit } = options;
  const signal = interruption();
  const opened = await openStack(name, options.cwd, { profiles: options.profile }, console);
  requireVariables(opened);
  const engine = openEngine();
  try {
    await requireEngine(engine, { onSilence: tellSilence(console) });
    await writeFiles(opened.layout, opened.files, { force });
    if (quiet !== true) await tellRemarks(console, opened);
    const plan = await planWithIncluded(opened.checked, opened.layout.stackFolder, opened.project.profiles);
    const rules = { timeout, failFast, until: options.wait ? "ready" : "started" } as const;
    const create = { build: options.build, pull: options.pull, removeOrphans: options.removeOrphans };
    const before = options.cleanupOnFailure === true ? await thereBefore(engine, opened.project.name) : undefined;
    const { exitCode, report } = await runLaunch({
      console,
      engine,
      opened,
      argument: name,
      plan,
      rules,
      starts: true,
      create,
      json,
      quiet,
      cleansUp: options.cleanupOnFailure,
      junit,
      signal,
    });
    tellUnpublished(console, opened, report);
    tellKeptVolumes(console, report, name);
    if (exitCode !== EXIT.noEngine) await tellOrphans(console, engine, opened);
    if (exitCode !== EXIT.done && before !== undefined) {
      if (report.culprits.some(isReplaced)) console.error("another launch is at work on the same stack: nothing is taken down");
      else await cleanUp(console, engine, opened, plan, before);
    }
    return exitCode;
  } finally {
    engine.close();
  }
}

async function tellOrphans(console: Console, engine: Engine, { checked, layout, project }: OpenedStack): Promise<void> {
  const { services } = await planWithIncluded(checked, layout.stackFolder, ["*"]);
  // The verdict stands, though the engine may be gone by now.
  const orphans = await orphansOf(engine, project.name, new Set(services.keys())).catch(() => []);
  if (orphans.length > 0)
    console.error(
      `of no service of ${checked.name} any more, and left as they are: ${orphans.join(", ")} (remove them with --remove-orphans)`,
    );
}

function tellUnpublished(console: Console, { checked }: OpenedStack, { snapshot }: LaunchReport): void {
  for (const { service, ports } of unpublishedPorts(checked, snapshot)) {
    console.error(
      `${service}: ${ports.join(", ")} can't be reached from the host: the engine published nothing (are all of its networks internal?)`,
    );
  }
}

// Compose asks whether to make them anew, where nobody can answer.
function tellKeptVolumes(console: Console, { keptVolumes = [] }: LaunchReport, argument: string): void {
  for (const volume of keptVolumes) {
    console.error(
      `the volume ${volume} was made with other options or labels than the stack has now, and is left as it is, with its data: ` +
        `to have it made anew without them, stackwright down ${argument}, docker volume rm ${volume}, and up again`,
    );
  }
}

async function cleanUp(
  console: Console,
  engine: Engine,
  { project, checked }: OpenedStack,
  plan: LaunchPlan,
  before: Before,
): Promise<void> {
  const { taken, kept, isDone } = await takeBack(engine, project, plan, before);
  const what = kept.length === 0 ? checked.name : taken.join(", ");
  if (taken.length > 0) console.error(isDone ? `taken down: ${what}; volumes are kept` : `could not be taken down: ${what}`);
  if (kept.length > 0) console.error(`was up before this launch and is left as it is: ${kept.join(", ")}`);
}
