import type { Duration, FaultText, ServiceSpec, Timing } from "../../src/index.ts";
import { seconds } from "../../src/model/duration.ts";
import { READY_AT } from "../../src/plan/assumptions.ts";
import { type Fault, parseFault } from "../../src/rehearse/fault.ts";

/** What is given to `service` or `task` for a container that really does what a fault says. */
export function behaving(kind: "service" | "task", text?: FaultText): Behaving {
  const fault: Fault = text === undefined ? { kind: "ready", at: READY_AT } : parseFault(text);
  const script = kind === "task" ? taskScript(fault) : serviceScript(fault);
  // What a run before a restart left behind does not count.
  const command = ["sh", "-c", `rm -f /tmp/ok; ${script}`];
  const memory = fault.kind === "oom" ? ({ memLimit: "16m", memswapLimit: "16m" } as const) : {};
  return { image: "busybox:1.37", command, stopGracePeriod: "0s", ...memory };
}

type Behaving = Pick<ServiceSpec, "image" | "command" | "stopGracePeriod" | "memLimit" | "memswapLimit">;

/** A health check that passes as long as /tmp/ok is there, and takes as long as the fault says. */
export function checking(
  timing: Timing,
  text?: FaultText,
): { readonly test: readonly ["CMD" | "CMD-SHELL", ...[string, ...string[]]] } & Timing {
  const [, time] = /^slow-probe:(.+)$/.exec(text ?? "") ?? [];
  const test: readonly ["CMD" | "CMD-SHELL", string, ...string[]] =
    time === undefined ? ["CMD", "test", "-f", "/tmp/ok"] : ["CMD-SHELL", `sleep ${seconds(time as Duration)}; test -f /tmp/ok`];
  return { test, ...timing };
}

const STAY = "exec sleep 1000";
// A line without end is kept in memory until there is none.
const ALLOCATE = "exec tail /dev/zero";
const READY = `sleep ${READY_AT}; touch /tmp/ok`;

function serviceScript(fault: Fault): string {
  switch (fault.kind) {
    case "ready":
      return `sleep ${fault.at}; touch /tmp/ok; ${STAY}`;
    case "never":
      return STAY;
    case "exit":
      return inRuns(fault.runs, `(${READY}) & sleep ${fault.at}; exit ${fault.code}`, `${READY}; ${STAY}`);
    case "crash-loop":
      return "sleep 0.1; exit 1";
    case "flap":
      return `${READY}; sleep ${fault.every - READY_AT}; while true; do rm -f /tmp/ok; sleep ${fault.every}; touch /tmp/ok; sleep ${fault.every}; done`;
    case "unhealthy":
      return `${READY}; sleep ${fault.at - READY_AT}; rm -f /tmp/ok; ${STAY}`;
    case "slow-probe":
      return `${READY}; ${STAY}`;
    case "oom":
      return `(${READY}) & sleep ${fault.at}; ${ALLOCATE}`;
  }
}

function taskScript(fault: Fault): string {
  const done = `sleep ${READY_AT}; exit 0`;
  switch (fault.kind) {
    case "ready":
      return `sleep ${fault.at}; exit 0`;
    case "never":
      return STAY;
    case "exit":
      return inRuns(fault.runs, `sleep ${fault.at}; exit ${fault.code}`, done);
    case "crash-loop":
      return "sleep 0.1; exit 1";
    case "oom":
      return `sleep ${fault.at}; ${ALLOCATE}`;
    default:
      return done;
  }
}

// The file system of a container outlives a restart: it counts the runs.
function inRuns(runs: number, script: string, otherwise: string): string {
  if (!Number.isFinite(runs)) return script;
  return `echo >> /tmp/runs; if [ $(wc -l < /tmp/runs) -le ${runs} ]; then ${script}; else ${otherwise}; fi`;
}
