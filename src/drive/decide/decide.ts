import { type Judgement, judgeServices } from "./judge-services.ts";
import type { LaunchPlan } from "./launch-plan.ts";
import type { LaunchRules } from "./launch-rules.ts";
import type { FailureKind, ServiceStatus } from "./service-status.ts";
import { isStarted, type Snapshot } from "./snapshot.ts";
import { victimsOf } from "./victims.ts";

/** The end of a launch. */
export interface Verdict {
  readonly verdict: "ready" | "started" | "failed" | "timeout";
  /** The services at fault, dependencies first. */
  readonly culprits: readonly { readonly service: string; readonly failure: FailureKind }[];
  /** Services that were never started, because of a culprit. */
  readonly victims: readonly { readonly service: string; readonly culprit: string }[];
}

/** What to do now. */
export interface Decision {
  readonly services: readonly ServiceStatus[];
  /** Those that were judged anew; every other is what it was in the decision before. */
  readonly changed: readonly ServiceStatus[];
  /** Ids of containers whose conditions hold. */
  readonly start: readonly string[];
  readonly verdict?: Verdict;
  /** When to look again though nothing happened; seconds since the launch began. */
  readonly lookAgainAt: number;
}

/** Decides from one look what to start, and whether the launch is over. Pure: same look, same decision. */
export function decide(plan: LaunchPlan, snapshot: Snapshot, rules: LaunchRules = {}): Decision {
  return decider(plan, rules)(snapshot);
}

/** Decides on one look of a launch after the other, as `decide` would; what did not change is not judged again. */
export function decider(plan: LaunchPlan, rules: LaunchRules = {}): (snapshot: Snapshot) => Decision {
  const judge = judgeServices(plan, rules);
  return (snapshot) => {
    const judgement = judge(snapshot);
    const { changed, start } = judgement;
    const services = judgement.services();
    const verdict = verdictOf(plan, judgement, services, snapshot, rules);
    return {
      services,
      changed,
      start,
      ...(verdict === undefined ? {} : { verdict }),
      lookAgainAt: nextLook(judgement, snapshot.at, rules),
    };
  };
}

function verdictOf(
  plan: LaunchPlan,
  judgement: Judgement,
  services: readonly ServiceStatus[],
  { containers }: Snapshot,
  { until = "ready", wasUp = false }: LaunchRules,
): Verdict | undefined {
  const { count, marked } = judgement;
  if (count.failed > 0) return wasUp ? failedWhenStarted(plan, judgement, services) : ended("failed", plan, marked("failed"), services);
  if (until === "started" && containers.every(isStarted)) return { verdict: "started", culprits: [], victims: [] };
  if (count.open === 0) return { verdict: "ready", culprits: [], victims: [] };
  if (count.late === 0) return undefined;
  const late = marked("late");
  const broken = late.filter(({ failure }) => failure !== undefined && failure !== "not-ready");
  return broken.length > 0 ? ended("failed", plan, broken, services) : ended("timeout", plan, late, services);
}

/**
 * A failure of one service in a stack that ran is no reason to leave others down that this launch has taken down: first all are
 * started that do not need it. What has had all of its time keeps others down as a failure does.
 */
function failedWhenStarted(plan: LaunchPlan, { marked }: Judgement, services: readonly ServiceStatus[]): Verdict | undefined {
  const failed = marked("failed");
  const verdicts = [failed, [...new Set([...failed, ...marked("late")])]].map((faulty) => ended("failed", plan, faulty, services));
  return verdicts.find((verdict) => !leavesWaiting(verdict, services));
}

function leavesWaiting({ victims }: Verdict, services: readonly ServiceStatus[]): boolean {
  const never = new Set(victims.map(({ service }) => service));
  return services.some(({ service, state }) => state === "waiting" && !never.has(service));
}

function ended(
  verdict: "failed" | "timeout",
  plan: LaunchPlan,
  faulty: readonly ServiceStatus[],
  services: readonly ServiceStatus[],
): Verdict {
  const culprits = faulty.map(({ service, failure = "not-ready" }) => ({ service, failure }));
  const waiting = new Set(services.filter(({ waitsFor }) => waitsFor.length > 0).map(({ service }) => service));
  return { verdict, culprits, victims: victimsOf(plan, new Set(culprits.map(({ service }) => service)), waiting) };
}

/** Seconds after which all is looked at, whatever events have told. */
export const RECONCILE_AFTER = 5;

function nextLook({ changesAt }: Judgement, at: number, { timeout = 0 }: LaunchRules): number {
  return Math.min(at + RECONCILE_AFTER, Math.max(at, changesAt), timeout > at ? timeout : Number.POSITIVE_INFINITY);
}
