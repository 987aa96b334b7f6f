import { checkStack } from "../check/check-stack.ts";
import type { CheckedStack } from "../model/checked-stack.ts";
import { isStack, type Stack } from "../model/stack.ts";
import { expectedTiming } from "../plan/expected-health.ts";
import type { FaultText } from "./fault.ts";

/**
 * One fault after the other, for `rehearse`: every service in turn fails in each way that it can,
 * so that a test can say what holds whatever fails.
 */
export function likelyFaults(stack: Stack | CheckedStack): readonly Readonly<Record<string, FaultText>>[] {
  const { services } = isStack(stack) ? checkStack(stack) : stack;
  return [...services.values()].flatMap((service) => {
    const isProbed = service.kind === "service" && expectedTiming(service) !== undefined;
    const faults = [...ANY, ...(service.kind === "task" ? TASK : []), ...(isProbed ? PROBED : [])];
    return faults.map((fault) => ({ [service.name]: fault }));
  });
}

const ANY: readonly FaultText[] = ["exit:1@1s", "exit:1@1s*2", "crash-loop", "oom@2s"];
const TASK: readonly FaultText[] = ["ready@10s", "never"];
const PROBED: readonly FaultText[] = ["ready@10s", "never", "flap@2s", "slow-probe:2s", "unhealthy@5s"];
