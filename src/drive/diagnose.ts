import type { FailureKind, Verdict } from "./decide.ts";
import type { ContainerState, Snapshot } from "./snapshot.ts";

/** A service at fault, and why. */
export interface Culprit {
  readonly service: string;
  /** What went wrong, as a stable word. */
  readonly cause: Cause;
  readonly message: string;
  /** What was seen, in lines: probe results, the end of the log. */
  readonly evidence: readonly string[];
  /** What to change. */
  readonly hint: string;
}

/** What is recognised. */
export type Cause =
  | "unhealthy"
  | "exited"
  | "command-not-found"
  | "out-of-memory"
  | "killed"
  | "crash-loop"
  | "port-taken"
  | "start-failed"
  | "removed"
  | "no-healthcheck"
  | "not-ready";

/** What is known of a service that failed. */
export interface Evidence {
  readonly service: string;
  readonly failure: FailureKind;
  /** The container that shows the failure; absent where it is gone. */
  readonly container: ContainerState | undefined;
  /** The end of its log. */
  readonly log: string;
}

/** The containers that show why the culprits failed. */
export function guiltyContainers({ containers }: Snapshot, culprits: Verdict["culprits"]): readonly Omit<Evidence, "log">[] {
  return culprits.map(({ service, failure }) => {
    const own = containers.filter((container) => container.service === service);
    return { service, failure, container: own.find((container) => shows(container, failure)) ?? own[0] };
  });
}

/** Names the cause of a failure, quotes what proves it and says what to change. Pure. */
export function diagnose(evidence: Evidence): Culprit {
  const { service, container } = evidence;
  const finding = findingOf(evidence);
  return { service, ...finding, evidence: [...probeLines(container), ...logLines(evidence.log)] };
}

type Finding = Pick<Culprit, "cause" | "message" | "hint">;

function shows({ health, status, error, runs }: ContainerState, failure: FailureKind): boolean {
  switch (failure) {
    case "unhealthy":
      return health === "unhealthy";
    case "exited":
      return status === "exited" || status === "dead" || status === "restarting";
    case "crash-loop":
      return runs > 1;
    case "start-failed":
      return error !== "";
    case "not-ready":
      return health === "starting" || status !== "running";
    case "no-healthcheck":
      return health === undefined;
    case "removed":
      return false;
  }
}

function findingOf({ failure, container }: Evidence): Finding {
  if (container === undefined || failure === "removed") {
    return { cause: "removed", message: "its container is gone", hint: "something outside of Stackwright removed it; run up again" };
  }
  switch (failure) {
    case "unhealthy":
      return unhealthy(container);
    case "exited":
      return exited(container);
    case "crash-loop":
      return {
        cause: "crash-loop",
        message: `it was started ${container.runs} times and did not stay up (last exit code ${container.exitCode})`,
        hint: "the end of the log says why it exits; without a health check a restart during start-up is a failure",
      };
    case "start-failed":
      return startFailed(container);
    case "no-healthcheck":
      return {
        cause: "no-healthcheck",
        message: "others wait until it is healthy, and it has no health check: its image brings none",
        hint: "give it one, e.g. healthcheck: probe.tcp({ port: 5432 }), or let the others wait until it is started",
      };
    case "not-ready":
      return notReady(container);
  }
}

function unhealthy({ failingStreak, probes }: ContainerState): Finding {
  const last = probes.at(-1);
  const result = last === undefined ? "" : `: ${oneLine(last.output) || `exit code ${last.exitCode}`}`;
  return {
    cause: "unhealthy",
    message: `its last ${failingStreak} probes failed${result}`,
    hint: "the service runs but does not do what its health check asks: see the probe's output and the log",
  };
}

function exited({ exitCode, oomKilled, runs }: ContainerState): Finding {
  const again = runs > 1 ? ` (after ${runs} starts)` : "";
  if (oomKilled)
    return {
      cause: "out-of-memory",
      message: `the kernel killed it: out of memory${again}`,
      hint: "raise its memory limit or make it need less",
    };
  if (exitCode === 126 || exitCode === 127) {
    return {
      cause: "command-not-found",
      message: `it exited with ${exitCode}: its command can't be run${again}`,
      hint: "check command and entrypoint: the program must be in the image and executable",
    };
  }
  if (exitCode === 137)
    return {
      cause: "killed",
      message: `it was killed (exit code 137)${again}`,
      hint: "something sent SIGKILL: docker kill, a stop that took too long, or memory",
    };
  return {
    cause: "exited",
    message: `it exited with code ${exitCode}${again}`,
    hint: "the end of its log says why; if it is meant to end, make it a task",
  };
}

function startFailed({ error }: ContainerState): Finding {
  const port = /(?:port is already allocated|address already in use)/.test(error)
    ? /(?:Bind for |listen \w+ )?([\d.[\]:]*:\d+)/.exec(error)?.[1]
    : undefined;
  if (port !== undefined)
    return { cause: "port-taken", message: `host port ${port} is taken`, hint: "stop what listens there, or publish another port" };
  const command = /exec: "?([^"]+)"?: (?:stat .*: )?(?:executable file not found|no such file|permission denied)/.exec(error)?.[1];
  if (command !== undefined) {
    return { cause: "command-not-found", message: `"${command}" is not a program of the image`, hint: "check command and entrypoint" };
  }
  return {
    cause: "start-failed",
    message: `the engine could not start it: ${oneLine(error)}`,
    hint: "the engine's message names what is missing",
  };
}

function notReady({ health, status, probes }: ContainerState): Finding {
  const last = probes.at(-1);
  if (health === undefined)
    return { cause: "not-ready", message: `it was still ${status} when time ran out`, hint: "give it more time with --timeout" };
  const result =
    last === undefined ? "no probe has run yet" : `the last probe said: ${oneLine(last.output) || `exit code ${last.exitCode}`}`;
  return {
    cause: "not-ready",
    message: `it was not healthy when time ran out; ${result}`,
    hint: "give it more time with --timeout, or a shorter interval",
  };
}

const PROBES_SHOWN = 5;
const LOG_LINES_SHOWN = 15;

function probeLines(container: ContainerState | undefined): readonly string[] {
  return (container?.probes ?? [])
    .slice(-PROBES_SHOWN)
    .map(({ start, exitCode, output }) => `probe ${start.slice(11, 19)} exit ${exitCode}: ${oneLine(output) || "(no output)"}`);
}

function logLines(log: string): readonly string[] {
  const lines = log.split("\n").filter((line) => line.trim() !== "");
  return lines.slice(-LOG_LINES_SHOWN).map((line) => `log   ${harmless(line).slice(0, 500)}`);
}

function oneLine(text: string): string {
  return harmless(text.trim().replaceAll(/\s*\n\s*/g, " | ")).slice(0, 300);
}

// What a container prints must not move the cursor, ring or recolour the user's terminal.
function harmless(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  return text.replaceAll(/\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007]*\u0007?|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "");
}
