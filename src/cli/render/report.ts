import { criticalPath } from "../../drive/critical-path.ts";
import type { LaunchPlan } from "../../drive/decide/launch-plan.ts";
import type { Culprit } from "../../drive/diagnose/diagnose.ts";
import type { LaunchReport } from "../../drive/launch-report.ts";
import type { Redact } from "../../drive/secrets/redact.ts";
import { type Console, type Style, shown } from "./console.ts";
import { json } from "./json.ts";
import { statusTable } from "./status-table.ts";

/** The end of a launch as one JSON object; see README.md. */
export function resultLine(report: LaunchReport, redact: Redact): string {
  const services = report.services.map(({ service, state, restarts, startedAt, readyAt, remark }) => ({
    service,
    state,
    restarts,
    startedAt: startedAt === undefined ? null : round(startedAt),
    readyAt: readyAt === undefined ? null : round(readyAt),
    ...(remark === undefined ? {} : { remark }),
  }));
  const { verdict, seconds, culprits, victims } = report;
  return json({ type: "result", verdict, seconds: round(seconds), services, culprits, victims }, redact);
}

/** The end of a launch for people: the table when it is ready; else the culprits, what proves it, and their victims. */
export function printReport(console: Console, name: string, plan: LaunchPlan, report: LaunchReport, quiet = false): void {
  const { style } = console;
  const { services, snapshot, culprits, victims } = report;
  if (!quiet) {
    const width = console.isTerminal ? console.columns : undefined;
    for (const line of statusTable(services, snapshot, style, width)) console.line(line);
    console.line();
  }
  for (const culprit of culprits)
    printCulprit(
      console,
      culprit,
      victims.filter((victim) => victim.culprit === culprit.service),
    );
  if (report.verdict !== "interrupted" && (!quiet || report.verdict !== "ready")) console.line(lastLine(name, report, style));
  const path = quiet || report.verdict !== "ready" ? [] : criticalPath(plan, services);
  if (path.length > 1)
    console.line(style.dim(`critical path: ${path.map(({ service, seconds }) => `${service} ${seconds.toFixed(1)}s`).join(" → ")}`));
  for (const { service, remark } of services) if (remark !== undefined) console.line(style.yellow(`${service} ${remark}`));
  for (const { service, state } of services.filter(({ ready }) => !ready && report.verdict === "ready")) {
    console.line(style.yellow(`${service} is ${state}, and nothing requires it`));
  }
}

function lastLine(name: string, { verdict, seconds }: LaunchReport, { green, red }: Style): string {
  const after = `after ${seconds.toFixed(1)} s`;
  switch (verdict) {
    case "ready":
      return green(`${name} is ready ${after}`);
    case "started":
      return `${name} was started ${after}; nobody waited until it is ready`;
    case "timeout":
      return red(`${name} is not ready ${after}: out of time`);
    default:
      return red(`${name} failed ${after}`);
  }
}

/** One culprit with what proves it, what to change and where, and whom it kept from being ready. */
export function printCulprit(
  console: Console,
  { service, cause, message, evidence, hint, source, calledAt }: Culprit,
  victims: LaunchReport["victims"],
): void {
  const { style } = console;
  console.line(`${style.red("✗")} ${style.bold(service)}: ${message} ${style.dim(`[${cause}]`)}`);
  for (const line of evidence) console.line(`    ${style.dim(line)}`);
  const place = source === undefined ? "" : `${shown(source)}  `;
  const call = calledAt === undefined ? "" : `(called at ${shown(calledAt)})  `;
  console.line(`    ${style.bold("→")} ${place}${call}${hint}`);
  const never = victims.filter(({ message: own }) => own === undefined).map((victim) => victim.service);
  if (never.length > 0) console.line(`    never started because of it: ${never.join(", ")}`);
  for (const victim of victims)
    if (victim.message !== undefined) console.line(`    failed because of it: ${victim.service}: ${victim.message}`);
  console.line();
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
