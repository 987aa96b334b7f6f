import type { FailureKind } from "../decide/service-status.ts";
import type { ContainerState } from "../decide/snapshot.ts";
import type { Hint } from "./file-words.ts";
import type { Written, WrittenIn } from "./written.ts";

/** A service at fault, and why. */
export interface Culprit extends Written {
  readonly service: string;
  /** What the launch saw; it decides the exit code. */
  readonly failure: FailureKind;
  /** What went wrong, as a stable word. */
  readonly cause: Cause;
  readonly message: string;
  /** What was seen, in lines: the state, probe results, the end of the log. */
  readonly evidence: readonly string[];
  /** What to change. */
  readonly hint: string;
}

/** What is recognised. `unhealthy`, `exited`, `start-failed`, `create-failed`, `not-ready` and `unknown` are what is left. */
export type Cause =
  | "address-in-use"
  | "address-taken"
  | "aborted"
  | "authentication-refused"
  | "build-failed"
  | "command-not-found"
  | "connection-refused"
  | "crash-loop"
  | "create-failed"
  | "dependency-refused"
  | "driver-missing"
  | "ended"
  | "engine-gone"
  | "env-file-missing"
  | "exited"
  | "file-missing"
  | "hook-failed"
  | "hook-not-ended"
  | "http-status"
  | "image-denied"
  | "image-missing"
  | "killed"
  | "limit-refused"
  | "mount-missing"
  | "name-in-use"
  | "name-not-found"
  | "network-absent"
  | "network-in-use"
  | "no-such-address"
  | "no-healthcheck"
  | "no-probe-yet"
  | "no-space"
  | "not-executable"
  | "not-ready"
  | "not-started"
  | "out-of-memory"
  | "paused"
  | "permission-denied"
  | "port-privileged"
  | "port-taken"
  | "probe-missing"
  | "probe-timeout"
  | "read-only-file-system"
  | "registry-unreachable"
  | "removed"
  | "replaced"
  | "segfault"
  | "start-failed"
  | "start-period-too-short"
  | "still-starting"
  | "stopped"
  | "subnet-taken"
  | "unhealthy"
  | "unknown"
  | "user-missing"
  | "volume-absent"
  | "wrong-address"
  | "wrong-architecture"
  | "wrong-port";

/** What the stack says about a service. */
export interface ServiceFacts extends WrittenIn {
  readonly kind: "service" | "task";
  /** The names of the stack's other services. */
  readonly others: readonly string[];
  /** Those of them that take no part because of their profiles, with these. Default: none. */
  readonly off?: ReadonlyMap<string, readonly string[]>;
  /** The services that it waits for. */
  readonly dependsOn: readonly string[];
}

/** What is known of a service that failed. */
export interface Evidence {
  readonly service: string;
  readonly failure: FailureKind;
  /** The container that shows the failure; absent where it is gone. */
  readonly container: ContainerState | undefined;
  /** The service's other containers. Default: none. */
  readonly siblings?: readonly ContainerState[];
  /** The end of its log. */
  readonly log: string;
  readonly facts?: ServiceFacts | undefined;
  /** The container that publishes the host port that is taken; absent where none does. */
  readonly portHolder?: string | undefined;
  /** Another container of the stack that wants the same port of the host. */
  readonly rival?: ContainerState | undefined;
  /** The words of the hook that failed, or has not ended; absent where the engine does not remember them. */
  readonly hook?: string | undefined;
  /** When it was looked at, in seconds since the launch began. */
  readonly at?: number | undefined;
}

/** What a cause says about a failure. */
export interface Finding {
  readonly message: string;
  readonly hint: Hint;
}

/** How one cause is recognised: from evidence to words, or `undefined` where it is not that. */
export interface CauseRule<Seen = Evidence> {
  readonly cause: Cause;
  readonly find: (seen: Seen) => Finding | undefined;
}

/** Evidence whose container is there. */
export interface Seen extends Evidence {
  readonly container: ContainerState;
}

/** The first rule that recognises what was seen. */
export function firstFinding<S>(rules: readonly CauseRule<S>[], seen: S): (Finding & { readonly cause: Cause }) | undefined {
  for (const { cause, find } of rules) {
    const finding = find(seen);
    if (finding !== undefined) return { cause, ...finding };
  }
  return undefined;
}
