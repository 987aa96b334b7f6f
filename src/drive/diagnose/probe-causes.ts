import { oneLine } from "../harmless.ts";
import type { CauseRule, Finding, Seen } from "./culprit.ts";
import type { FileWords } from "./file-words.ts";
import { nameNotFound } from "./log-causes.ts";
import { inSeconds, lastFailure, lastMatch, resultOf, withoutMeter } from "./words.ts";

/** Why probes fail, the most telling first. */
export const PROBE_CAUSES: readonly CauseRule<Seen>[] = [
  { cause: "probe-missing", find: probeMissing },
  { cause: "authentication-refused", find: authenticationRefused },
  { cause: "http-status", find: httpStatus },
  { cause: "name-not-found", find: (seen) => fromProbe(seen, (output) => nameNotFound(output, seen.facts)) },
  { cause: "probe-timeout", find: probeTimeout },
  { cause: "wrong-address", find: wrongAddress },
  { cause: "wrong-port", find: wrongPort },
  { cause: "start-period-too-short", find: startPeriodTooShort },
  { cause: "connection-refused", find: connectionRefused },
];

function fromProbe({ container }: Seen, find: (output: string) => Finding | undefined): Finding | undefined {
  const probe = lastFailure(container);
  return probe === undefined ? undefined : find(withoutMeter(probe.output));
}

// The engine's own words (exec failed), the shell's, and those of our own probes.
const NO_PROGRAM =
  /exec: "((?:[^"\\]|\\.)+)": (?:executable file not found|stat .+?: no such file|permission denied)|(?:sh|bash|ash)(?:: line)?(?:: \d+)?: ([^\s:]+): (?:command )?not found|none of ([\w, ]+) is in this image/;

function probeMissing({ container }: Seen): Finding | undefined {
  const probe = lastFailure(container);
  const match = NO_PROGRAM.exec(probe?.output ?? "");
  if (match === null) return undefined;
  const [, byEngine, byShell, ofOurs] = match;
  if (byEngine !== undefined && /\s/.test(byEngine) && !match[0].endsWith("denied")) return wordsInOne(byEngine);
  const program = byEngine ?? byShell ?? ofOurs;
  const image = container.settings?.image;
  return {
    message: `its health check can't run: ${program} is not in the image${image === undefined ? "" : ` ${image}`}`,
    hint: ({ probe }) =>
      `probe with a program that the image has: ${probe("http({ ..., via }) or probe.command")}, or install ${program} in the image`,
  };
}

// A test that is a list has no shell that would split it.
function wordsInOne(program: string): Finding {
  return {
    message: `its health check can't run: "${oneLine(program, 100)}" is taken for the name of one program`,
    hint: 'make each word an element of the list of its own, or give the whole text after "CMD-SHELL", which needs a shell in the image',
  };
}

function authenticationRefused(seen: Seen): Finding | undefined {
  return fromProbe(seen, (output) => {
    const found = lastMatch(
      output,
      /\b(?:HTTP(?:\/[\d.]+)?|error:?) ?(40[13])\b|authentication failed|NOAUTH|WRONGPASS|access denied for user|no password supplied|authentication required|invalid (?:username|password)/i,
    );
    if (found === undefined) return undefined;
    return {
      message: `its health check is refused: ${found.line}`,
      hint: "give the health check the right user and password, or probe something that needs none; a volume keeps the password of its first start",
    };
  });
}

// curl, wget (GNU and busybox), node, Python.
const STATUS =
  /requested URL returned error: (\d{3})|server returned error: HTTP\/[\d.]+ (\d{3})|HTTP(?:\/[\d.]+| Error)? (\d{3})|ERROR (\d{3})/;

function httpStatus(seen: Seen): Finding | undefined {
  return fromProbe(seen, (output) => {
    const found = lastMatch(output, STATUS);
    const status = Number(found?.match.slice(1).find((group) => group !== undefined));
    if (found === undefined) return statusUnsaid(seen);
    if (status < 400) return undefined;
    return {
      message: `its health check is answered with HTTP ${status}: ${found.line}`,
      hint:
        status < 500
          ? `the server runs but does not know that path: check the path of the health check`
          : "the server runs but can't do its work: its log says why",
    };
  });
}

// Nothing but -f makes curl end with 22; where it is silent, that is all there is.
function statusUnsaid({ container }: Seen): Finding | undefined {
  const isCurl = /\bcurl\b/.test((container.settings?.healthcheck?.test ?? []).join(" "));
  if (!isCurl || lastFailure(container)?.exitCode !== 22) return undefined;
  return {
    message: "its health check is answered with an HTTP status of 400 or more (exit code 22 of curl)",
    hint: "the server runs but refuses what it is asked: check the path of the health check, and see its log; curl -sS shows the status",
  };
}

function probeTimeout({ container }: Seen): Finding | undefined {
  const probe = lastFailure(container);
  const match = /Health check exceeded timeout \(([^)]+)\)|no (?:answer|connection) within ([\d.]+ s)|timed out/i.exec(probe?.output ?? "");
  if (probe === undefined || match === null) return undefined;
  const limit = container.settings?.healthcheck?.timeout;
  const after = match[1] ?? match[2] ?? (limit === undefined ? "its time limit" : inSeconds(limit));
  return {
    message: `its health check gets no answer within ${after}`,
    hint: "the service hangs, or its answers take longer: see its log; raise the health check's timeout only if they may",
  };
}

const REFUSED = /connection refused|ECONNREFUSED|could not connect|can't connect|failed to connect|no response/i;
// With an address; else only the port.
const LISTENS_AT =
  /\b(?:listen\w*|serving|bound|running|ready|started|available)\b.*?(?:\[([\da-f:]+)\]|(\d+\.\d+\.\d+\.\d+)|(localhost)):(\d{2,5})\b/i;
