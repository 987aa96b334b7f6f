import type { Forecast, ServiceForecast } from "./forecast.ts";

/** Seconds that may be wasted on a probe before it is worth a word. */
export const WASTE = 1;

/** What should be changed before a launch: time lost to probe intervals, and a timeout that cannot hold. */
export function warningsOf({ services, criticalPath, ready }: Omit<Forecast, "warnings">, timeout?: number): readonly string[] {
  const all = [...services.values()];
  const critical = all.filter(({ service }) => criticalPath.includes(service));
  return [
    ...all.filter(({ ready: { expected } }) => !Number.isFinite(expected)).flatMap(neverReady),
    ...critical.filter(({ afterStart }) => afterStart.waste >= WASTE).map(wasted),
    ...(timeout === undefined ? [] : timeoutWarnings(all, ready.worst, timeout)),
  ];
}

// Its dependents are never ready either, which need not be said.
function neverReady({ service, afterStart }: ServiceForecast): readonly string[] {
  if (Number.isFinite(afterStart.expected)) return [];
  const earliest = afterStart.unhealthy?.earliest;
  if (earliest === undefined) {
    return [
      `others wait until ${service} is healthy, and it has no health check: neither its own nor one that its image is known to bring. ` +
        "Give it one, or wait until it is started",
    ];
  }
  return [`${service} is called unhealthy ${seconds(earliest)} after its start, before it is ready: give it a longer startPeriod`];
}

function wasted({ service, afterStart: { waste, expected } }: ServiceForecast): string {
  return (
    `${service}: ${seconds(waste)} of the ${seconds(expected)} until it is ready is its probe's interval, not the application: ` +
    'look sooner with a startPeriod and a short startInterval ("500ms")'
  );
}

function timeoutWarnings(services: readonly ServiceForecast[], worst: number, timeout: number): readonly string[] {
  const given = `--timeout ${seconds(timeout)}`;
  const late = services.filter(({ ready }) => ready.expected > timeout && Number.isFinite(ready.expected));
  if (late.length > 0) {
    return late.map(({ service, ready }) => `${given} cannot hold: ${service} is expected to be ready after ${seconds(ready.expected)}`);
  }
  const undecided = services.filter(({ starts, afterStart }) => starts.expected + (afterStart.unhealthy?.latest ?? 0) > timeout);
  return [
    ...undecided.map(
      ({ service, afterStart }) =>
        `${given} may end before ${service} is called unhealthy, up to ${seconds(afterStart.unhealthy?.latest ?? 0)} after its start: ` +
        "the launch would be out of time, and not say why",
    ),
    ...(undecided.length === 0 && worst > timeout
      ? [`${given} is shorter than the worst case of the whole launch, ${seconds(worst)}`]
      : []),
  ];
}

/** When something is so: "after 0.8 s", or "never". */
export function after(value: number): string {
  return Number.isFinite(value) ? `after ${seconds(value)}` : "never";
}

/** Seconds for people: "0.8 s", "1 m 35 s". */
export function seconds(value: number): string {
  if (!Number.isFinite(value)) return "never";
  if (value < 100) return `${Number(value.toFixed(value < 10 ? 2 : 1))} s`;
  const rounded = Math.round(value);
  const rest = rounded % 60;
  return `${Math.floor(rounded / 60)} m${rest === 0 ? "" : ` ${rest} s`}`;
}
