import type { Verdict } from "../decide/decide.ts";
import type { FailureKind } from "../decide/service-status.ts";
import type { ContainerState, Snapshot } from "../decide/snapshot.ts";
import { type CauseRule, type Culprit, type Evidence, type Finding, firstFinding, type Seen } from "./culprit.ts";
import { evidenceLines } from "./evidence-lines.ts";
import { EXIT_CAUSES, PLAIN_CAUSES } from "./exit-causes.ts";
import { worded } from "./file-words.ts";
import { LOG_CAUSES } from "./log-causes.ts";
import { PROBE_CAUSES } from "./probe-causes.ts";
import { START_CAUSES, takenPort } from "./start-causes.ts";
import { paused, TIME_CAUSES } from "./time-causes.ts";
import { lastFailure, resultOf } from "./words.ts";
import { writtenOf } from "./written.ts";

export type { Culprit, Evidence, ServiceFacts } from "./culprit.ts";

/** The containers that show why the culprits failed. */
export function guiltyContainers({ containers }: Snapshot, culprits: Verdict["culprits"]): readonly Omit<Evidence, "log">[] {
  return culprits.map(({ service, failure }) => {
    const own = containers.filter((container) => container.service === service);
    const shown = own.find((each) => shows(each, failure));
    // What is there is not what is gone.
    const container = failure === "removed" ? shown : (shown ?? own[0]);
    const siblings = own.filter((each) => each !== container);
    const rival = rivalOf(container, containers);
    return { service, failure, container, ...(siblings.length === 0 ? {} : { siblings }), ...(rival === undefined ? {} : { rival }) };
  });
}

/** Another container that wants the host port that a container could not have. */
function rivalOf(container: ContainerState | undefined, containers: readonly ContainerState[]): ContainerState | undefined {
  const port = takenPort(container?.error ?? "")?.port;
  if (port === undefined) return undefined;
  return containers.find(({ id, settings }) => id !== container?.id && settings?.hostPorts?.includes(port));
}

/** Whether something is wrong with it already, or would be only if time ran out now: what starts up, or works, is not at fault. */
export function isAtFault({ container, ...evidence }: Omit<Evidence, "log">): boolean {
  if (evidence.failure !== "not-ready") return true;
  return container !== undefined && firstFinding(EVEN_IN_TIME, { ...evidence, container, log: "" }) !== undefined;
}

/** Names the cause of a failure, quotes what proves it and says what to change. Pure. */
export function diagnose(evidence: Evidence): Culprit {
  const { service, failure, container, siblings, log, facts } = evidence;
  const { cause, message, hint } = causeOf(evidence);
  return {
    service,
    failure,
    cause,
    message,
    evidence: evidenceLines(container, log, siblings),
    hint: worded(hint, facts),
    ...writtenOf(facts),
  };
}

function shows({ health, status, error, runs, isReplaced = false, isBeingStarted = false }: ContainerState, failure: FailureKind): boolean {
  switch (failure) {
    case "unhealthy":
      return health === "unhealthy";
    case "exited":
      return status === "exited" || status === "dead" || status === "restarting";
    case "crash-loop":
      return runs > 1 || status === "restarting";
    case "start-failed":
      return error !== "";
    case "not-ready":
      return health === "starting" || status !== "running" || isBeingStarted;
    case "no-healthcheck":
      return health === undefined;
    case "removed":
      return status === "removing";
    case "replaced":
      return isReplaced;
    default:
      return false;
  }
}

const UNHEALTHY: CauseRule<Seen> = { cause: "unhealthy", find: unhealthy };
const UNKNOWN: CauseRule<Seen> = { cause: "unknown", find: unknown };
const EXITED = [...PLAIN_CAUSES, ...LOG_CAUSES, ...EXIT_CAUSES];

// What no time mends.
const EVEN_IN_TIME: readonly CauseRule<Seen>[] = [
  { cause: "paused", find: paused },
  { cause: "probe-missing", find: probeCause("probe-missing") },
];

// Where a service kept its time because its probes failed, why they failed says more than that it was late.
const BY_FAILURE: Readonly<Record<FailureKind, readonly CauseRule<Seen>[]>> = {
  unhealthy: [{ cause: "paused", find: paused }, ...PROBE_CAUSES, UNHEALTHY],
  exited: EXITED,
  "crash-loop": EXITED,
  "start-failed": START_CAUSES,
  "not-ready": [...EVEN_IN_TIME, ...TIME_CAUSES],
  "no-healthcheck": [{ cause: "no-healthcheck", find: withoutHealthcheck }],
  removed: [],
  replaced: [{ cause: "replaced", find: replaced }],
  "create-failed": [],
  "engine-gone": [],
};

function causeOf(evidence: Evidence): Finding & Pick<Culprit, "cause"> {
  const { container, failure } = evidence;
  if (container === undefined || failure === "removed") return removed(evidence);
  const seen: Seen = { ...evidence, container };
  return firstFinding([...BY_FAILURE[failure], UNKNOWN], seen) ?? { cause: "unknown", ...unknown(seen) };
}

function removed({ siblings }: Evidence): Finding & Pick<Culprit, "cause"> {
  const outside = "something outside of this launch removed";
  return {
    cause: "removed",
    ...(siblings === undefined
      ? {
          message: "its container is not there",
          hint: `${outside} it (docker rm, or down of the same stack), or the stack has the service only since then; run up again`,
        }
      : {
          message: "some of its containers are not there",
          hint: `${outside} them (docker rm), or its scale was raised since; run up again`,
        }),
  };
}

function replaced(): Finding {
  return {
    message: "something else has replaced its container by one that is made in another way",
    hint: "another launch of the same stack, with other values or another image: one of them must have ended before the other begins",
  };
}

function probeCause(cause: Culprit["cause"]): CauseRule<Seen>["find"] {
  return (seen) => PROBE_CAUSES.find((rule) => rule.cause === cause)?.find(seen);
}

function unhealthy({ container }: Seen): Finding {
  const last = lastFailure(container);
  return {
    message: `its last ${container.failingStreak} probes failed${last === undefined ? "" : `: ${resultOf(last)}`}`,
    hint: "the service runs but does not do what its health check asks: see the probe's output and the log",
  };
}

function withoutHealthcheck(): Finding {
  return {
    message: "others wait until it is healthy, and it has no health check: its image brings none",
    hint: ({ probe }) => `give it one, e.g. ${probe("tcp({ port: 5432 })")}, or let the others wait until it is started`,
  };
}

function unknown({ failure, container }: Seen): Finding {
  return {
    message: `it failed (${failure}) for a reason that is not recognised; state ${container.status}, exit code ${container.exitCode}`,
    hint: "what was seen is above; docker inspect and docker logs show the rest",
  };
}
