import { StackError } from "../errors.ts";
import { type Decision, decider, type Verdict } from "./decide.ts";
import type { Engine } from "./engine/engine.ts";
import type { LaunchPlan } from "./launch-plan.ts";
import type { LaunchRules } from "./launch-rules.ts";
import { type Observer, observe } from "./observe.ts";
import { isEngineAway, type Patience, patiently } from "./patience.ts";
import { pause } from "./pause.ts";
import type { ServiceStatus } from "./service-status.ts";
import type { ContainerState, Snapshot } from "./snapshot.ts";

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
  /** Starts a service that uses what only Compose runs, e.g. hooks; the signal ends that. Whether it came to its end. */
  readonly startThroughCompose?: ((service: string, signal: AbortSignal) => Promise<boolean>) | undefined;
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
  readonly cutOff?: readonly string[];
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
  const listening = listen(engine, project, observer, alarm, AbortSignal.any([signal, over.signal]));
  const compose = composeStarts(options, alarm, over.signal);
  const starts = starter(observer, alarm, (id, service) => compose.start(service) ?? engine.start(id));
  const look = patientLook(observer, { patience, signal });
  signal.addEventListener("abort", alarm.ring, { once: true });
  let last: { decision: Decision; snapshot: Snapshot } | undefined;
  const judge = (snapshot: Snapshot): Decision => {
    const decision = decide(snapshot);
    last = { decision, snapshot };
    onProgress({ at: snapshot.at, services: decision.services, changed: decision.changed, snapshot });
    return decision;
  };
  try {
    while (!signal.aborted) {
      await listening.ready;
      const seen = await look();
      if (seen === undefined) break;
      const replaced = (await options.replaced?.(seen)) ?? NONE;
      const snapshot = marked(restrict(seen, plan), replaced, compose.underWay);
      // Later on, containers that are not there any more were removed.
      if (options.starts && last === undefined) requireContainers(plan, snapshot, project);
      const decision = judge(snapshot);
      if (signal.aborted) break;
      if (decision.verdict !== undefined) return { ...resultOf(decision.verdict.verdict, decision, snapshot), ...compose.cutOff() };
      if (options.starts) for (const id of decision.start) starts.begin(id, snapshot);
      const rang = await alarm.wait((decision.lookAgainAt - observer.now()) * 1000);
      if (!rang) observer.touch();
    }
    if (isEngineAway(signal.reason)) throw signal.reason;
    // What was being started when the signal came may run a moment later.
    await starts.end();
    const seen = await lastLook(observer);
    if (seen !== undefined) judge(marked(restrict(seen, plan), NONE, compose.underWay));
    return { ...interruptedResult(last), ...compose.cutOff() };
  } finally {
    over.abort();
    await listening.ended;
  }
}

function interruptedResult(last: { decision: Decision; snapshot: Snapshot } | undefined): LaunchResult {
  if (last !== undefined) return resultOf("interrupted", last.decision, last.snapshot);
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

function serviceOf({ containers }: Snapshot, id: string): string {
  return containers.find((container) => container.id === id)?.service ?? "";
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

function resultOf(verdict: LaunchResult["verdict"], { services, verdict: decided }: Decision, snapshot: Snapshot): LaunchResult {
  return { verdict, seconds: snapshot.at, services, culprits: decided?.culprits ?? [], victims: decided?.victims ?? [], snapshot };
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

function requireContainers({ services }: LaunchPlan, { containers }: Snapshot, project: string): void {
  const wanted = [...services.values()].some(({ replicas }) => replicas > 0);
  if (wanted && containers.length === 0) throw StackError.of("create-failed", `no container of ${project} was created`);
}

/** The engine's events, turned into looks. A stream that breaks is opened again; meanwhile the clock looks. */
function listen(
  engine: Engine,
  project: string,
  observer: Observer,
  alarm: Alarm,
  signal: AbortSignal,
): { ready: Promise<void>; ended: Promise<void> } {
  let opened = (): void => undefined;
  const ready = new Promise<void>((resolve) => {
    opened = resolve;
  });
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        const events = await engine.events(project, signal);
        observer.touch();
        opened();
        alarm.ring();
        for await (const event of events) {
          const { Action, Actor } = event;
          observer.note(event);
          if (Action === "create") observer.touch();
          else observer.touch(Actor.ID);
          alarm.ring();
        }
      } catch {
        // Whether the engine is gone for good, the next look finds out.
        opened();
      }
      if (!signal.aborted) await pause(200, signal);
    }
  };
  return { ready, ended: run() };
}

