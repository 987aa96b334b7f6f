import { ENGINE_TAKES, READY_AT } from "../plan/assumptions.ts";
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
  /** The age from which on every probe does the same; Infinity where there is none. */
  readonly steadyFrom: number;
  /** The age at which the fault first makes a difference; 0 without one. */
  readonly faultAt: number;
  /** Whether the fault is that probes fail which passed before. */
  readonly failsLater: boolean;
}

/** Seconds that a crash loop stays up. */
const CRASH_AT = 0.1;

/** How a service behaves with a fault, or without one. */
export function behaviourOf(kind: "service" | "task", fault: Fault = { kind: "ready", at: READY_AT }): Behaviour {
  return {
    exitOf: (run) => exitOf(kind, fault, run),
    probeAt: probesOf(fault),
    steadyFrom: steadyFrom(fault),
    faultAt: faultAt(fault),
    failsLater: fault.kind === "flap" || fault.kind === "unhealthy",
  };
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

function probesOf(fault: Fault): Behaviour["probeAt"] {
  const slow = fault.kind === "slow-probe" ? fault.seconds : 0;
  const seconds = slow + ENGINE_TAKES.probe;
  const passed: ProbeOutcome = { seconds, exitCode: 0, output: "" };
  const failed: ProbeOutcome = { seconds, exitCode: 1, output: "rehearsed: not ready" };
  // A slow probe says what holds at its end.
  return (age) => (passes(fault, age + slow) ? passed : failed);
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

function steadyFrom(fault: Fault): number {
  switch (fault.kind) {
    case "ready":
    case "unhealthy":
      return fault.at;
    case "never":
      return 0;
    case "flap":
      return Number.POSITIVE_INFINITY;
    default:
      return READY_AT;
  }
}

function faultAt(fault: Fault): number {
  switch (fault.kind) {
    case "exit":
    case "oom":
    case "unhealthy":
      return fault.at;
    case "flap":
      return fault.every;
    case "crash-loop":
      return CRASH_AT;
    default:
      return 0;
  }
}
