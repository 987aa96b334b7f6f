import { setFlagsFromString } from "node:v8";
import { bringUp } from "../drive/bring-up.ts";
import type { CreateOptions } from "../drive/compose/create.ts";
import type { LaunchPlan } from "../drive/decide/launch-plan.ts";
import type { LaunchRules } from "../drive/decide/launch-rules.ts";
import type { Engine } from "../drive/engine/engine.ts";
import type { LaunchReport } from "../drive/launch-report.ts";
import { exitCodeOfLaunch } from "./exit-code.ts";
import { interruptedLaunch, STOPS_STILL } from "./interruption.ts";
import { hideSecrets, type OpenedStack } from "./opened-stack.ts";
import type { Console } from "./render/console.ts";
import { githubAnnotations, isOnGitHub } from "./render/github.ts";
import { junitReport, writeReport } from "./render/junit.ts";
import { jsonView, type LaunchView, liveView, plainView, quietView } from "./render/launch-view.ts";
import { printReport, resultLine } from "./render/report.ts";

export interface LaunchCommand {
  readonly console: Console;
  readonly engine: Engine;
  readonly opened: OpenedStack;
  /** What the stack was asked for by: its name, or a path. */
  readonly argument: string;
  readonly plan: LaunchPlan;
  readonly rules: LaunchRules;
  readonly starts: boolean;
  /** What is done first; its lines are shown as those of a creation. */
  readonly prepare?: (onLine: (line: string) => void) => Promise<void>;
  /** How containers are created first; absent: they are there. */
  readonly create?: Omit<CreateOptions, "signal" | "onLine">;
  readonly json: boolean;
  readonly quiet?: boolean | undefined;
  /** Whether what was started is taken down afterwards, so that nothing need be said of how. */
  readonly cleansUp?: boolean | undefined;
  /** A file that gets the report as JUnit XML. */
  readonly junit?: string | undefined;
  readonly signal: AbortSignal;
}

/** Runs a launch (or only waits), shows it and reports its end. */
export async function runLaunch(command: LaunchCommand): Promise<{ exitCode: number; report: LaunchReport }> {
  const { console, engine, opened, plan, rules, starts, create, junit, signal } = command;
  const view = viewFor(command);
  // It waits most of the time, which V8 takes for a good moment to tidy up its few megabytes: a tenth of a launch's processor time.
  setFlagsFromString("--no-memory-reducer");
  let report: LaunchReport;
  let stopsStill = false;
  try {
    await hideSecrets(console, engine, opened);
    await command.prepare?.(view.compose);
    stopsStill = command.prepare !== undefined && signal.aborted;
    report = await bringUp({
      engine,
      stack: opened.checked,
      project: opened.project,
      plan,
      rules,
      starts,
      signal,
      create: create === undefined ? undefined : { ...create, onLine: view.compose },
      onProgress: view.progress,
      onSilence: view.engine,
    });
    // Containers that somebody else has created meanwhile.
    if (!starts) await hideSecrets(console, engine, opened);
  } finally {
    view.close();
  }
  show(command, report);
  if (stopsStill) console.error(STOPS_STILL);
  const { unhooked = [] } = report;
  if (unhooked.length > 0) console.error(`stopped, so that the next up runs their hooks: ${unhooked.join(", ")}`);
  if (junit !== undefined) await writeReport(junit, junitReport(opened.checked.name, report, console.redact));
  return { exitCode: exitCodeOfLaunch(report), report };
}

function show({ console, opened, argument, plan, json, quiet = false, cleansUp }: LaunchCommand, report: LaunchReport): void {
  if (report.verdict === "interrupted" && report.snapshot.containers.length === 0) {
    console.error("interrupted while the containers were created; none of them was started by this launch");
    if (!json) return;
  }
  if (json) console.line(resultLine(report, console.redact));
  else printReport(console, opened.checked.name, plan, report, quiet);
  if (report.verdict === "interrupted" && !json) {
    for (const line of cleansUp === true ? ["interrupted"] : interruptedLaunch(report)) console.line(line);
    if (cleansUp !== true) console.line(`stop it with: stackwright down ${argument}`);
  }
  if (isOnGitHub()) for (const line of githubAnnotations(report, console.redact)) console.error(line);
}

function viewFor({ console, plan, json, quiet = false }: LaunchCommand): LaunchView {
  if (json) return jsonView(console);
  if (quiet) return quietView();
  return console.isTerminal ? liveView(console, plan) : plainView(console, plan);
}
