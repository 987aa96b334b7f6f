import { awaitedHealthy, type LaunchPlan, type PlannedService } from "../drive/decide/launch-plan.ts";
import { wavesOf } from "../drive/decide/waves.ts";
import type { CheckedStack } from "../model/checked-stack.ts";
import type { Condition } from "../model/dependency.ts";
import { ENGINE_TAKES, READY_AT } from "./assumptions.ts";
import { expectedTiming } from "./expected-health.ts";
import { type Readiness, readinessOf } from "./readiness.ts";
import { warningsOf } from "./warnings.ts";

/** A time as it is expected, and at worst; seconds since the launch began. */
export interface Time {
  readonly expected: number;
  readonly worst: number;
}

/** One service of a launch to come. */
export interface ServiceForecast {
  readonly service: string;
  readonly kind: "service" | "task";
  /** From 1. */
  readonly wave: number;
  readonly dependsOn: readonly { readonly on: string; readonly condition: Condition }[];
  /** When its containers run. */
  readonly starts: Time;
  readonly ready: Time;
  /** The same seen from its start. */
  readonly afterStart: Readiness;
  readonly isCritical: boolean;
}

/** What a launch will look like, if applications take as long as assumed. */
export interface Forecast {
  /** Dependencies before their dependents. */
  readonly services: ReadonlyMap<string, ServiceForecast>;
  readonly waves: readonly (readonly string[])[];
  /** The chain of services that decides when everything is ready. */
  readonly criticalPath: readonly string[];
  /** When everything is ready. */
  readonly ready: Time;
  readonly warnings: readonly string[];
}

export interface ForecastOptions {
  /** Seconds that an application takes until it is ready, by service. Default: 0.5. */
  readonly takes?: ReadonlyMap<string, number> | undefined;
  /** Seconds after which the launch gives up. */
  readonly timeout?: number | undefined;
}

/** Works out when what starts and is ready, and what decides about it. */
export function forecast(stack: CheckedStack, plan: LaunchPlan, { takes, timeout }: ForecastOptions = {}): Forecast {
  const waves = wavesOf(plan);
  const waveOf = new Map(waves.flatMap((wave, index) => wave.map((name) => [name, index + 1])));
  const awaited = awaitedHealthy(plan);
  const services = new Map<string, ServiceForecast>();
  for (const service of plan.services.values()) {
    const checked = stack.services.get(service.name);
    const timing = checked === undefined ? undefined : expectedTiming(checked);
    const isInVain = timing === undefined && service.replicas > 0 && awaited.has(service.name);
    const afterStart = isInVain ? NEVER : readinessOf(service, timing, takes?.get(service.name) ?? READY_AT);
    const starts = startOf(service, services);
    services.set(service.name, {
      service: service.name,
      kind: service.kind,
      wave: waveOf.get(service.name) ?? 1,
      dependsOn: [...service.dependsOn].flatMap(([on, { condition }]) => (services.has(on) ? [{ on, condition }] : [])),
      starts,
      ready: { expected: starts.expected + afterStart.expected, worst: starts.worst + afterStart.worst },
      afterStart,
      isCritical: false,
    });
  }
  const criticalPath = criticalPathOf(services);
  for (const name of criticalPath) {
    const service = services.get(name);
    if (service !== undefined) services.set(name, { ...service, isCritical: true });
  }
  const ready = { expected: latest(services, "expected"), worst: latest(services, "worst") };
  const result = { services, waves, criticalPath, ready };
  return { ...result, warnings: warningsOf(result, timeout) };
}

/** Of a service that others need to be healthy, and that nobody probes: a launch fails as soon as it runs. */
const NEVER: Readiness = { expected: Number.POSITIVE_INFINITY, worst: Number.POSITIVE_INFINITY, waste: 0 };

function startOf({ dependsOn }: PlannedService, services: ReadonlyMap<string, ServiceForecast>): Time {
  const start = { expected: 0, worst: 0 };
  for (const [on, { condition, required }] of dependsOn) {
    const dependency = services.get(on);
    if (dependency === undefined) continue;
    // A launch goes on without what it does not require, as soon as that has failed.
    const isDoneWithout = !required && dependency.afterStart === NEVER;
    const held = isDoneWithout ? dependency.starts : heldAt(dependency, condition);
    start.expected = Math.max(start.expected, held.expected);
    start.worst = Math.max(start.worst, held.worst);
  }
  return { expected: start.expected + ENGINE_TAKES.start, worst: start.worst + ENGINE_TAKES.start };
}

function heldAt({ starts, ready }: ServiceForecast, condition: Condition): Time {
  return condition === "service_started" ? starts : ready;
}

function latest(services: ReadonlyMap<string, ServiceForecast>, which: keyof Time): number {
  return Math.max(0, ...[...services.values()].map(({ ready }) => ready[which]));
}

/** From the service that is ready last, back along the dependency that held last. */
function criticalPathOf(services: ReadonlyMap<string, ServiceForecast>): readonly string[] {
  let last: ServiceForecast | undefined;
  for (const service of services.values()) if (last === undefined || service.ready.expected > last.ready.expected) last = service;
  const path: string[] = [];
  while (last !== undefined) {
    path.unshift(last.service);
    last = heldLast(last, services);
  }
  return path;
}

function heldLast({ dependsOn }: ServiceForecast, services: ReadonlyMap<string, ServiceForecast>): ServiceForecast | undefined {
  let slowest: { service: ServiceForecast; at: number } | undefined;
  for (const { on, condition } of dependsOn) {
    const service = services.get(on);
    const at = service === undefined ? 0 : heldAt(service, condition).expected;
    if (service !== undefined && (slowest === undefined || at > slowest.at)) slowest = { service, at };
  }
  return slowest?.service;
}
