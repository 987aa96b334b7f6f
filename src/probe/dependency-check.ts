import { StackError } from "../errors.ts";
import { COMMAND, COUNT, isLine, listOf, options, required, rule, SCRIPT, WORDS } from "../model/accepted.ts";
import { accepting } from "../model/accepting.ts";
import { type Duration, isDuration, seconds } from "../model/duration.ts";
import { isProbe } from "../model/schema/healthcheck.ts";
import type { AskedProbe } from "./catalog.ts";
import { HOST, PORT } from "./catalogue/values.ts";
import { dependencyScript, programsOfScript } from "./dependency-script.ts";
import { type Asking, askingRefusal, needScript } from "./need-script.ts";
import { contentsIn, type ProbedImage } from "./probed-image.ts";
import { choose } from "./render/choose.ts";
import type { Refusal } from "./render/refusal.ts";
import { exec, limitBelow, type Way } from "./render/way.ts";

/** Something that must hold before a process starts: made by `needs.*`. */
export interface Need {
  readonly kind: "need";
  /** What is shown in the log, once a try. */
  readonly label: string;
  /** A function of the script, or a program of the image, with its arguments. */
  readonly words: readonly string[];
  /** The server that a probe asks; its script follows the words. */
  readonly asking?: Asking;
}

const URL_TEXT = rule(
  'a URL (write "http://api:3000/health")',
  (value) => isLine(value) && /^https?:\/\/\S+$/.test(value) && URL.canParse(value),
);
const SERVER_PROBE = rule("a probe made by probe.*", isProbe);

/**
 * What a process can need from others before it starts. Each is checked inside of the container that needs it, so that it
 * also proves the name, the network and the way there.
 */
export const needs = {
  /**
   * `GET` on the URL answers with a status below 400; done with the first of curl, wget, bash, perl (these two without TLS),
   * python3 and node in the image.
   * Proxy variables are ignored: what a service needs is a service of its own network.
   *
   * @throws {StackError} `invalid-stack` for what is not a URL.
   */
  http: accepting(
    "needs.http",
    { url: required(URL_TEXT) },
    (url: `http://${string}` | `https://${string}`): Need => need(url, ["http", url, ...partsOf(url)]),
  ),

  /**
   * The port accepts a connection; done with the first of bash, perl, python3, node and nc in the image.
   *
   * @throws {StackError} `invalid-stack` for what is no host or no port.
   */
  tcp: accepting(
    "needs.tcp",
    { host: required(HOST), port: required(PORT) },
    (host: string, port: number): Need => need(`${host}:${port}`, ["tcp", host, String(port)]),
  ),

  /**
   * The server `host` answers as the probe asks: `needs.probe("db", probe.postgres())`. It is the command of the probe, with the server's
   * name in the place of 127.0.0.1; the container that waits needs a program that can do it (`pg_isready`, `redis-cli`, or for most servers
   * one of curl, wget, bash, perl, python3 and node), and passwords are read there. Does not take timings, and no probes that look at
   * their own container: `command`, `shell`, `script`, `process`, `file`, `all`, `any`, `fromImage`, `none`.
   *
   * @throws {StackError} `invalid-stack` for a probe that can't be asked from another container.
   */
  probe: accepting("needs.probe", { host: required(HOST), probe: required(SERVER_PROBE) }, (host: string, probe: AskedProbe): Need => {
    const refused = askingRefusal({ probe, host });
    if (refused !== undefined) {
      throw StackError.of("invalid-stack", `probe.${probe.type} ${refused}`, { path: "needs.probe", kind: "attribute" });
    }
    return need(`${probe.type} at ${host}`, ["limited", "sh", "-c"], { probe, host });
  }),

  /**
   * A program of the image exits with 0, e.g. a check utility of the application's own; it runs without a shell.
   *
   * @throws {StackError} `invalid-stack` for what is no list of words.
   */
  command: accepting(
    "needs.command",
    { command: required(COMMAND) },
    (command: readonly [string, ...string[]]): Need => need(command.join(" "), ["limited", ...command]),
  ),

  /**
   * A script exits with 0 in the container's shell. `$NAME` is the container's variable.
   *
   * @throws {StackError} `invalid-stack` for what is no text.
   */
  shell: accepting("needs.shell", { script: required(SCRIPT) }, (script: string): Need => need(script, ["limited", "sh", "-c", script])),
} as const;

