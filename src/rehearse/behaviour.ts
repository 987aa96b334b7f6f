import { READY_AT } from "../plan/assumptions.ts";
import type { ProbeOutcome } from "../plan/health-run.ts";
import type { Fault } from "./fault.ts";

/** How a run of a container ends. */
export interface Exit {
  /** Seconds since the run began. */
  readonly at: number;
  readonly code: number;
  readonly oomKilled: boolean;
}

/** What a container does, as far as the engine notices. */
export interface Behaviour {
  /** How a run (from 1) ends; `undefined` where it does not. */
  exitOf(run: number): Exit | undefined;
  /** What a probe does that begins at that age of a run. */
  probeAt(age: number): ProbeOutcome;
  /** The age from which on every probe passes; Infinity where there is none. */
  readonly passesFrom: number;
}

/** Seconds that a crash loop stays up. */
const CRASH_AT = 0.1;

/** How a service behaves with a fault, or without one. */
export function behaviourOf(kind: "service" | "task", fault: Fault = { kind: "ready", at: READY_AT }): Behaviour {
  return { exitOf: (run) => exitOf(kind, fault, run), probeAt: (age) => probeAt(fault, age), passesFrom: passesFrom(fault) };
}

function exitOf(kind: "service" | "task", fault: Fault, run: number): Exit | undefined {
  const success = (at: number): Exit | undefined => (kind === "task" ? { at, code: 0, oomKilled: false } : undefined);
  switch (fault.kind) {
    case "exit":
      return run <= fault.runs ? { at: fault.at, code: fault.code, oomKilled: false } : success(READY_AT);
    case "crash-loop":
      return { at: CRASH_AT, code: 1, oomKilled: false };
    case "oom":
      return { at: fault.at, code: 137, oomKilled: true };
    case "never":
      return undefined;
    case "ready":
      return success(fault.at);
    default:
      return success(READY_AT);
  }
}

function probeAt(fault: Fault, age: number): ProbeOutcome {
  const seconds = fault.kind === "slow-probe" ? fault.seconds : 0;
  // A slow probe says what holds at its end.
  return passes(fault, age + seconds) ? { seconds, exitCode: 0, output: "" } : { seconds, exitCode: 1, output: "rehearsed: not ready" };
}

function passes(fault: Fault, age: number): boolean {
  switch (fault.kind) {
    case "ready":
      return age >= fault.at;
    case "never":
      return false;
    case "flap":
      return age >= READY_AT && Math.floor(age / fault.every) % 2 === 0;
    case "unhealthy":
      return age >= READY_AT && age < fault.at;
    default:
      return age >= READY_AT;
  }
}

function passesFrom(fault: Fault): number {
  switch (fault.kind) {
    case "ready":
      return fault.at;
    case "never":
    case "flap":
    case "unhealthy":
      return Number.POSITIVE_INFINITY;
    default:
      return READY_AT;
  }
}