/** At most this many starts at once: more gain nothing, fewer leave the last of a few services to start alone. */
export const STARTS_AT_ONCE = 6;

/** Milliseconds after which the event of a start that was answered counts as late, or lost. */
const LATE_EVENT = 50;

interface Starter {
  begin(id: string, snapshot: Snapshot): void;
  /** Begins no more, and waits until what was begun is done, or the engine has had its time. */
  end(): Promise<void>;
}

/** Starts containers, each once, a few at a time; failures go to the observer. */
function starter(observer: Observer, alarm: Alarm, start: (id: string, service: string) => Promise<void>): Starter {
  const known = new Set<string>();
  const inFlight = new Set<Promise<void>>();
  const queue: { id: string; service: string }[] = [];
  const lookAt = (id?: string): void => {
    observer.touch(id);
    alarm.ring();
  };
  const next = (): void => {
    const first = inFlight.size < STARTS_AT_ONCE ? queue.shift() : undefined;
    if (first === undefined) return;
    const { id, service } = first;
    const started = start(id, service)
      .then(() => {
        // The event comes at the same moment, as a rule, and leads there.
        if (!observer.sawStart(id)) setTimeout(() => observer.sawStart(id) || lookAt(id), LATE_EVENT).unref();
      })
      .catch((cause: unknown) => {
        // An engine that went away has not refused: what the next look finds not started is started again.
        if (isEngineAway(cause)) {
          known.delete(id);
          lookAt();
        } else {
          observer.startFailed(id, cause instanceof Error ? cause.message : String(cause));
          alarm.ring();
        }
      })
      .finally(() => {
        inFlight.delete(started);
        next();
      });
    inFlight.add(started);
    next();
  };
  return {
    begin: (id, snapshot) => {
      if (known.has(id)) return;
      known.add(id);
      queue.push({ id, service: serviceOf(snapshot, id) });
      next();
    },
    end: async () => {
      queue.length = 0;
      const done = new AbortController();
      void Promise.all(inFlight).then(() => done.abort());
      await pause(LAST_ANSWERS * 1000, done.signal);
    },
  };
}

interface ComposeStarts {
  /** Starts all of a service; `undefined` where Compose is not needed for it. */
  start(service: string): Promise<void> | undefined;
  /** The services whose start has not come to its end, or failed. */
  readonly underWay: ReadonlySet<string>;
  /** The same, as what a launch leaves behind. */
  cutOff(): Pick<LaunchResult, "cutOff">;
}

/** The starts of services that use what only Compose runs, each begun once; the signal ends them. */
function composeStarts({ plan, startThroughCompose }: LaunchOptions, alarm: Alarm, signal: AbortSignal): ComposeStarts {
  const begun = new Map<string, Promise<void>>();
  const underWay = new Set<string>();
  const begin = async (service: string, start: NonNullable<typeof startThroughCompose>): Promise<void> => {
    underWay.add(service);
    try {
      if (!(await start(service, signal))) return;
      underWay.delete(service);
      alarm.ring();
    } catch (error) {
      // What failed is begun anew, should it be asked for again.
      begun.delete(service);
      throw error;
    }
  };
  return {
    start: (service) => {
      if (startThroughCompose === undefined || plan.services.get(service)?.needsCompose !== true) return undefined;
      const start = begun.get(service) ?? begin(service, startThroughCompose);
      begun.set(service, start);
      return start;
    },
    underWay,
    cutOff: () => (underWay.size === 0 ? {} : { cutOff: [...underWay] }),
  };
}

interface Alarm {
  readonly ring: () => void;
  /** Waits until someone rings (true) or the milliseconds have passed (false). */
  wait(milliseconds: number): Promise<boolean>;
}

function makeAlarm(): Alarm {
  let rung = false;
  let wake = (_rang: boolean): void => undefined;
  return {
    ring: () => {
      rung = true;
      wake(true);
    },
    wait: async (milliseconds) => {
      const timer = { id: undefined as NodeJS.Timeout | undefined };
      const rang =
        rung ||
        (await new Promise<boolean>((resolve) => {
          wake = resolve;
          timer.id = setTimeout(() => resolve(false), Math.max(1, milliseconds));
        }));
      clearTimeout(timer.id);
      rung = false;
      return rang;
    },
  };
}
