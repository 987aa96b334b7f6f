import fc from "fast-check";
import {
  type AnyService,
  type Dependency,
  type Duration,
  type FaultText,
  type RehearseOptions,
  type ServiceWithHealthcheck,
  type Stack,
  service,
  stack,
  task,
} from "../../src/index.ts";

/** A stack, and how its launch is rehearsed. */
export interface RandomLaunch {
  readonly stack: Stack;
  readonly options: RehearseOptions;
}

interface RandomMember {
  readonly kind: "task" | "checked" | "unchecked";
  readonly replicas: number;
  readonly restart: number;
  readonly timing: { interval: Duration; timeout: Duration; retries: number; startPeriod: Duration; startInterval: Duration };
  readonly dependsOn: readonly { readonly on: number; readonly condition: number; readonly required: boolean }[];
  readonly fault: number;
  readonly time: number;
}

const duration = (min: number, max: number): fc.Arbitrary<Duration> => fc.integer({ min, max }).map((ms) => `${ms}ms` as const);

const member: fc.Arbitrary<RandomMember> = fc.record({
  kind: fc.constantFrom("task" as const, "checked" as const, "checked" as const, "unchecked" as const),
  replicas: fc.constantFrom(1, 1, 1, 2, 3),
  restart: fc.nat(),
  timing: fc.record({
    interval: duration(100, 10_000),
    timeout: duration(100, 5000),
    retries: fc.integer({ min: 1, max: 4 }),
    startPeriod: duration(3000, 10_000),
    startInterval: duration(50, 3000),
  }),
  dependsOn: fc.uniqueArray(fc.record({ on: fc.nat(), condition: fc.nat(), required: fc.constantFrom(true, true, true, false) }), {
    maxLength: 3,
  }),
  fault: fc.nat(),
  time: fc.integer({ min: 100, max: 20_000 }),
});

/** Random graphs of services and tasks with random timings, restart policies, conditions, replicas and faults. */
export const randomLaunch: fc.Arbitrary<RandomLaunch> = fc
  .record({
    members: fc.array(member, { minLength: 1, maxLength: 12 }),
    timeout: fc.option(duration(500, 120_000), { nil: undefined }),
    failFast: fc.boolean(),
  })
  .map(({ members, timeout, failFast }) => {
    const services: AnyService[] = [];
    const faults: Record<string, FaultText> = {};
    for (const [index, each] of members.entries()) {
      const name = `s${index}`;
      services.push(serviceOf(name, each, services));
      const fault = faultOf(each);
      if (fault !== undefined) faults[name] = fault;
    }
    return { stack: stack("random", services), options: { faults, failFast, ...(timeout === undefined ? {} : { timeout }) } };
  });

function serviceOf(name: string, { kind, replicas, restart, timing, dependsOn }: RandomMember, before: readonly AnyService[]): AnyService {
  const dependencies = new Map<AnyService, Dependency>();
  for (const { on, condition, required } of dependsOn) {
    const target = before[on % before.length];
    if (target !== undefined) dependencies.set(target, conditionOn(target, condition, required));
  }
  const common = { image: "busybox:1.37", dependsOn: [...dependencies.values()], deploy: { replicas } };
  if (kind === "task") return task(name, { ...common, restart: (["no", "on-failure", "on-failure:2"] as const)[restart % 3] ?? "no" });
  const policy = (["no", "always", "unless-stopped", "on-failure", "on-failure:2"] as const)[restart % 5] ?? "no";
  if (kind === "unchecked") return service(name, { ...common, restart: policy });
  return service(name, { ...common, restart: policy, healthcheck: { test: "true", ...timing } });
}

function conditionOn(on: AnyService, condition: number, required: boolean): Dependency {
  const options = { required };
  if (condition % 3 === 0) return on.started(options);
  if (on.kind === "task") return on.completed(options);
  return on.spec.healthcheck === undefined ? on.started(options) : (on as ServiceWithHealthcheck).healthy(options);
}

/** A third of the services does well. */
function faultOf({ kind, fault, time }: RandomMember): FaultText | undefined {
  if (fault % 3 === 0) return undefined;
  const at = `${time}ms` as const;
  const any = [`exit:1@${at}`, `exit:0@${at}`, `exit:1@${at}*2`, "crash-loop", `oom@${at}`] as const;
  const more =
    kind === "task"
      ? ([`ready@${at}`, "never"] as const)
      : kind === "checked"
        ? ([`ready@${at}`, "never", `flap@${at}`, `slow-probe:${at}`, `unhealthy@${at}`] as const)
        : [];
  const faults = [...any, ...more];
  return faults[fault % faults.length];
}
