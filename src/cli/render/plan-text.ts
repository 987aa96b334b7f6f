import type { Forecast, ServiceForecast } from "../../plan/forecast.ts";
import { seconds } from "../../plan/warnings.ts";
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
    `${name} is expected to be ready after ${seconds(ready.expected)}, at worst after ${seconds(ready.worst)}`,
    ...warnings.map((warning) => `${style.yellow("!")} ${warning}`),
  ];
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
  return `${service.service} (${seconds(afterStart.expected)}${waste})`;
}
