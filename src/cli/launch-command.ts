import type { LaunchRules } from "../drive/decide.ts";
import { type Culprit, diagnose, guiltyContainers } from "../drive/diagnose.ts";
import type { Engine } from "../drive/engine/engine.ts";
import { type LaunchProgress, type LaunchResult, launch } from "../drive/launch.ts";
import type { LaunchPlan } from "../drive/launch-plan.ts";
import { exitCodeOfLaunch } from "./exit-code.ts";
import type { OpenedStack } from "./opened-stack.ts";
import type { Console } from "./render/console.ts";
import { jsonView, type LaunchView, liveView, plainView } from "./render/launch-view.ts";
import { printReport, resultLine } from "./render/report.ts";

export interface LaunchCommand {
  readonly console: Console;
  readonly engine: Engine;
  readonly opened: OpenedStack;
  readonly plan: LaunchPlan;
  readonly rules: LaunchRules;
  readonly starts: boolean;
  readonly json: boolean;
  readonly signal: AbortSignal;
  readonly view: LaunchView;
}

/** The view that suits the output. */
export function viewFor(console: Console, json: boolean): LaunchView {
  if (json) return jsonView(console);
  return console.isTerminal ? liveView(console) : plainView(console);
}

/** Runs a launch (or only waits), shows it and reports its end; returns the exit code. */
export async function runLaunch({ console, engine, opened, plan, rules, starts, json, signal, view }: LaunchCommand): Promise<number> {
  const readyAt = readyTimes();
  let result: LaunchResult;
  try {
    result = await launch({
      engine,
      project: opened.project.name,
      plan,
      rules,
      starts,
      signal,
      onProgress: (progress) => {
        readyAt.see(progress);
        view.progress(progress);
      },
    });
  } finally {
    view.close();
  }
  const culprits = await findCulprits(engine, result);
  if (json) console.line(resultLine(result, culprits, readyAt.times));
  else printReport(console, opened.checked.name, result, culprits, readyAt.times);
  return exitCodeOfLaunch(result);
}

/** Remembers since when each service is ready. */
export function readyTimes(): { readonly times: ReadonlyMap<string, number>; see(progress: LaunchProgress): void } {
  const times = new Map<string, number>();
  return {
    times,
    see: ({ services, at }) => {
      for (const { service, ready } of services) {
        if (!ready) times.delete(service);
        else if (!times.has(service)) times.set(service, at);
      }
    },
  };
}

const LOG_LINES = 50;

async function findCulprits(engine: Engine, { snapshot, culprits }: LaunchResult): Promise<readonly Culprit[]> {
  return Promise.all(
    guiltyContainers(snapshot, culprits).map(async (guilty) => {
      // A log that can't be read (a container that is gone, a driver without reading) is no reason to fail.
      const log = guilty.container === undefined ? "" : await engine.logs(guilty.container.id, LOG_LINES).catch(() => "");
      return diagnose({ ...guilty, log });
    }),
  );
}

/** A signal that Ctrl-C gives once; the second time the process ends at once. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return controller.signal;
}
