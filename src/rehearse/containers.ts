import type { LaunchPlan } from "../drive/decide/launch-plan.ts";
import type { ContainerSettings, PublishedPort } from "../drive/decide/snapshot.ts";
import { StackError } from "../errors.ts";
import { bytes } from "../model/byte-size.ts";
import type { CheckedService, CheckedStack } from "../model/checked-stack.ts";
import { composeText, isInterpolation } from "../model/interpolation.ts";
import { nearName } from "../model/near-name.ts";
import { restartPolicyOf } from "../model/restart-policy.ts";
import { expectedTiming } from "../plan/expected-health.ts";
import { behaviourOf } from "./behaviour.ts";
import { type Fault, parseFault } from "./fault.ts";
import type { ContainerPlan } from "./simulated-container.ts";

/** The faults of a rehearsal by service, as they are written. */
export type Faults = Readonly<Record<string, string>>;

/**
 * The containers that Compose would create for a launch, each with its behaviour.
 *
 * @throws {StackError} `usage` for a fault that cannot be read, of a service that is not there, or that nobody would notice.
 */
export function containerPlans(stack: CheckedStack, plan: LaunchPlan, faults: Faults = {}): readonly ContainerPlan[] {
  const parsed = parseFaults(stack, plan, faults);
  return [...plan.services.values()].flatMap(({ name, replicas }) => {
    const service = stack.services.get(name);
    if (service === undefined) return [];
    const common = {
      service: name,
      kind: service.kind,
      timing: expectedTiming(service),
      restart: restartPolicyOf(service.model),
      behaviour: behaviourOf(service.kind, parsed.get(name)),
      ports: isReachable(service, stack) ? portsOf(service) : [],
      settings: settingsOf(service),
    };
    return Array.from({ length: replicas }, (_, index) => ({ ...common, id: `${stack.name}-${name}-${index + 1}`, number: index + 1 }));
  });
}

function parseFaults(stack: CheckedStack, plan: LaunchPlan, faults: Faults): ReadonlyMap<string, Fault> {
  const parsed = new Map<string, Fault>();
  for (const [name, text] of Object.entries(faults)) {
    const service = stack.services.get(name);
    if (service === undefined || !plan.services.has(name)) throw noSuchService(name, plan);
    const fault = parseFault(text, name);
    const problem = unnoticed(service, fault);
    if (problem !== undefined) throw StackError.of("usage", `"${text}" would change nothing: ${problem}`, { path: name });
    parsed.set(name, fault);
  }
  return parsed;
}

function noSuchService(name: string, { services }: LaunchPlan): StackError {
  const near = nearName(name, services.keys());
  return StackError.of("usage", `there is no service "${name}"${near === undefined ? "" : `; did you mean "${near}"?`}`);
}

/** Why nobody would notice a fault; `undefined` where somebody does. */
function unnoticed(service: CheckedService, { kind }: Fault): string | undefined {
  const ofProbes = kind === "flap" || kind === "slow-probe" || kind === "unhealthy";
  if (service.kind === "task") return ofProbes ? "a task is not probed" : undefined;
  const needsCheck = ofProbes || kind === "ready" || kind === "never";
  return needsCheck && expectedTiming(service) === undefined ? "the service has no health check" : undefined;
}

/** How Compose would make the containers, as far as failures are explained by it. */
function settingsOf(service: CheckedService): ContainerSettings {
  const { image, command, healthcheck, memLimit, deploy } = service.model;
  const timing = expectedTiming(service);
  const test = healthcheck?.test;
  return {
    image: typeof image === "string" ? image : "",
    command: Array.isArray(command) ? command.map(composeText) : [],
    memoryLimit: bytes(deploy?.resources?.limits?.memory ?? memLimit) ?? 0,
    ...(timing === undefined ? {} : { healthcheck: { test: Array.isArray(test) ? test.map(composeText) : [], ...timing } }),
  };
}

/** The engine publishes no port of a container whose networks are all internal, or that has none. */
function isReachable({ model: { networks, networkMode } }: CheckedService, stack: CheckedStack): boolean {
  if (typeof networkMode === "string") return !/^(?:host|none|(?:service|container):.*)$/.test(networkMode);
  const names = networks === undefined || networks.size === 0 ? ["default"] : [...networks.keys()];
  return names.some((name) => stack.networks.get(name)?.internal !== true);
}

function portsOf({ model }: CheckedService): readonly PublishedPort[] {
  return (model.ports ?? []).flatMap(({ published, target, protocol }) => {
    // What a variable will say is not known.
    const [host, container] = [published, target].map((port) => (isInterpolation(port) ? Number.NaN : Number(port))) as [number, number];
    return Number.isInteger(host) && Number.isInteger(container)
      ? [{ host, container, protocol: typeof protocol === "string" ? protocol : "tcp" }]
      : [];
  });
}
