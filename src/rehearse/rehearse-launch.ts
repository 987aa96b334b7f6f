import { decider } from "../drive/decide/decide.ts";
import { judgeServices } from "../drive/decide/judge-services.ts";
import type { LaunchPlan } from "../drive/decide/launch-plan.ts";
import type { LaunchRules } from "../drive/decide/launch-rules.ts";
import type { LaunchProgress, LaunchResult } from "../drive/launch.ts";
import { STARTS_AT_ONCE } from "../drive/starter.ts";
import type { ContainerPlan } from "./simulated-container.ts";
import { type ContainerEvent, type SimulatedEngine, simulateEngine } from "./simulated-engine.ts";
import { type StateChange, type StateRecorder, stateRecorder } from "./state-changes.ts";

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
  const decide = decider(plan, rules);
  for (;;) {
    const snapshot = engine.look();
    const { services, changed, start, verdict, lookAgainAt } = decide(snapshot);
    states.see(snapshot.at, changed);
    onProgress?.({ at: snapshot.at, services, changed, snapshot });
    if (verdict !== undefined) {
      const result = { ...verdict, seconds: snapshot.at, services, snapshot: engine.inspect() };
      followOn(engine, judgeServices(plan, rules), follow, states);
      return { result, events, changes: states.changes };
    }
    for (const id of start) engine.start(id);
    engine.advance(Math.max(lookAgainAt, snapshot.at + TICK));
  }
}

/** Watches what becomes of the services after the verdict: nobody starts anything any more. */
function followOn(engine: SimulatedEngine, judge: ReturnType<typeof judgeServices>, follow: number, states: StateRecorder): void {
  for (;;) {
    const snapshot = engine.look();
    const { changed, changesAt } = judge(snapshot);
    states.see(snapshot.at, changed);
    if (snapshot.at >= follow) return;
    engine.advance(Math.min(Math.max(changesAt, snapshot.at + TICK), follow));
  }
}
