import { describe, expect, it } from "vitest";
import { checkStack } from "../../src/check/check-stack.ts";
import { type LaunchPlan, planLaunch } from "../../src/drive/decide/launch-plan.ts";
import { type AnyService, probe, service, stack, task } from "../../src/index.ts";
import { containerPlans } from "../../src/rehearse/containers.ts";
import { FAULT_FORMS } from "../../src/rehearse/fault.ts";
import { rehearseLaunch } from "../../src/rehearse/rehearse-launch.ts";

// A thousand services in layers; each waits for two of the layer before.
function large(): ReturnType<typeof stack> {
  const layers: AnyService[][] = [[]];
  for (let layer = 0; layer < 20; layer++) {
    const before = layers.at(-1) ?? [];
    layers.push(
      Array.from({ length: 50 }, (_, index) => {
        const name = `s${layer}-${index}`;
        const dependsOn = [before[index], before[(index + 7) % 50]].flatMap((on) => (on === undefined ? [] : [conditionOn(on)]));
        if (index % 10 === 9) return task(name, { image: "busybox:1.37", dependsOn });
        return service(name, { image: "busybox:1.37", dependsOn, restart: "always", healthcheck: probe.shell("true") });
      }),
    );
  }
  return stack("large", layers.flat());
}

function conditionOn(on: AnyService) {
  if (on.kind === "task") return on.completed();
  return "healthy" in on ? (on as ReturnType<typeof service<ReturnType<typeof probe.shell>>>).healthy() : on.started();
}

const HOUR = 3600;
const checked = checkStack(large());
const plan = planLaunch(checked);
const names = [...plan.services.keys()];

/** A plan that counts how often one of its services is judged: each time it is asked how many replicas it has. */
function counted({ services }: LaunchPlan): { readonly plan: LaunchPlan; readonly judged: () => number } {
  let judged = 0;
  const counting = [...services.values()].map((each) => ({
    ...each,
    get replicas() {
      judged++;
      return each.replicas;
    },
  }));
  return { plan: { services: new Map(counting.map((each) => [each.name, each])) }, judged: () => judged };
}

interface Work {
  /** How often a service was judged. */
  readonly judged: number;
  /** How often a probe was run. */
  readonly probes: number;
  readonly events: number;
  readonly started: number;
}

function workOf(faults: Readonly<Record<string, string>>, timing: { timeout?: number; follow?: number }): Work {
  const counting = counted(plan);
  let probes = 0;
  const containers = containerPlans(checked, plan, faults).map((each) => ({
    ...each,
    behaviour: {
      ...each.behaviour,
      probeAt: (age: number) => {
        probes++;
        return each.behaviour.probeAt(age);
      },
    },
  }));
  const { events } = rehearseLaunch({
    plan: counting.plan,
    containers,
    rules: { timeout: timing.timeout },
    follow: timing.follow,
  });
  const started = events.filter(({ event }) => event === "started").length;
  return { judged: counting.judged(), probes, events: events.length, started };
}

/** The fault on every service of which the name begins so. Tasks do well: most faults are none that a task can have. */
function faultOn(fault: string, prefix = ""): Readonly<Record<string, string>> {
  const able = names.filter((name) => checked.services.get(name)?.kind === "service" && name.startsWith(prefix));
  return Object.fromEntries(able.map((name) => [name, fault]));
}

describe("an hour of a thousand services costs what happens in it, and not what there is", () => {
  // The launch and what follows it judge each service when it is first seen, and when it is late; at first it is asked for two dependents too.
  const ONCE = 2 * 4 * 1000;
  // What happens to a service is of interest to itself, and to the four at most that wait for it.
  const EACH = 1 + 4;
  // Every 10 s, or every half second of the first 30 s; and as many again that are run ahead and never take place.
  const PROBES = 2 * 1000 * (HOUR / 10 + 60);

  it.each([...FAULT_FORMS.split(", "), "flap@1m", "flap@15s"])("with %s on every service, followed for an hour", (fault) => {
    const { judged, probes, events } = workOf(faultOn(fault), { follow: HOUR });
    expect(judged).toBeLessThanOrEqual(ONCE + EACH * events);
    expect(probes).toBeLessThanOrEqual(PROBES);
  });

  it.each([...FAULT_FORMS.split(", "), "flap@1m"])("with %s on every service of the last layer, launched for an hour", (fault) => {
    const faults = { ...faultOn(fault, "s19-"), "s19-0": "never" };
    const { judged, probes, events, started } = workOf(faults, { timeout: HOUR });
    expect(started).toBe(1000);
    expect(judged).toBeLessThanOrEqual(ONCE + EACH * events);
    expect(probes).toBeLessThanOrEqual(PROBES);
  });
});
