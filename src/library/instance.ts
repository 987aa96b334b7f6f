import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkStack } from "../check/check-stack.ts";
import { bringUp } from "../drive/bring-up.ts";
import type { ComposeProject } from "../drive/compose/compose.ts";
import { requireEngine } from "../drive/compose/requirements.ts";
import { type Before, isReplaced, takeBack, thereBefore } from "../drive/compose/take-back.ts";
import { openEngine } from "../drive/engine/engine.ts";
import type { LaunchReport } from "../drive/launch-report.ts";
import { type Redact, redactor } from "../drive/secrets/redact.ts";
import { requireVariables, variablesOf } from "../drive/variables.ts";
import { writeFiles } from "../drive/write-files.ts";
import { emitStack } from "../emit/emit-stack.ts";
import { StackError } from "../errors.ts";
import type { CheckedStack } from "../model/checked-stack.ts";
import { placeOf } from "../model/definition.ts";
import { seconds } from "../model/duration.ts";
import type { Stack } from "../model/stack.ts";
import { changesOf } from "./changes.ts";
import type { Launched, LaunchFailure, LaunchOptions } from "./launched.ts";
import { type Instance, operate } from "./operate.ts";
import { ownInstance } from "./own-instance.ts";
import { planWithIncluded } from "./plan-with-included.ts";
import { requireOptions } from "./require-options.ts";
import { knownSecrets, stackParts } from "./stack-parts.ts";

/** Launches an instance of a stack of its own and hands it over when it is ready. */
export async function launchInstance(stack: Stack, options: LaunchOptions): Promise<Launched> {
  requireOptions(options);
  const { signal = new AbortController().signal, profiles = [] } = options;
  signal.throwIfAborted();
  const checked = ownInstance(checkStack(stack), options);
  const stackFolder = options.folder ?? folderOf(stack);
  const dotEnv = join(stackFolder, ".env");
  const envFiles = existsSync(dotEnv) ? [dotEnv] : [];
  requireVariables(checked, variablesOf(envFiles));
  const redact = redactor(await knownSecrets(await stackParts(checked, stackFolder, envFiles)));
  const engine = openEngine();
  const folder = await mkdtemp(join(tmpdir(), "stackwright-"));
  const project: ComposeProject = { name: checked.name, file: join(folder, "compose.yaml"), envFiles, profiles };
  const instance: Instance = {
    engine,
    project,
    folder,
    redact,
    plan: await planWithIncluded(checked, stackFolder, profiles),
    ownsVolumes: options.name === undefined,
  };
  let before: Before = { containers: [], networks: [] };
  try {
    await requireEngine(engine, { onSilence: options.onEngine });
    before = await thereBefore(engine, project.name);
    const layout = { stackFolder, outputFolder: folder, root: folder, source: "launch()" };
    await writeFiles(layout, emitStack(checked, layout));
    const report = await launchWith(instance, checked, options, signal);
    signal.throwIfAborted();
    if (report.verdict !== "ready") throw notReady(checked.name, report, redact);
    return operate(instance, report);
  } catch (error) {
    await leave(instance, before, options.keepOnFailure === true || isOthers(error));
    throw error;
  }
}

async function launchWith(
  { engine, project, plan }: Instance,
  stack: CheckedStack,
  { timeout, build, pull, onEvent, onEngine }: LaunchOptions,
  signal: AbortSignal,
): Promise<LaunchReport> {
  const changes = changesOf();
  return bringUp({
    engine,
    stack,
    project,
    plan,
    rules: { timeout: timeout === undefined ? undefined : seconds(timeout) },
    starts: true,
    create: { build, pull },
    signal,
    onSilence: onEngine,
    onProgress: ({ services, at }) => {
      for (const event of changes(services, at)) onEvent?.(event);
    },
  });
}

// Another launch of the same name has put its containers there.
function isOthers(error: unknown): boolean {
  return error instanceof StackError && error.code === "not-ready" && (error.cause as LaunchFailure).culprits.some(isReplaced);
}

async function leave({ engine, project, plan, folder, ownsVolumes }: Instance, before: Before, keep: boolean): Promise<void> {
  try {
    // What failed before the file was written has left nothing.
    if (!keep && existsSync(project.file))
      await takeBack(engine, project, plan, before, ["--timeout", "2", ...(ownsVolumes ? ["--volumes"] : [])]);
  } finally {
    engine.close();
  }
  if (keep) return;
  await rm(folder, { recursive: true, force: true });
}

function notReady(name: string, report: LaunchReport, redact: Redact): StackError {
  const culprits = report.culprits.map((culprit) => ({
    ...culprit,
    message: redact(culprit.message),
    hint: redact(culprit.hint),
    evidence: culprit.evidence.map(redact),
  }));
  const victims = report.victims.map((victim) => ({
    ...victim,
    ...(victim.message === undefined ? {} : { message: redact(victim.message) }),
  }));
  const issues = culprits.map(({ service, message, hint, source, evidence }) => ({
    path: service,
    message: [`${message}`, ...evidence.map((line) => `    ${line}`)].join("\n"),
    source,
    hint,
  }));
  const cause: LaunchFailure = { verdict: report.verdict, culprits, victims };
  const fallback = [{ path: name, message: `did not become ready: ${report.verdict}` }];
  return new StackError("not-ready", issues.length === 0 ? fallback : issues, { cause });
}

function folderOf(stack: Stack): string {
  const file = placeOf(stack.definition)?.file;
  if (file === undefined) return process.cwd();
  return dirname(file.startsWith("file://") ? fileURLToPath(file) : file);
}
