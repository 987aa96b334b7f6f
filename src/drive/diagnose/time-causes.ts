import { firstLook } from "../../model/health-bounds.ts";
import type { CauseRule, Finding, Seen } from "./culprit.ts";
import { hookCalled } from "./start-causes.ts";
import { inSeconds, lastFailure, resultOf } from "./words.ts";

/** Why something was not ready when time ran out. */
export const TIME_CAUSES: readonly CauseRule<Seen>[] = [
  { cause: "not-started", find: notStarted },
  { cause: "no-probe-yet", find: noProbeYet },
  { cause: "still-starting", find: stillStarting },
  { cause: "hook-not-ended", find: hookNotEnded },
  { cause: "not-ready", find: notReady },
];

/** What is to be said of a paused container. */
export const PAUSED = {
  message: "it is paused",
  hint: "something paused it: docker unpause lets it go on; a paused container can't pass its health check",
};

/** It was paused, whatever its probes say: none can run. */
export function paused({ container }: Seen): Finding | undefined {
  return container.status === "paused" ? PAUSED : undefined;
}

function notStarted({ container }: Seen): Finding | undefined {
  return container.status === "created"
    ? {
        message: "its container was not started when time ran out, though it waits for nobody",
        hint: "what made it was interrupted, or ended before its turn came: up goes on where that stopped",
      }
    : undefined;
}

function noProbeYet(seen: Seen): Finding | undefined {
  const { container } = seen;
  if (container.health !== "starting" || container.probes.length > 0) return undefined;
  const check = container.settings?.healthcheck;
  return {
    message: `it was not healthy when time ran out${upFor(seen)}; no probe has run yet${check === undefined ? "" : `: the first runs ${inSeconds(firstLook(check))} after the start`}`,
    hint: ({ attribute }) =>
      `let the first probe come earlier: ${attribute("healthcheck", { startPeriod: "30s", startInterval: "500ms" })}`,
  };
}

function stillStarting(seen: Seen): Finding | undefined {
  const { container } = seen;
  const check = container.settings?.healthcheck;
  if (container.health !== "starting") return undefined;
  const failure = lastFailure(container);
  const worst = check && check.startPeriod + check.retries * (check.interval + check.timeout);
  return {
    message: `it was not healthy when time ran out${upFor(seen)}${failure === undefined ? "" : `; the last probe said: ${resultOf(failure)}`}`,
    hint:
      worst === undefined
        ? "give it more time with --timeout, or a shorter interval"
        : `its health check would have decided after at most ${inSeconds(worst)}: a --timeout above that, or a service that starts faster`,
  };
}

// Its health is not what is missing.
function hookNotEnded(seen: Seen): Finding | undefined {
  const { container, hook } = seen;
  if (container.isBeingStarted !== true) return undefined;
  // It may have no hooks at all: Compose also copies secrets and configs.
  if (hook === undefined)
    return {
      message: `it was up, but Compose, which starts it, was not done with that when time ran out${upFor(seen)}`,
      hint: ({ attribute }) =>
        `give it more time with --timeout; a command of ${attribute("postStart")}, if there is one, must end by itself`,
    };
  return {
    message: `it was up, but ${hookCalled(hook)} had not ended when time ran out${upFor(seen)}`,
    hint: ({ attribute }) =>
      `a command of ${attribute("postStart")} must end: give it a limit of its own, or more time with --timeout; the service is stopped, so that up runs its hooks again`,
  };
}

function notReady(seen: Seen): Finding | undefined {
  const { container, facts } = seen;
  const what = facts?.kind === "task" ? "had not completed" : `was still ${container.status}`;
  return { message: `it ${what} when time ran out${upFor(seen)}`, hint: "give it more time with --timeout; its log says how far it came" };
}

function upFor({ container, at }: Seen): string {
  return at === undefined || container.firstRunAt === undefined ? "" : `, ${inSeconds(at - container.firstRunAt)} after its start`;
}
