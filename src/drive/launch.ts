import { StackError } from "../errors.ts";
import { type Alarm, makeAlarm } from "./alarm.ts";
import { composeStarts, type StartThroughCompose } from "./compose-starts.ts";
import { type Decision, decider, RECONCILE_AFTER, type Verdict } from "./decide/decide.ts";
import { awaitedStarted, type LaunchPlan } from "./decide/launch-plan.ts";
import type { LaunchRules } from "./decide/launch-rules.ts";
import type { ServiceStatus } from "./decide/service-status.ts";
import type { ContainerState, Snapshot } from "./decide/snapshot.ts";
import { type Engine, SERVICE_LABEL } from "./engine/engine.ts";
import { type EventFollower, followEvents } from "./observe/follow-events.ts";
import { type Observer, observe } from "./observe/observe.ts";
import { isEngineAway, type Patience, patiently } from "./patience.ts";
import { starter } from "./starter.ts";

/** What a launch tells while it runs. */
export interface LaunchProgress {
  readonly at: number;
  readonly services: readonly ServiceStatus[];
  /** Those of them that may have changed; every other is what it was before. */
  readonly changed: readonly ServiceStatus[];
  readonly snapshot: Snapshot;
}

export interface LaunchOptions extends Patience {
  readonly engine: Engine;
  readonly project: string;
  readonly plan: LaunchPlan;
  readonly rules: LaunchRules;
  /** Whether containers are started; else they are only watched. */
  readonly starts: boolean;
  readonly onProgress: (progress: LaunchProgress) => void;
  /** How services start that use what only Compose runs. Default: as all others. */
  readonly startThroughCompose?: StartThroughCompose | undefined;
  /** The services of which somebody else has replaced containers. Default: none. */
  readonly replaced?: ((snapshot: Snapshot) => Promise<ReadonlySet<string>>) | undefined;
}

/** How a launch ended. */
export interface LaunchResult {
  readonly verdict: Verdict["verdict"] | "interrupted";
  readonly seconds: number;
  readonly services: readonly ServiceStatus[];
  readonly culprits: Verdict["culprits"];
  readonly victims: Verdict["victims"];
  readonly snapshot: Snapshot;
  /** The services that Compose has not started to the end. Default: none. */
  readonly cutOff?: ReadonlySet<string>;
}

/**
 * Starts the containers of a project in order and waits for the verdict: observe, decide, act.
 * The engine's events say when to look; what counts is what the look finds. Every few seconds there is
 * a look without an event, so that a lost one costs nothing.
 */
export async function launch(options: LaunchOptions): Promise<LaunchResult> {
  const { engine, project, plan, rules, signal, onProgress, patience } = options;
  const observer = observe(engine, { project, restartsEnded: options.starts });
  const decide = decider(plan, { ...rules, isCreating: options.starts && signal.aborted });
  const alarm = makeAlarm();
  const over = new AbortController();
  const compose = composeStarts(plan, options.startThroughCompose, alarm.ring, over.signal);
  const isPressing = pressingStarts(options);
  const starts = starter(observer, alarm, {
    start: (id, service) => compose.start(service) ?? engine.start(id),
    lookAfter: (service) => (isPressing(service) ? LATE_EVENT : UNHURRIED),
  });
  const isUnhurried = (id: string, service: string): boolean => starts.hasBegun(id) && !isPressing(service);
  const listening = followEvents(engine, project, notice(observer, alarm, isUnhurried), AbortSignal.any([signal, over.signal]));
  const look = patientLook(observer, { patience, signal });
  signal.addEventListener("abort", alarm.ring, { once: true });
  let last: Judged | undefined;
  let reconciledAt = observer.now();
  const judge = (seen: Snapshot, replaced = NONE): Judged => {
    const snapshot = marked(restrict(seen, plan), replaced, compose.underWay);
    const decision = decide(snapshot);
    last = { decision, snapshot };
    onProgress({ at: snapshot.at, services: decision.services, changed: decision.changed, snapshot });
    return last;
  };
  try {
    while (!signal.aborted) {
      await listening.ready;
      const seen = await look();
      if (seen === undefined) break;
      const replaced = (await options.replaced?.(seen)) ?? NONE;
      // Later on, containers that are not there any more were removed.
      if (options.starts && last === undefined) requireContainers(plan, seen, project);
      const judged = judge(seen, replaced);
      const { decision, snapshot } = judged;
      if (signal.aborted) break;
      if (decision.verdict !== undefined) {
        // What was started meanwhile is part of the report.
        const later = observer.touchUnseen() ? await look() : undefined;
        const end = later === undefined ? judged : judge(later, replaced);
        return { ...resultOf(end, end.decision.verdict ?? decision.verdict), cutOff: compose.underWay };
      }
      if (options.starts) for (const id of decision.start) starts.begin(id, snapshot);
      const rang = await alarm.wait((decision.lookAgainAt - observer.now()) * 1000);
      if (!rang || observer.now() - reconciledAt >= RECONCILE_AFTER) {
        observer.touch();
        reconciledAt = observer.now();
      }
    }
    if (isEngineAway(signal.reason)) throw signal.reason;
    // What was being started when the signal came may run a moment later.
    await starts.end(LAST_ANSWERS);
    const seen = await lastLook(observer);
    if (seen !== undefined) judge(seen);
    return { ...interruptedResult(last), cutOff: compose.underWay };
  } finally {
    over.abort();
    await listening.ended;
  }
}

