import type { AskedProbe } from "./catalog.ts";
import type { ServerProbe } from "./catalogue/servers.ts";
import { inputsOf } from "./inputs.ts";
import { quoteAll } from "./render/quote.ts";
import { searchScript } from "./render/search.ts";
import type { Limit, Way } from "./render/way.ts";
import { waysOf } from "./render/ways-of.ts";

/** What asks a server from another container, by its name. */
export interface Asking {
  readonly probe: AskedProbe;
  readonly host: string;
}

/** A script that asks a server as the probe does inside of its container; the first lines say by which programs, and what they read. */
export function needScript(asking: Asking, limit: Limit): string {
  const ways = waysFrom(asking, limit);
  const [only, ...others] = ways;
  const script = only !== undefined && others.length === 0 ? words(only) : searchScript(ways, limit);
  const { variables } = inputsOf(asking.probe);
  const reads = variables.length === 0 ? "" : `# reads ${variables.join(", ")}\n`;
  return `# by ${[...new Set(ways.map(({ tool }) => tool))].join(", ")}\n${reads}${NO_PROXIES}\n${script}`;
}

// What a process needs is a server of its own network; clients that are written in Go ask a proxy for every name but the loopback's.
const NO_PROXIES = "unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY";

/** The programs of which one is enough, for each such script in a text. */
export function programsOfNeeds(text: string): readonly (readonly string[])[] {
  return [...text.matchAll(/ limited sh -c '# by ([\w., -]+)$/gm)].map(([, programs = ""]) => programs.split(", "));
}

/** The variables that such scripts read in a text. */
export function inputsOfNeeds(text: string): readonly string[] {
  return [...text.matchAll(/^# reads ([\w, ]+)$/gm)].flatMap(([, variables = ""]) => variables.split(", "));
}

/** Why a probe can't be asked from another container; `undefined` where it can. */
export function askingRefusal({ probe, host }: Asking): string | undefined {
  if (!isAsked(probe)) return "looks at its own container, and asks no server";
  const [timing] = Object.keys(probe.timing);
  if (timing !== undefined) return `has a timing of its own (${timing}), and startAfter says when it is asked`;
  const local = LOCAL[probe.type]?.(probe as ServerProbe);
  if (local !== undefined) return local;
  return waysFrom({ probe, host }, 1).length === 0 ? "can be asked by no program" : undefined;
}

const NOT_ASKED: ReadonlySet<string> = new Set(["command", "shell", "script", "process", "file", "all", "any", "fromImage", "none"]);

function isAsked(probe: AskedProbe): boolean {
  return !NOT_ASKED.has(probe.type);
}

/** What only the container itself can ask. */
const LOCAL: Readonly<Record<string, (probe: ServerProbe) => string | undefined>> = {
  caddy: ({ port }) => (port === undefined ? "asks the admin endpoint, which listens on the loopback alone (write port)" : undefined),
  traefik: ({ port }) => (port === undefined ? "reads the configuration of its own container (write port)" : undefined),
  rabbitmq: ({ diagnostics }) => (diagnostics === true ? "asks its own node (leave diagnostics out)" : undefined),
};

// Each try has its time limit from outside.
function waysFrom({ probe, host }: Asking, limit: Limit): readonly Way[] {
  const via = "via" in probe ? probe.via : undefined;
  return waysOf(probe, { limit, host })
    .filter(({ tool }) => via === undefined || tool === via)
    .map((way) => ({ ...way, unlimited: false }));
}

function words({ run }: Way): string {
  return typeof run === "string" ? run : quoteAll(run);
}
