import type { CheckedService, CheckedStack } from "../../model/checked-stack.ts";
import { type Duration, seconds } from "../../model/duration.ts";
import { effectiveHealthcheck, isSwitchedOff } from "../../model/effective-healthcheck.ts";
import { healthTimingOf } from "../../model/health-timing.ts";
import { restartPolicyOf } from "../../model/restart-policy.ts";
import type { DependencyModel } from "../../model/schema/depends-on.ts";
import type { Healthcheck } from "../../model/schema/healthcheck.ts";

/** What a launch has to know of one service. */
export interface PlannedService {
  readonly name: string;
  readonly kind: "service" | "task";
  readonly replicas: number;
  readonly dependsOn: ReadonlyMap<string, DependencyModel>;
  /** Seconds after its first start by which it must be ready. */
  readonly budget: number;
  /** Whether it counts as completed where it ends with exit code 0 and its image brings no health check, though nobody calls it a task. */
  readonly mayEnd?: boolean;
  /** Whether the stack gives it a health check, whatever its image has. */
  readonly isProbed?: boolean;
  /** Whether only Compose can start it: it has hooks, or secrets and configs that Compose copies into it. */
  readonly needsCompose?: boolean;
  /** Whether commands are run in its containers at their start (`post_start`). */
  readonly hasHooks?: boolean;
}

/** The services that take part in a launch, dependencies first. */
export interface LaunchPlan {
  readonly services: ReadonlyMap<string, PlannedService>;
}

/** Seconds that a task may take, and the hooks of a service, where no timeout is given. */
const TASK_BUDGET = 600;
/** Seconds of grace beyond what Docker itself needs to call a container unhealthy. */
const GRACE = 30;

/**
 * Plans a launch: who takes part, who waits for what, and how long each may take.
 *
 * @param profiles active profiles; a service with profiles takes part only if one of its own is active.
 */
export function planLaunch(stack: CheckedStack, profiles: readonly string[] = []): LaunchPlan {
  const active = [...stack.services.values()].filter((service) => takesPart(service, profiles));
  return { services: new Map(active.map((service) => [service.name, planService(service, stack)])) };
}

/** The services that others need to be healthy. */
export function awaitedHealthy(plan: LaunchPlan): ReadonlySet<string> {
  return awaited(plan, "service_healthy");
}

/** The services that others need to be started, and no more. */
export function awaitedStarted(plan: LaunchPlan): ReadonlySet<string> {
  return awaited(plan, "service_started");
}

function awaited({ services }: LaunchPlan, condition: DependencyModel["condition"]): ReadonlySet<string> {
  const edges = [...services.values()].flatMap(({ dependsOn }) => [...dependsOn]);
  return new Set(edges.filter(([, dependency]) => dependency.condition === condition).map(([on]) => on));
}

function takesPart({ model }: CheckedService, active: readonly string[]): boolean {
  const own = model.profiles ?? [];
  return own.length === 0 || active.includes("*") || own.some((profile) => typeof profile === "string" && active.includes(profile));
}

function planService(service: CheckedService, stack: CheckedStack): PlannedService {
  const { name, kind, model } = service;
  const attributes: Readonly<Record<string, unknown>> = { ...model };
  const replicas = attributes["scale"] ?? model.deploy?.replicas;
  // A provider has no containers; Compose runs it when it creates the others.
  const isProvided = attributes["provider"] !== undefined;
  const hasHooks = attributes["postStart"] !== undefined;
  return {
    name,
    kind,
    replicas: isProvided ? 0 : typeof replicas === "number" ? replicas : 1,
    dependsOn: model.dependsOn ?? new Map(),
    budget: kind === "task" ? TASK_BUDGET : healthBudget(effectiveHealthcheck(service)) + GRACE + (hasHooks ? TASK_BUDGET : 0),
    ...(isProbed(service) ? { isProbed: true } : {}),
    ...(mayEnd(service) ? { mayEnd: true } : {}),
    ...(hasHooks || getsCopies(model, stack) ? { needsCompose: true } : {}),
    ...(hasHooks ? { hasHooks } : {}),
  };
}

// A check without a test takes that of the image, which may have none.
function isProbed(service: CheckedService): boolean {
  const check = effectiveHealthcheck(service);
  return check?.test !== undefined && !isSwitchedOff(check);
}

// A Compose file has no word for a task that nobody waits for (https://github.com/docker/compose/issues/10596). What is probed,
// publishes a port or is always restarted is meant to stay.
function mayEnd(service: CheckedService): boolean {
  const { kind, definition, model } = service;
  if (kind === "task" || definition.placeOf === undefined) return false;
  const restart = restartPolicyOf(model);
  const isKept = restart === "always" || restart === "unless-stopped";
  return !isKept && (model.ports ?? []).length === 0 && healthTimingOf(service) === undefined;
}

// A secret or config that is no file of the host is copied into the container by Compose, when it starts it.
function getsCopies({ secrets = [], configs = [] }: CheckedService["model"], stack: CheckedStack): boolean {
  const isCopied = (source: { readonly environment?: unknown; readonly content?: unknown } | undefined): boolean =>
    source?.environment !== undefined || source?.content !== undefined;
  return (
    secrets.some(({ source }) => isCopied(stack.secrets.get(String(source)))) ||
    configs.some(({ source }) => isCopied(stack.configs.get(String(source))))
  );
}

/** Seconds until Docker calls a container unhealthy that never passes a probe; Docker's own defaults where nothing is said. */
function healthBudget(check: Healthcheck | undefined): number {
  const time = (value: unknown, fallback: number): number => (typeof value === "string" ? seconds(value as Duration) : fallback);
  const retries = typeof check?.retries === "number" ? check.retries : 3;
  return time(check?.startPeriod, 0) + retries * (time(check?.interval, 30) + time(check?.timeout, 30));
}
