import { checkStack } from "../check/check-stack.ts";
import { type LaunchPlan, planLaunch } from "../drive/decide/launch-plan.ts";
import { type Culprit, diagnose, guiltyContainers } from "../drive/diagnose/diagnose.ts";
import { foldDependents, type Victim } from "../drive/diagnose/fold-dependents.ts";
import { serviceFacts } from "../drive/diagnose/service-facts.ts";
import type { LaunchResult } from "../drive/launch.ts";
import { StackError } from "../errors.ts";
import type { CheckedStack } from "../model/checked-stack.ts";
import { type Duration, seconds } from "../model/duration.ts";
import { isStack, type Stack } from "../model/stack.ts";
import { containerPlans } from "./containers.ts";
import type { FaultText } from "./fault.ts";
import { notesOf, type RehearsalNote } from "./notes.ts";
import { rehearseLaunch } from "./rehearse-launch.ts";
import { type ContainerEvent, EVENTS } from "./simulated-engine.ts";

export interface RehearseOptions {
  /** What goes wrong, by service, e.g. `{ db: "ready@4s", api: "exit:3@2s" }`. Default: nothing. */
  readonly faults?: Readonly<Record<string, FaultText>>;
  /** The launch gives up after this time; until then what is unhealthy may recover. Default: each service's own budget. */
  readonly timeout?: Duration;
  /** With a timeout: whether unhealthy is final all the same. Default: false. */
  readonly failFast?: boolean;
  /** Active profiles. Default: none. */
  readonly profiles?: readonly string[];
  /** For how long the timeline goes on, at least, even if the launch ends earlier. Default: "0s". */
  readonly follow?: Duration;
}

/** How a launch went on the simulated engine. */
export interface Rehearsal {
  readonly verdict: LaunchResult["verdict"];
  /** Seconds from the beginning of the launch to its verdict. */
  readonly seconds: number;
  /** The services at fault, with the cause as `up` would report it. */
  readonly culprits: readonly Culprit[];
  /** Services that are not ready because of a culprit: never started, or failed along with it. */
  readonly victims: readonly Victim[];
  /** Faults that never took effect, or only after the verdict, and those that no health check noticed. */
  readonly notes: readonly RehearsalNote[];
  /** What happened to the containers, in order. */
  readonly timeline: readonly ContainerEvent[];
  /**
   * When something first happened to a service, in seconds; Infinity where it never did.
   *
   * @throws {StackError} `usage` for a service that takes no part, and an event that there is not.
   */
  at(service: string, event: ContainerEvent["event"]): number;
}

/**
 * Rehearses the launch of a stack: the decisions and the report of `up`, on a simulated engine and a virtual clock.
 * Same stack and options, same result; no Docker, and no waiting.
 *
 * @throws {StackError} `invalid-stack` for a stack that is not sound, `usage` for a fault that makes no sense.
 */
export function rehearse(stack: Stack | CheckedStack, options: RehearseOptions = {}): Rehearsal {
  const { faults, timeout, failFast, profiles, follow } = options;
  const checked = isStack(stack) ? checkStack(stack) : stack;
  const plan = planLaunch(checked, profiles);
  const containers = containerPlans(checked, plan, faults);
  const rules = { timeout: timeout === undefined ? undefined : seconds(timeout), failFast };
  const until = follow === undefined ? 0 : seconds(follow);
  const { result, events } = rehearseLaunch({ plan, containers, rules, follow: until });
  return {
    verdict: result.verdict,
    seconds: result.seconds,
    ...explained(checked, plan, result, faults),
    notes: notesOf({ containers, faults: faults ?? {}, result, events, end: Math.max(result.seconds, until) }),
    timeline: events,
    at: (service, event) => {
      requireKnown(plan, service, event);
      return events.find((each) => each.service === service && each.event === event)?.at ?? Number.POSITIVE_INFINITY;
    },
  };
}

/** Why a rehearsed launch failed, as a launch explains it; what was rehearsed stands in for the log. */
export function explained(
  stack: CheckedStack,
  plan: LaunchPlan,
  { snapshot, culprits, victims }: LaunchResult,
  faults: Readonly<Record<string, string>> = {},
): Pick<Rehearsal, "culprits" | "victims"> {
  const diagnosed = guiltyContainers(snapshot, culprits).map((guilty) => {
    const fault = Object.hasOwn(faults, guilty.service) ? faults[guilty.service] : undefined;
    const given = fault === undefined ? "" : `(rehearsed: ${fault})`;
    const log = guilty.failure === "no-healthcheck" ? "(rehearsed: its image is not known to bring a health check)" : given;
    return diagnose({ ...guilty, log, facts: serviceFacts(stack, guilty.service), at: snapshot.at });
  });
  return foldDependents(plan, diagnosed, victims);
}

// A misspelt name would make a test that can't fail.
function requireKnown({ services }: LaunchPlan, service: string, event: string): void {
  if (!services.has(service)) throw StackError.of("usage", `there is no service "${service}" in the launch`);
  if (!EVENTS.includes(event as ContainerEvent["event"])) {
    throw StackError.of("usage", `"${event}" is no event of a container`, { hint: `it is one of ${EVENTS.join(", ")}` });
  }
}
