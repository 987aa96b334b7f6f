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
  /** Whether the restart policy stands in `deploy`. */
  readonly isDeployed: boolean;
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
  isDeployed: fc.boolean(),
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

function serviceOf(name: string, member: RandomMember, before: readonly AnyService[]): AnyService {
  const { kind, replicas, restart, isDeployed, timing, dependsOn } = member;
  const dependencies = new Map<AnyService, Dependency>();
  for (const { on, condition, required } of dependsOn) {
    const target = before[on % before.length];
    if (target !== undefined) dependencies.set(target, conditionOn(target, condition, required));
  }
  const policies = kind === "task" ? TASK_POLICIES : [...TASK_POLICIES, ...ENDLESS_POLICIES];
  const policy = policies[restart % policies.length] ?? {};
  const common = {
    image: "busybox:1.37",
    dependsOn: [...dependencies.values()],
    deploy: { replicas, ...(isDeployed ? { restartPolicy: policy } : {}) },
  };
  if (kind === "task") return task(name, isDeployed ? common : { ...common, restart: plainly(policy) });
  const spec = isDeployed ? common : { ...common, restart: policy.condition === "any" ? ("always" as const) : plainly(policy) };
  return kind === "unchecked" ? service(name, spec) : service(name, { ...spec, healthcheck: { test: "true", ...timing } });
}

type Policy = { readonly condition?: "none" | "on-failure" | "any"; readonly maxAttempts?: number };

const TASK_POLICIES: readonly Policy[] = [
  {},
  { condition: "none" },
  { condition: "on-failure" },
  { condition: "on-failure", maxAttempts: 2 },
];
const ENDLESS_POLICIES: readonly Policy[] = [{ condition: "any" }, { condition: "any" }];

function plainly({ condition, maxAttempts }: Policy): "no" | "on-failure" | `on-failure:${number}` {
  if (condition !== "on-failure") return "no";
  return maxAttempts === undefined ? condition : `${condition}:${maxAttempts}`;
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
