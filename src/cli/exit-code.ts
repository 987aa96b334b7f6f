import type { FailureKind } from "../drive/decide/service-status.ts";
import type { LaunchResult } from "../drive/launch.ts";
import type { ErrorCode } from "../errors.ts";

/** The exit codes of the command line; see README.md. */
export const EXIT = {
  done: 0,
  findings: 1,
  wrongInput: 2,
  unhealthy: 3,
  exited: 4,
  outOfTime: 5,
  noEngine: 6,
  createFailed: 7,
  bug: 70,
  interrupted: 130,
} as const;

const OF_ERROR: Readonly<Record<ErrorCode, number>> = {
  usage: EXIT.wrongInput,
  "invalid-stack": EXIT.wrongInput,
  file: EXIT.wrongInput,
  "no-engine": EXIT.noEngine,
  "create-failed": EXIT.createFailed,
  "not-ready": EXIT.exited,
};

export function exitCodeOfError(code: ErrorCode): number {
  return OF_ERROR[code];
}

/** The first culprit decides. */
export function exitCodeOfLaunch({
  verdict,
  culprits,
}: Pick<LaunchResult, "verdict"> & { readonly culprits: readonly { readonly service: string; readonly failure: FailureKind }[] }): number {
  switch (verdict) {
    case "ready":
    case "started":
      return EXIT.done;
    case "interrupted":
      return EXIT.interrupted;
    case "timeout":
      return EXIT.outOfTime;
    case "failed":
      return exitCodeOfFailure(culprits[0]?.failure);
  }
}

function exitCodeOfFailure(failure: FailureKind | undefined): number {
  switch (failure) {
    case "unhealthy":
      return EXIT.unhealthy;
    case "start-failed":
    case "create-failed":
      return EXIT.createFailed;
    case "no-healthcheck":
      return EXIT.wrongInput;
    case "not-ready":
      return EXIT.outOfTime;
    case "engine-gone":
      return EXIT.noEngine;
    default:
      return EXIT.exited;
  }
}
