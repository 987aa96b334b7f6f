import type { Forecast, ServiceForecast } from "../../plan/forecast.ts";
import { after, seconds } from "../../plan/warnings.ts";
import type { Console } from "./console.ts";
import { table } from "./table.ts";

export const CONDITION_WORDS = {
  service_started: "started",
  service_healthy: "healthy",
  service_completed_successfully: "completed",
} as const;

/** A launch to come as lines: the waves with their times, the critical path, what should be changed. */
export function planLines(
  name: string,
  { services, criticalPath, ready, warnings }: Forecast,
  { style }: Pick<Console, "style">,
): readonly string[] {
  const rows = [...services.values()].sort((a, b) => a.wave - b.wave).map(row);
  const [head = "", ...lines] = table([
    ["WAVE", "SERVICE", "STARTS", "FIRST LOOK", "READY", "AT WORST", "UNHEALTHY AFTER", "WAITS FOR"],
    ...rows,
  ]);
  return [
    style.dim(head),
    ...lines,
    "",
    `${style.bold("critical path")}  ${criticalPath.map((each) => pathStep(services.get(each))).join(" → ")}`,
    expectation(name, [...services.values()], ready),
    ...warnings.map((warning) => `${style.yellow("!")} ${warning}`),
  ];
}

function expectation(name: string, services: readonly ServiceForecast[], ready: Forecast["ready"]): string {
  if (!Number.isFinite(ready.expected)) return `${name} is never ready`;
  const task = services.find(({ kind }) => kind === "task");
  const ofTasks =
    task === undefined ? "" : `; a task counts with the ${seconds(task.afterStart.worst)} that it may take without a --timeout`;
  return `${name} is expected to be ready ${after(ready.expected)}, at worst ${after(ready.worst)}${ofTasks}`;
}

function row({ service, wave, starts, ready, afterStart, dependsOn, isCritical }: ServiceForecast): readonly string[] {
  const { firstLook, unhealthy } = afterStart;
  return [
    `${wave}${isCritical ? " *" : ""}`,
    service,
    seconds(starts.expected),
    firstLook === undefined ? "-" : `+${seconds(firstLook)}`,
    seconds(ready.expected),
    seconds(ready.worst),
    unhealthy === undefined ? "-" : unhealthyRange(unhealthy),
    dependsOn.map(({ on, condition }) => `${on} ${CONDITION_WORDS[condition]}`).join(", ") || "-",
  ];
}

function unhealthyRange({ earliest, latest }: { readonly earliest: number; readonly latest: number }): string {
  return seconds(earliest) === seconds(latest) ? seconds(earliest) : `${seconds(earliest)} to ${seconds(latest)}`;
}

function pathStep(service: ServiceForecast | undefined): string {
  if (service === undefined) return "";
  const { afterStart } = service;
  const waste = afterStart.waste >= 0.1 ? `, ${seconds(afterStart.waste)} of it the probe's interval` : "";
  const time = Number.isFinite(afterStart.expected) ? seconds(afterStart.expected) : "never ready";
  return `${service.service} (${time}${waste})`;
}
