import type { ContainerState } from "../decide/snapshot.ts";
import { oneLine } from "../harmless.ts";
import type { CauseRule, Finding, Seen } from "./culprit.ts";
import type { Hint } from "./file-words.ts";
import { lastMatch, startedAgain } from "./words.ts";

/**
 * How the run before ended, where the container runs again; else how this one did. No exit code where it was started again
 * before we looked: the engine forgets it.
 */
export function lastExit(container: ContainerState): { readonly exitCode: number | undefined; readonly oomKilled: boolean } {
  const runsAgain = container.status === "running" || container.status === "paused";
  if (!runsAgain) return container;
  return container.lastExit ?? (container.runs > 1 ? { exitCode: undefined, oomKilled: false } : container);
}

/**
 * What is plain whatever the log says: that others ended it, memory, which the exit code alone does not show, and the shell's own
 * exit codes.
 */
export const PLAIN_CAUSES: readonly CauseRule<Seen>[] = [
  { cause: "killed", find: byOthers(({ exitCode }) => exitCode === 137, killed) },
  { cause: "stopped", find: byOthers(() => true, stopped) },
  { cause: "out-of-memory", find: outOfMemory },
  { cause: "command-not-found", find: onExit(127, commandNotFound) },
  { cause: "not-executable", find: onExit(126, notExecutable) },
];

/** What an exit code tells by itself. */
export const EXIT_CAUSES: readonly CauseRule<Seen>[] = [
  { cause: "segfault", find: onExit(139, segfault) },
  { cause: "aborted", find: onExit(134, aborted) },
  { cause: "killed", find: onExit(137, killed) },
  { cause: "stopped", find: onExit(143, endedAsIfAsked) },
  { cause: "crash-loop", find: crashLoop },
  { cause: "ended", find: ended },
  { cause: "exited", find: exited },
];

function onExit(exitCode: number, find: (container: ContainerState) => Finding): (seen: Seen) => Finding | undefined {
  return ({ container }) => {
    if (lastExit(container).exitCode !== exitCode) return undefined;
    const { message, hint } = find(container);
    return { message: `${message}${startedAgain(container)}`, hint };
  };
}

function byOthers(applies: (container: ContainerState) => boolean, find: (container: ContainerState) => Finding): CauseRule<Seen>["find"] {
  return ({ container }) => (container.endedBy?.who === "others" && applies(container) ? find(container) : undefined);
}

function outOfMemory({ container }: Seen): Finding | undefined {
  const { oomKilled, exitCode } = lastExit(container);
  if (!oomKilled || exitCode === 0) return undefined;
  const limit = container.settings?.memoryLimit ?? 0;
  const size = limit > 0 ? `${Math.round(limit / 1024 / 1024)} MiB` : undefined;
  return {
    message: `the kernel killed it: out of memory${size === undefined ? "" : ` (limit ${size})`}${startedAgain(container)}`,
    hint:
      size === undefined
        ? "the machine ran out of memory: make it need less, or give the engine more"
        : ({ attribute }) => `raise ${attribute("memLimit")} above ${size}, or make it need less (a heap limit must lie below it)`,
  };
}

function commandNotFound({ settings }: ContainerState): Finding {
  return {
    message: `it exited with 127: its command can't be run${commandOf(settings)}`,
    hint: "check command and entrypoint: the program must be in the image; a script needs the shell of its #! line",
  };
}

function notExecutable({ settings }: ContainerState): Finding {
  return {
    message: `it exited with 126: its command can't be run${commandOf(settings)}`,
    hint: "the file is there but can't be executed: chmod +x it in the image (on the host where it is mounted), and look at its #! line",
  };
}

function segfault(): Finding {
  return {
    message: "it crashed: segmentation fault (exit code 139)",
    hint: "a bug of the program or one of its native parts, or an image for another processor (platform)",
  };
}

function aborted(): Finding {
  return {
    message: "it aborted itself (exit code 134)",
    hint: "a failed assertion, or a heap at its limit: the end of its log says which",
  };
}

