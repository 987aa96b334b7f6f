import { afterAll, describe, expect, it } from "vitest";
import type { LaunchRules } from "../../src/drive/decide/launch-rules.ts";
import { openEngine } from "../../src/drive/engine/engine.ts";
import {
  type AnyService,
  type FaultText,
  type Restart,
  type ServiceWithHealthcheck,
  service,
  stack,
  type Timing,
  task,
} from "../../src/index.ts";
import { behaving, checking } from "./behaving.ts";
import { bothWays } from "./both-ways.ts";
import { agreesAll, better, type Comparison, compare } from "./compare.ts";

// Every stack is launched on the real engine, one after the other, and rehearsed: what happens, in which order and when must agree.

const FAST = { interval: "1s", timeout: "2s", retries: 2, startPeriod: "5s", startInterval: "300ms" } as const;
const STRICT = { interval: "1s", timeout: "1s", retries: 2 } as const;

interface Scenario {
  readonly name: string;
  readonly services: readonly AnyService[];
  readonly rules: LaunchRules;
}

// What was given to the services of a scenario, by name.
const faultsOf = new WeakMap<AnyService, FaultText>();

interface Given {
  readonly fault?: FaultText;
  readonly restart?: Restart;
  readonly deploy?: NonNullable<Parameters<typeof service>[1]["deploy"]>;
  readonly dependsOn?: Parameters<typeof service>[1]["dependsOn"];
}

function remember<S extends AnyService>(made: S, { fault }: Given): S {
  if (fault !== undefined) faultsOf.set(made, fault);
  return made;
}

function specOf({ restart, deploy, dependsOn }: Given) {
  return {
    ...(restart === undefined ? {} : { restart }),
    ...(deploy === undefined ? {} : { deploy }),
    ...(dependsOn === undefined ? {} : { dependsOn }),
  };
}

function checkedService(name: string, timing: Timing, given: Given = {}): ServiceWithHealthcheck {
  return remember(
    service(name, { ...behaving("service", given.fault), ...specOf(given), healthcheck: checking(timing, given.fault) }),
    given,
  );
}

function plainService(name: string, given: Given = {}) {
  return remember(service(name, { ...behaving("service", given.fault), ...specOf(given) }), given);
}

function aTask(name: string, given: Given & { readonly restart?: "no" | "on-failure" | "on-failure:2" } = {}) {
  const { restart, ...rest } = specOf(given);
  return remember(
    task(name, { ...behaving("task", given.fault), ...rest, ...(given.restart === undefined ? {} : { restart: given.restart }) }),
    given,
  );
}

const scenarios: readonly Scenario[] = [
  alone("a start interval", checkedService("db", FAST)),
  alone("an interval without start period", checkedService("db", { interval: "2s" })),
  alone("a start period without start interval", checkedService("db", { interval: "2s", startPeriod: "10s" })),
  alone("slow to be ready, in the start period", checkedService("db", FAST, { fault: "ready@3s" })),
  alone("ready when failures count already", checkedService("db", { ...FAST, startPeriod: "1s", retries: 4 }, { fault: "ready@3s" })),
  alone("never ready", checkedService("db", { ...FAST, startPeriod: "2s" }, { fault: "never" })),
  alone("never ready, no start period", checkedService("db", STRICT, { fault: "never" })),
  alone("late: unhealthy first, recovers until the timeout", checkedService("db", STRICT, { fault: "ready@4s" }), { timeout: 15 }),
  alone("late, fail-fast", checkedService("db", STRICT, { fault: "ready@4s" }), { timeout: 15, failFast: true }),
  alone("out of time", checkedService("db", { ...FAST, startPeriod: "20s" }, { fault: "never" }), { timeout: 4 }),
  alone("a slow probe", checkedService("db", FAST, { fault: "slow-probe:1s" })),
  alone("a probe slower than its timeout", checkedService("db", STRICT, { fault: "slow-probe:3s" })),
  alone("an exit", plainService("web", { fault: "exit:3@800ms" })),
  alone("an exit with 0", plainService("web", { fault: "exit:0@500ms" })),
  alone("an exit before the first probe", checkedService("db", { interval: "3s" }, { fault: "exit:2@1s" })),
  alone("an exit, restarted once", checkedService("db", FAST, { fault: "exit:1@200ms*1", restart: "on-failure" }), {}),
  alone("a crash loop without health check", plainService("web", { fault: "crash-loop", restart: "always" })),
  // The fifth restart comes after some 4.9 s: the end must not be near it.
  alone("a crash loop with health check", checkedService("db", FAST, { fault: "crash-loop", restart: "always" }), { timeout: 4.4 }),
  alone("a crash loop with a limit", checkedService("db", FAST, { fault: "crash-loop", restart: "on-failure:2" })),
  alone(
    "a crash loop that ends",
    checkedService("db", { ...STRICT, interval: "500ms" }, { fault: "exit:1@300ms*3", restart: "unless-stopped" }),
  ),
  alone(
    "a restart policy of the deployment, which takes the place of restart",
    plainService("web", { fault: "exit:3@500ms", restart: "always", deploy: { restartPolicy: { condition: "none" } } }),
  ),
  alone(
    "a restart policy of the deployment with a limit, without its delay",
    checkedService("db", FAST, {
      fault: "crash-loop",
      deploy: { restartPolicy: { condition: "on-failure", delay: "5s", maxAttempts: 2, window: "10s" } },
    }),
  ),
  alone(
    "a restart policy of the deployment that restarts after success",
    checkedService("db", FAST, { fault: "exit:0@200ms*2", deploy: { restartPolicy: { condition: "any", delay: "5s" } } }),
  ),
  alone("out of memory", plainService("web", { fault: "oom@800ms" })),
  alone("out of memory again and again", checkedService("db", FAST, { fault: "oom@200ms", restart: "on-failure:2" })),
  alone("a task out of memory", aTask("job", { fault: "oom@1s" })),
  alone("a task", aTask("job", { fault: "ready@1s" })),
  alone("a task that fails", aTask("job", { fault: "exit:4@1s" })),
  alone("a task that succeeds in its third run", aTask("job", { fault: "exit:1@500ms*2", restart: "on-failure" })),
  alone("a task that uses up its restarts", aTask("job", { fault: "exit:1@200ms", restart: "on-failure:2" })),
  alone("three replicas", checkedService("db", FAST, { deploy: { replicas: 3 }, fault: "ready@1s" })),
  alone("a service without health check", plainService("web")),
  chain(
    "service_healthy",
    (() => {
      const db = checkedService("db", FAST, { fault: "ready@1500ms" });
      return plainService("web", { dependsOn: [db.healthy()] });
    })(),
  ),
  chain(
    "all three conditions",
    (() => {
      const db = checkedService("db", FAST);
      const migrate = aTask("migrate", { fault: "ready@1s", dependsOn: [db.healthy()] });
      return plainService("api", { dependsOn: [migrate.completed(), plainService("cache").started()] });
    })(),
  ),
  chain(
    "a task that fails keeps what needs it from starting",
    (() => {
      const migrate = aTask("migrate", { fault: "exit:1@1s" });
      return checkedService("api", FAST, { dependsOn: [migrate.completed()] });
    })(),
  ),
  chain(
    "an unhealthy dependency keeps what needs it from starting",
    (() => {
      const db = checkedService("db", STRICT, { fault: "never" });
      return plainService("api", { dependsOn: [db.healthy()] });
    })(),
  ),
  chain(
    "becomes unhealthy while another one starts",
    (() => {
      const db = checkedService("db", { ...STRICT, startPeriod: "5s", startInterval: "300ms" }, { fault: "unhealthy@2300ms" });
      return checkedService("api", { interval: "10s" }, { dependsOn: [db.healthy()] });
    })(),
  ),
  chain(
    "out of memory while another one starts",
    (() => {
      const db = checkedService("db", FAST, { fault: "oom@2500ms" });
      return checkedService("api", { interval: "10s" }, { dependsOn: [db.healthy()] });
    })(),
  ),
  chain(
    "flaps while another one starts",
    (() => {
      const db = checkedService("db", { interval: "1s", retries: 2, startPeriod: "3s", startInterval: "300ms" }, { fault: "flap@3300ms" });
      return checkedService("api", { interval: "9s" }, { dependsOn: [db.healthy()] });
    })(),
    { timeout: 20 },
  ),
];