export interface StartAfterOptions {
  /** Time for all needs together, after which the container exits. Default: "30s". */
  readonly within?: Duration;
  /** Time between two tries. Default: "1s". */
  readonly interval?: Duration;
  /** Time for one try, in whole seconds. Default: "5s". */
  readonly timeout?: Duration;
  /** Tries after the first, for each need; 0 exits at the first failure. Default: as many as fit into `within`. */
  readonly retries?: number;
}

const NEEDS = listOf(rule("a need (write needs.http(...), needs.tcp(...) or another of needs)", isNeed), {
  accepted: "a list of needs that has at least one (write [needs.tcp(...)])",
  least: 1,
});
const SPAN = rule('a duration above zero (write "30s")', (value) => isDuration(value) && seconds(value) > 0);
const OPTIONS = options({ within: SPAN, interval: SPAN, timeout: SPAN, retries: COUNT });

/**
 * A command that starts a process only after everything it needs is there: the form that also works where nothing knows
 * an order of starting (Swarm, Kubernetes, a restarted host). It is a value for `command` or `entrypoint` of a service, or for
 * `.cmd()` and `.entrypoint()` of a Dockerfile; as an entry point it hands the command on.
 *
 * Every try prints one line. Where a need is not met in time, the container exits with the exit code of the last failed
 * check. Otherwise the process takes the place of the shell (`exec`): it is process 1, gets every signal, and its exit code is
 * the container's. The image needs a POSIX shell.
 *
 * @throws {StackError} `invalid-stack` for options that make no sense.
 * @example command: startAfter([needs.http("http://numbers-api/health")], ["node", "server.mjs"], { within: "1m" })
 */
export const startAfter = accepting(
  "startAfter",
  { needs: required(NEEDS), command: required(WORDS), options: OPTIONS },
  (all: readonly [Need, ...Need[]], command: readonly string[], options: StartAfterOptions = {}): readonly string[] => {
    const { within = "30s", interval = "1s", timeout = "5s", retries } = options;
    const limits = { within: wholeSeconds(within), interval: seconds(interval), timeout: wholeSeconds(timeout), retries };
    const below = limitBelow(limits.timeout);
    const checks = all.map(({ label, words, asking }) => ({
      label,
      words: asking === undefined ? words : [...words, needScript(asking, below)],
    }));
    // The word after the script is what the shell calls itself in its own messages.
    return ["sh", "-c", dependencyScript(checks, limits), "start-after", ...command];
  },
);

function need(label: string, words: readonly string[], asking?: Asking): Need {
  // It stands in the one line of each try.
  const line = label.replaceAll(/\s+/g, " ").trim();
  return Object.freeze<Need>({ kind: "need", label: line, words, ...(asking === undefined ? {} : { asking }) });
}

/** What a tool that knows nothing of URLs has to be told; nothing where it could not ask at all. */
function partsOf(url: string): readonly string[] {
  const { protocol, hostname, host, port, username } = new URL(url);
  if (protocol === "https:" || username !== "") return [];
  const [, rest = ""] = /^http:\/\/[^/?#]*([^#]*)/.exec(url) ?? [];
  return [hostname.replace(/^\[(.*)\]$/, "$1"), port === "" ? "80" : port, rest.startsWith("/") ? rest : `/${rest}`, host];
}

function isNeed(value: unknown): value is Need {
  return typeof value === "object" && value !== null && (value as Partial<Need>).kind === "need";
}

/** Why a command that waits for its needs can't do so in an image; `undefined` where it can, or nobody knows. */
export function startRefusal(words: readonly unknown[], image: ProbedImage): Refusal | undefined {
  const { name } = image;
  const contents = contentsIn(image);
  if (name === undefined || contents === undefined) return undefined;
  for (const tools of programsOfScript(words) ?? []) {
    const choice = choose(tools.map(wayOf), contents, name, undefined);
    if (choice.kind === "refused") {
      return {
        message: `${name} has no ${tools.join(", no ")}, and startAfter needs ${tools.length === 1 ? "it" : "one of them"} there`,
        hint: `take a variant that has it; if it is there all the same, say so: image("${name}", { has: ["${tools[0]}"] })`,
      };
    }
  }
  return undefined;
}

function wayOf(tool: string): Way {
  return exec(tool, [tool]);
}

// The shell's clock counts whole seconds.
function wholeSeconds(duration: Duration): number {
  return Math.max(1, Math.ceil(seconds(duration)));
}
