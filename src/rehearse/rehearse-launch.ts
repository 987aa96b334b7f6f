import { decide, type LaunchRules } from "../drive/decide.ts";
import { type LaunchProgress, type LaunchResult, STARTS_AT_ONCE } from "../drive/launch.ts";
import type { LaunchPlan } from "../drive/launch-plan.ts";
import type { ContainerPlan } from "./simulated-container.ts";
import { type ContainerEvent, simulateEngine } from "./simulated-engine.ts";
import { type StateChange, stateRecorder } from "./state-changes.ts";

export interface RehearsalOptions {
  readonly plan: LaunchPlan;
  readonly containers: readonly ContainerPlan[];
  readonly rules: LaunchRules;
  /** Seconds for which what happens is followed, even if the verdict comes earlier. Default: 0. */
  readonly follow?: number | undefined;
  /** Called after each look, until the verdict. */
  readonly onProgress?: ((progress: LaunchProgress) => void) | undefined;
}

/** How a rehearsed launch ended, and what happened, in order. */
export interface RehearsedLaunch {
  readonly result: LaunchResult;
  readonly events: readonly ContainerEvent[];
  readonly changes: readonly StateChange[];
}

/** The least that time passes between two looks, so that rounding can't hold it up. */
const TICK = 0.001;

/** The loop of `launch`, on a simulated engine: same looks, same decisions, same end. */
export function rehearseLaunch({ plan, containers, rules, follow = 0, onProgress }: RehearsalOptions): RehearsedLaunch {
  const events: ContainerEvent[] = [];
  const states = stateRecorder();
  const engine = simulateEngine(containers, STARTS_AT_ONCE, (event) => events.push(event));
  let result: LaunchResult | undefined;
  for (;;) {
    const snapshot = engine.look();
    const { services, start, verdict, lookAgainAt } = decide(plan, snapshot, rules);
    states.see(snapshot.at, services);
    if (result === undefined) {
      onProgress?.({ at: snapshot.at, services, snapshot });
      if (verdict !== undefined) result = { ...verdict, seconds: snapshot.at, services, snapshot };
    }
    if (result !== undefined && snapshot.at >= follow) return { result, events, changes: states.changes };
    // After the verdict nobody starts anything any more.
    if (result === undefined) for (const id of start) engine.start(id);
    const until = Math.max(lookAgainAt, snapshot.at + TICK);
    engine.advance(result === undefined ? until : Math.min(until, follow));
  }
}
