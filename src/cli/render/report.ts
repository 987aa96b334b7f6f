import type { ServiceStatus } from "../../drive/decide.ts";
import type { Culprit } from "../../drive/diagnose.ts";
import type { LaunchResult } from "../../drive/launch.ts";
import type { Snapshot } from "../../drive/snapshot.ts";
import type { Console, Style } from "./console.ts";
import { describe, sign } from "./launch-view.ts";
import { table } from "./table.ts";

/** The end of a launch as one JSON object; see README.md. */
export function resultLine(result: LaunchResult, culprits: readonly Culprit[], readyAt: ReadonlyMap<string, number>): string {
  const services = result.services.map(({ service, state, restarts }) => ({
    service,
    state,
    restarts,
    readyAt: readyAt.get(service) ?? null,
  }));
  return JSON.stringify({
    type: "result",
    verdict: result.verdict,
    seconds: round(result.seconds),
    services,
    culprits,
    victims: result.victims,
  });
}

/** The end of a launch for people: the table when it is ready; else the culprits, what proves it, and their victims. */
export function printReport(
  console: Console,
  name: string,
  result: LaunchResult,
  culprits: readonly Culprit[],
  readyAt: ReadonlyMap<string, number>,
): void {
  const { style } = console;
  for (const line of statusTable(result.services, result.snapshot, readyAt, console)) console.line(line);
  console.line();
  for (const culprit of culprits)
    printCulprit(
      console,
      culprit,
      result.victims.filter((victim) => victim.culprit === culprit.service),
    );
  if (result.verdict === "interrupted") printInterrupted(console, name, result);
  else console.line(lastLine(name, result, style));
}

function lastLine(name: string, { verdict, seconds }: LaunchResult, { green, red }: Style): string {
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

/** The state of each service, with the ports that lead to it. */
export function statusTable(
  services: readonly ServiceStatus[],
  snapshot: Snapshot,
  readyAt: ReadonlyMap<string, number>,
  { style }: Pick<Console, "style">,
): readonly string[] {
  const rows = services.map((status) => {
    const at = readyAt.get(status.service);
    return [status.service, describe(status), at === undefined ? "-" : `${at.toFixed(1)}s`, urlsOf(status.service, snapshot).join(" ")];
  });
  const [head = "", ...lines] = table([["SERVICE", "STATE", "READY", "URL"], ...rows]);
  return [`  ${style.dim(head)}`, ...lines.map((line, index) => `${sign(services[index]?.state ?? "waiting", style)} ${line}`)];
}

function printCulprit(console: Console, { service, message, evidence, hint }: Culprit, victims: LaunchResult["victims"]): void {
  const { style } = console;
  console.line(`${style.red("✗")} ${style.bold(service)}: ${message}`);
  for (const line of evidence) console.line(`    ${style.dim(line)}`);
  console.line(`    ${hint}`);
  if (victims.length > 0) console.line(`    never started because of it: ${victims.map((victim) => victim.service).join(", ")}`);
  console.line();
}

function printInterrupted(console: Console, name: string, { services }: LaunchResult): void {
  const up = services.filter(({ state }) => state !== "waiting" && state !== "failed").map(({ service }) => service);
  console.line(`interrupted; still running: ${up.length === 0 ? "nothing" : up.join(", ")}`);
  console.line(`stop it with: stackwright down ${name}`);
}

function urlsOf(service: string, { containers }: Snapshot): readonly string[] {
  const ports = containers.filter((container) => container.service === service).flatMap((container) => container.ports);
  return ports.map(
    ({ host, container, protocol }) =>
      (protocol === "tcp" ? `http://localhost:${host}` : `${host}/${protocol}`) + (container === host ? "" : ` -> ${container}`),
  );
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
