import { checkStack } from "../check/check-stack.ts";
import { type Culprit, diagnose, guiltyContainers } from "../drive/diagnose.ts";
import type { LaunchResult } from "../drive/launch.ts";
import { planLaunch } from "../drive/launch-plan.ts";
import type { CheckedStack } from "../model/checked-stack.ts";
import { type Duration, seconds } from "../model/duration.ts";
import { isStack, type Stack } from "../model/stack.ts";
import { containerPlans } from "./containers.ts";
import type { FaultText } from "./fault.ts";
import { rehearseLaunch } from "./rehearse-launch.ts";
import type { ContainerEvent } from "./simulated-engine.ts";

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
  /** Services that were never started, because of a culprit. */
  readonly victims: LaunchResult["victims"];
  /** What happened to the containers, in order. */
  readonly timeline: readonly ContainerEvent[];
  /** When something first happened to a service, in seconds; Infinity where it never did. */
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
  const { result, events } = rehearseLaunch({ plan, containers, rules, follow: follow === undefined ? 0 : seconds(follow) });
  return {
    verdict: result.verdict,
    seconds: result.seconds,
    culprits: culpritsOf(result, faults),
    victims: result.victims,
    timeline: events,
    at: (service, event) => events.find((each) => each.service === service && each.event === event)?.at ?? Number.POSITIVE_INFINITY,
  };
}

/** The culprits of a rehearsed launch; what was rehearsed stands in for the log. */
export function culpritsOf({ snapshot, culprits }: LaunchResult, faults: Readonly<Record<string, string>> = {}): readonly Culprit[] {
  return guiltyContainers(snapshot, culprits).map((guilty) => {
    const fault = faults[guilty.service];
    return diagnose({ ...guilty, log: fault === undefined ? "" : `(rehearsed: ${fault})` });
  });
}
