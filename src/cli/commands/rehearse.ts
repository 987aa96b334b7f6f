import { type LaunchPlan, planLaunch } from "../../drive/decide/launch-plan.ts";
import { watchReadiness } from "../../drive/launch-report.ts";
import { StackError } from "../../errors.ts";
import { containerPlans } from "../../rehearse/containers.ts";
import { FAULT_FORMS } from "../../rehearse/fault.ts";
import { notesOf, type RehearsalNote } from "../../rehearse/notes.ts";
import { explained } from "../../rehearse/rehearse.ts";
import { rehearseLaunch } from "../../rehearse/rehearse-launch.ts";
import { segmentsOf } from "../../rehearse/state-changes.ts";
import { exitCodeOfLaunch } from "../exit-code.ts";
import { openStack } from "../opened-stack.ts";
import type { Console } from "../render/console.ts";
import { jsonView, type LaunchView, plainView } from "../render/launch-view.ts";
import { printReport, resultLine } from "../render/report.ts";
import { timelineLines } from "../render/timeline.ts";
import { timelineSvg } from "../render/timeline-svg.ts";

interface RehearseOptions {
  readonly cwd: string;
  readonly json?: boolean;
  readonly fault?: readonly string[];
  readonly format?: "text" | "svg";
  readonly timeout?: number;
  readonly failFast?: boolean;
  readonly follow?: number;
  readonly profile?: string[];
}

/** Rehearses the launch of a stack on a simulated engine; output and exit code are those of `up`. */
export async function rehearse(console: Console, name: string, options: RehearseOptions): Promise<number> {
  const { json = false, timeout, failFast, follow = 0 } = options;
  // JSON is asked for by both, as with every command.
  const format = json ? "json" : (options.format ?? "text");
  const faults = faultsOf(options.fault ?? []);
  const { checked, project } = await openStack(name, options.cwd, { profiles: options.profile });
  const plan = planLaunch(checked, project.profiles);
  const containers = containerPlans(checked, plan, faults);
  const view = format === "svg" ? undefined : viewOf(console, json, plan);
  const readiness = watchReadiness();
  const onProgress: LaunchView["progress"] = (progress) => {
    readiness.see(progress);
    view?.progress(progress);
  };
  const { result, events, changes } = rehearseLaunch({ plan, containers, rules: { timeout, failFast }, follow, onProgress });
  const report = readiness.report(result, explained(checked, plan, result, faults));
  const end = Math.max(result.seconds, follow);
  const notes = notesOf({ containers, faults, result, events, end });
  const remarks = notes.map(noteLine);
  if (notes.length > 0 && follow <= result.seconds) remarks.push("  --follow 5m goes on with the timeline after the verdict");
  const segments = segmentsOf(changes, end);
  if (format === "svg") {
    console.raw(timelineSvg(`${checked.name}, rehearsed: ${result.verdict} after ${result.seconds.toFixed(1)} s`, segments, end));
    for (const remark of remarks) console.error(remark);
  } else if (json) {
    for (const note of notes) console.line(JSON.stringify({ type: "note", ...note }));
    console.line(resultLine(report, console.redact));
  } else {
    for (const line of timelineLines(segments, end, console)) console.line(line);
    for (const remark of remarks) console.line(console.style.yellow(remark));
    console.line();
    printReport(console, `${checked.name} (rehearsed)`, plan, report);
  }
  return exitCodeOfLaunch(result);
}

function noteLine({ service, fault, message }: RehearsalNote): string {
  return `! ${service}=${fault} ${message}`;
}

function viewOf(console: Console, json: boolean, plan: LaunchPlan): LaunchView {
  return json ? jsonView(console) : plainView(console, plan);
}

function faultsOf(texts: readonly string[]): Readonly<Record<string, string>> {
  const faults = new Map<string, string>();
  for (const text of texts) {
    const [, service, fault] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (service === undefined || fault === undefined)
      throw StackError.of("usage", `"${text}" is not SERVICE=FAULT`, { hint: `a fault is one of ${FAULT_FORMS}` });
    if (faults.has(service))
      throw StackError.of("usage", `${service} is given two faults`, { hint: "a service has one fault in a rehearsal" });
    faults.set(service, fault);
  }
  return Object.fromEntries(faults);
}