function killed(): Finding {
  return {
    message: "it was killed (exit code 137), and not for want of memory",
    hint: ({ attribute }) => `something sent SIGKILL: docker kill, or a stop that took longer than ${attribute("stopGracePeriod")}`,
  };
}

function stopped(container: ContainerState): Finding {
  return {
    message: `it was stopped (exit code ${lastExit(container).exitCode})`,
    hint: "something asked it to end: docker stop, another launch or down of the same stack, or a restart of the engine",
  };
}

// Before the launch somebody may have stopped it: no event tells of that.
function endedAsIfAsked(container: ContainerState): Finding {
  if ((container.stops ?? 0) > 0) return stopped(container);
  return {
    message: "it ended as if asked to (exit code 143, that of SIGTERM)",
    hint: "nothing outside was seen to stop it: a program inside sent the signal, or it exits so by itself, which the end of its log may tell; an earlier docker stop leaves the same code",
  };
}

function crashLoop(seen: Seen): Finding | undefined {
  const { container, failure, facts } = seen;
  const isLooping = failure === "crash-loop" || (container.status === "restarting" && facts?.kind !== "task");
  if (!isLooping) return undefined;
  const { exitCode } = lastExit(container);
  return {
    hint: exitCode === 0 ? endsWell(seen) : whyItExits,
    message:
      container.runs > 1
        ? `it was started ${container.runs} times and did not stay up${exitCode === undefined ? "" : ` (last exit code ${exitCode})`}${lastWords(seen)}`
        : `it did not stay up (exit code ${exitCode})${lastWords(seen)}`,
  };
}

const whyItExits: Hint = ({ waitFor }) =>
  `the end of the log says why it exits; if it only needs another service first, write ${waitFor("other", "healthy")}`;

function endsWell({ service }: Seen): Hint {
  return ({ attribute, meantToEnd }) =>
    `its command must stay in the foreground; if it is meant to end, write ${attribute("restart", "on-failure")}, and ${meantToEnd(service)}`;
}

function ended({ service, container, facts }: Seen): Finding | undefined {
  if (lastExit(container).exitCode !== 0) return undefined;
  if (facts?.kind === "task") {
    return {
      message: `it ended with exit code 0${startedAgain(container)}, and its restart policy starts it again for ever`,
      hint: ({ attribute }) => `write ${attribute("restart", "no")}, or ${attribute("restart", "on-failure")}`,
    };
  }
  return {
    message: `it ended with exit code 0${startedAgain(container)}, and a service keeps running`,
    hint: ({ meantToEnd }) => `if it is meant to end, ${meantToEnd(service)}; else its command must stay in the foreground`,
  };
}

function exited(seen: Seen): Finding | undefined {
  const { exitCode } = lastExit(seen.container);
  return {
    message: `it exited${exitCode === undefined ? "" : ` with code ${exitCode}`}${startedAgain(seen.container)}${lastWords(seen)}`,
    hint: seen.log.trim() === "" ? withoutLog(seen) : "the end of its log says why",
  };
}

function withoutLog({ service, container }: Seen): Hint {
  const byHand = `stackwright compose STACK -- run --rm ${service} shows what it does`;
  return container.settings?.keepsLog === false
    ? ({ attribute }) => `what it printed was not kept (${attribute("logging", { driver: "none" })}): ${byHand}, or take that out`
    : `it printed nothing that could be read: ${byHand}`;
}

function lastWords({ log }: Seen): string {
  const end = log.trimEnd().split("\n").at(-1) ?? "";
  // Node.js says its version below an error that nobody caught.
  const last = /^Node\.js v\d/.test(end) ? (lastMatch(log, /^[\w.]*Error\b/)?.line ?? end) : end;
  return last.trim() === "" ? "" : `: ${oneLine(last, 200)}`;
}

function commandOf(settings: ContainerState["settings"]): string {
  return settings === undefined ? "" : `: ${oneLine(settings.command.join(" "), 100)}`;
}