function alone(name: string, of: AnyService, rules: LaunchRules = {}): Scenario {
  return { name, services: [of], rules };
}

function chain(name: string, last: AnyService, rules: LaunchRules = {}): Scenario {
  return { name, services: [last], rules };
}

function faultsIn(services: readonly AnyService[]): Record<string, FaultText> {
  const faults: Record<string, FaultText> = {};
  for (const each of services) {
    const fault = faultsOf.get(each);
    if (fault !== undefined) faults[each.name] = fault;
    Object.assign(faults, faultsIn((each.spec.dependsOn ?? []).flatMap((dependency) => dependency.service ?? [])));
  }
  return faults;
}

async function engineAnswers(): Promise<boolean> {
  const engine = openEngine();
  try {
    await engine.version();
    return true;
  } catch {
    return false;
  } finally {
    engine.close();
  }
}

/** A launch that something else on the machine held up is launched again; the bounds stay as they are. */
const ATTEMPTS = 3;

const answers = await engineAnswers();
const required = process.env["STACKWRIGHT_REQUIRE_ENGINE"] === "1";

if (required && !answers) {
  it("a rehearsal is what the engine does: needs a Docker Engine", () => {
    throw new Error("no Docker Engine answers, and STACKWRIGHT_REQUIRE_ENGINE=1 says that one must");
  });
}

describe.skipIf(!answers)(
  `a rehearsal is what the engine does${answers ? "" : " (no Docker Engine answers)"}`,
  { timeout: 180_000 },
  () => {
    const rows: string[] = [];

    afterAll(() => {
      process.stdout.write(`${["scenario | event | real s | rehearsed s", ...rows].join("\n")}\n`);
    });

    it.each(scenarios.map((scenario, index) => [scenario.name, scenario, index] as const))(
      "%s",
      async (name, { services, rules }, index) => {
        let comparison: Comparison | undefined;
        for (let attempt = 1; attempt <= ATTEMPTS && !agreesAll(comparison); attempt++) {
          const { real, rehearsed, plan } = await bothWays(stack(`rehearse-${process.pid}-${index}`, services), faultsIn(services), rules);
          comparison = better(comparison, compare(plan, real, rehearsed));
        }
        const { events = [], orderReal, orderRehearsed } = comparison ?? {};
        rows.push(...events.map((each) => `${name} | ${each.what} | ${each.real.toFixed(2)} | ${each.rehearsed.toFixed(2)}`));
        expect(orderReal).toEqual(orderRehearsed);
        expect(events.filter((each) => !each.agrees)).toEqual([]);
      },
    );
  },
);