/** Milliseconds after which the event of a start that was answered counts as late, or lost. */
const LATE_EVENT = 50;

/** Milliseconds after which there is a look at a start that nobody waits for. Most of what is quick has become healthy by then. */
const UNHURRIED = 300;

/** Turns the engine's events into looks. */
function notice(observer: Observer, alarm: Alarm, isUnhurried: (id: string, service: string) => boolean): EventFollower {
  const lookAt = (id?: string): void => {
    observer.touch(id);
    alarm.ring();
  };
  return {
    onResumed: lookAt,
    onEvent: (event) => {
      const { Action, Actor } = event;
      const { ID, Attributes } = Actor;
      const isFirstStart = Action === "start" && !observer.sawRun(ID);
      observer.note(event);
      if (isFirstStart && isUnhurried(ID, Attributes?.[SERVICE_LABEL] ?? "")) return;
      lookAt(Action === "create" ? undefined : ID);
    },
  };
}

/**
 * The services of which somebody waits for the start. Of any other that we start, a look at its health tells soon enough that it
 * has been started: an inspection is most of what a container costs us.
 */
function pressingStarts({ plan, rules, starts }: LaunchOptions): (service: string) => boolean {
  const awaited = awaitedStarted(plan);
  return (name) => {
    const service = plan.services.get(name);
    return !starts || rules.until === "started" || service?.isProbed !== true || service.needsCompose === true || awaited.has(name);
  };
}

/** A look, and what was decided. */
interface Judged {
  readonly decision: Decision;
  readonly snapshot: Snapshot;
}

function interruptedResult(last: Judged | undefined): LaunchResult {
  if (last !== undefined) return { ...resultOf(last, last.decision.verdict), verdict: "interrupted" };
  return { verdict: "interrupted", seconds: 0, services: [], culprits: [], victims: [], snapshot: { at: 0, containers: [] } };
}

/** Seconds that an engine has for its last answers when nobody wants to wait any more. */
const LAST_ANSWERS = 5;

/** What there is in the end; `undefined` where the engine does not say. */
async function lastLook(observer: Observer): Promise<Snapshot | undefined> {
  observer.touch();
  const limits = { patience: 0, signal: AbortSignal.timeout(LAST_ANSWERS * 1000) };
  return patiently(() => observer.look(), limits).catch(() => undefined);
}

/** A look that survives a restart of the engine. `undefined` where it was interrupted. */
function patientLook(observer: Observer, patience: Patience): () => Promise<Snapshot | undefined> {
  return () => {
    let isFirst = true;
    return patiently(() => {
      if (!isFirst) observer.touch();
      isFirst = false;
      return observer.look();
    }, patience);
  };
}

function resultOf({ decision: { services }, snapshot }: Judged, verdict: Verdict | undefined): LaunchResult {
  return { verdict: "interrupted", culprits: [], victims: [], ...verdict, seconds: snapshot.at, services, snapshot };
}

// Containers of other services of the project (orphans, inactive profiles) are none of this launch's business.
function restrict(snapshot: Snapshot, plan: LaunchPlan): Snapshot {
  return { ...snapshot, containers: snapshot.containers.filter(({ service }) => plan.services.has(service)) };
}

const NONE: ReadonlySet<string> = new Set();

/** What inspection does not show. A container that bears no mark stays the same value. */
function marked(snapshot: Snapshot, replaced: ReadonlySet<string>, beingStarted: ReadonlySet<string>): Snapshot {
  if (replaced.size === 0 && beingStarted.size === 0) return snapshot;
  const mark = (container: ContainerState): ContainerState => {
    const isReplaced = replaced.has(container.service);
    const isBeingStarted = beingStarted.has(container.service);
    return isReplaced || isBeingStarted ? { ...container, isReplaced, isBeingStarted } : container;
  };
  return { ...snapshot, containers: snapshot.containers.map(mark) };
}

function requireContainers(plan: LaunchPlan, seen: Snapshot, project: string): void {
  const wanted = [...plan.services.values()].some(({ replicas }) => replicas > 0);
  if (wanted && restrict(seen, plan).containers.length === 0)
    throw StackError.of("create-failed", `no container of ${project} was created`);
}