const LISTENS_ON = /\b(?:listen\w*|serving|bound|running|ready|started|available)\b.*?(?:port[ =:]+|[^\d.]:|\bon )(\d{2,5})\b(?![.:\d])/i;

function listensOn(log: string): { readonly address?: string | undefined; readonly port: number; readonly line: string } | undefined {
  const at = lastMatch(log, LISTENS_AT);
  if (at !== undefined) {
    const [, six, four, name, port] = at.match;
    return { address: six ?? four ?? name, port: Number(port), line: at.line };
  }
  const on = lastMatch(log, LISTENS_ON);
  return on && { port: Number(on.match[1]), line: on.line };
}

/** The port that the health check asks, as far as its command says. */
function probedPort({ container }: Seen): number | undefined {
  const words = (container.settings?.healthcheck?.test ?? []).join(" ");
  const match =
    /(?:127\.0\.0\.1|localhost|0\.0\.0\.0|\[::1\])[:/ ](\d{2,5})|connect\((\d{2,5})|127\.0\.0\.1", (\d{2,5})|-p ?(\d{2,5})|\bport:(\d{2,5})/.exec(
      words,
    );
  const port = match?.slice(1).find((group) => group !== undefined);
  return port === undefined ? undefined : Number(port);
}

function isRefused({ container }: Seen): boolean {
  return REFUSED.test(lastFailure(container)?.output ?? "");
}

function wrongAddress(seen: Seen): Finding | undefined {
  const listens = listensOn(seen.log);
  if (!isRefused(seen) || listens?.address === undefined || listens.port !== probedPort(seen)) return undefined;
  if (["0.0.0.0", "127.0.0.1", "localhost", "::", "::1"].includes(listens.address)) return undefined;
  return {
    message: `it listens on ${listens.address} only, and its health check asks 127.0.0.1:${listens.port}`,
    hint: "make it listen on 0.0.0.0 (all addresses): then its health check, the other services and published ports reach it",
  };
}

function wrongPort(seen: Seen): Finding | undefined {
  const listens = listensOn(seen.log);
  const probed = probedPort(seen);
  if (!isRefused(seen) || listens === undefined || probed === undefined || listens.port === probed) return undefined;
  return {
    message: `its health check asks port ${probed}, where nothing listens; its log says: ${listens.line}`,
    hint: `change the port of the health check to ${listens.port} (and published ports with it), or the port on which it listens`,
  };
}

/** Above this a service that does not answer is broken, not slow. Seconds. */
const SHORT = 20;

/** How soon after the start its health check gave up, where all it ever had were a few probes then. */
function gaveUpEarly({ container, failure }: Seen): string | undefined {
  const check = container.settings?.healthcheck;
  if (check === undefined || failure !== "unhealthy") return undefined;
  const passed = container.probes.some(({ exitCode }) => exitCode === 0);
  const allowance = check.startPeriod + check.retries * check.interval;
  if (passed || container.failingStreak > check.retries + 1 || allowance > SHORT) return undefined;
  return `${inSeconds(allowance)} after its start (start period ${inSeconds(check.startPeriod)}, then ${check.retries} × ${inSeconds(check.interval)})`;
}

const STARTING = /\b(?:starting|loading|initiali[sz]ing|booting|recovering|migrating|preparing|warming up)\b/i;
const NOT_STARTING = /\b(?:started|ready|done|complete|completed|error|failed|failure|fatal|cannot|unable)\b|can't|container process/i;

/** What its log, or its probe, says of its start, where that is the last it says. */
function saysItStarts({ container, log }: Seen): string | undefined {
  const said = log.trimEnd().split("\n").slice(-5).join("\n");
  if (!NOT_STARTING.test(said)) {
    const found = lastMatch(said, STARTING);
    if (found !== undefined) return `its log says: ${found.line}`;
  }
  const answered = lastFailure(container)?.output ?? "";
  const found = NOT_STARTING.test(answered) ? undefined : lastMatch(answered, STARTING);
  return found && `its health check says: ${found.line}`;
}

// A service that will never listen looks the same: something must show that it was on its way.
function startPeriodTooShort(seen: Seen): Finding | undefined {
  const early = gaveUpEarly(seen);
  const said = saysItStarts(seen);
  if (early === undefined || said === undefined || listensOn(seen.log) !== undefined) return undefined;
  return {
    message: `it was still starting when its health check gave up, ${early}; ${said}`,
    hint: (words) => `give it time to start: ${longerStart(words)}`,
  };
}

function longerStart({ attribute }: FileWords): string {
  return `${attribute("healthcheck", { startPeriod: "60s", startInterval: "500ms" })} costs nothing once it is up`;
}

function connectionRefused(seen: Seen): Finding | undefined {
  const probe = lastFailure(seen.container);
  if (probe === undefined || !isRefused(seen)) return undefined;
  const port = probedPort(seen);
  const where = `where its health check asks${port === undefined ? "" : ` (port ${port})`}`;
  const early = gaveUpEarly(seen);
  const check = `check the port of the health check, and that the program listens on 0.0.0.0${asksItself(seen) ? " or 127.0.0.1" : ", not on 127.0.0.1 only"}`;
  return early === undefined
    ? { message: `nothing listens ${where}: ${resultOf(probe)}`, hint: `${check}; its log says how far it came` }
    : {
        message: `nothing listened ${where} until that gave up, ${early}: ${resultOf(probe)}`,
        hint: (words) => `if it needs longer to start: ${longerStart(words)}; else ${check}`,
      };
}

function asksItself({ container }: Seen): boolean {
  return /127\.0\.0\.1|localhost|\[::1\]/.test((container.settings?.healthcheck?.test ?? []).join(" "));
}
