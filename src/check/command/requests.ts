import { hasOption, optionValue } from "./options.ts";
import { argumentsOf, type Command, programOf, type Word } from "./script.ts";
import { givenTo } from "./tools.ts";

/** Where a command of a probe connects to. */
export interface Request {
  readonly command: Command;
  /** `http`, `https`, `tcp`, or what a client of a database speaks: `postgres`, `mysql`, `redis`. */
  readonly scheme: string;
  /** `undefined` where the program chooses, or it isn't known. */
  readonly host: string | undefined;
  readonly port: number | undefined;
  /** With its query, `/` where none is given. */
  readonly path: string;
}

/** What a variable of the container is worth; `undefined` where that isn't known. */
export type Lookup = (name: string) => string | undefined;

/** Everything that a command connects to, as far as it is known before it runs. */
export function requestsOf(command: Command, lookup: Lookup): readonly Request[] {
  return [...byProgram(command, lookup), ...devices(command, lookup)];
}

/** The text of a word with what is known of its variables put in; `undefined` where something stays unknown. */
export function resolved(word: Word | undefined, lookup: Lookup): string | undefined {
  const texts = word?.pieces.map((piece) => {
    if (piece.kind === "text") return piece.text;
    if (piece.kind === "variable") return lookup(piece.name) ?? piece.fallback;
    return undefined;
  });
  return texts?.every((text) => text !== undefined) ? texts.join("") : undefined;
}

/** A word as a text in which what isn't known is `UNKNOWN`. */
function withHoles(word: Word, lookup: Lookup): string {
  return word.pieces.map((piece) => resolved({ pieces: [piece] }, lookup) ?? UNKNOWN).join("");
}

// No host, port or path that anybody writes has it in it.
const UNKNOWN = "\ufffd";

function byProgram(command: Command, lookup: Lookup): readonly Request[] {
  const program = programOf(command) ?? "";
  if (CLIENTS.has(program)) return clientRequest(command, program, lookup);
  const given = givenTo(command);
  if (program === "nc" || program === "ncat" || program === "netcat") {
    const [host, port] = (given?.operands ?? []).map((word) => resolved(word, lookup));
    return given !== undefined && given.operands.length >= 2 && !hasOption(given, "-U", "-l")
      ? [{ command, scheme: "tcp", host, port: portOf(port), path: "/" }]
      : [];
  }
  if (program === "curl" && given !== undefined) {
    const url = optionValue(given, "--url");
    return [...given.operands, ...(url === undefined ? [] : [url])].flatMap((word) => urlRequest(command, withHoles(word, lookup), "http"));
  }
  if (program === "wget" && given !== undefined)
    return given.operands.flatMap((word) => urlRequest(command, withHoles(word, lookup), "http"));
  if (program === "echo" || program === "printf" || program === "grep") return [];
  return argumentsOf(command).flatMap((word) => urlsIn(command, withHoles(word, lookup)));
}

/** What a client of a database speaks, and its options. */
type Client = readonly [scheme: string, host: readonly string[], port: readonly string[]];
const CLIENTS: ReadonlyMap<string, Client> = new Map<string, Client>([
  ...["pg_isready", "psql"].map((name): [string, Client] => [name, ["postgres", ["-h", "--host"], ["-p", "--port"]]]),
  ...["mysqladmin", "mysql", "mariadb-admin", "mariadb"].map((name): [string, Client] => [
    name,
    ["mysql", ["-h", "--host"], ["-P", "--port"]],
  ]),
  ...["redis-cli", "valkey-cli", "keydb-cli"].map((name): [string, Client] => [name, ["redis", ["-h"], ["-p"]]]),
]);

function clientRequest(command: Command, program: string, lookup: Lookup): readonly Request[] {
  const [scheme = "", hosts = [], ports = []] = CLIENTS.get(program) ?? [];
  const given = givenTo(command);
  if (given === undefined) return [];
  return [
    {
      command,
      scheme,
      host: resolved(optionValue(given, ...hosts), lookup),
      port: portOf(resolved(optionValue(given, ...ports), lookup)),
      path: "/",
    },
  ];
}

/** `/dev/tcp/HOST/PORT`, which bash opens. */
function devices(command: Command, lookup: Lookup): readonly Request[] {
  const targets = [...command.redirections.flatMap(({ target }) => (target === undefined ? [] : [target])), ...argumentsOf(command)];
  return targets.flatMap((word) => {
    const match = /^\/dev\/tcp\/([^/]+)\/([^/]+)$/.exec(withHoles(word, lookup));
    return match === null ? [] : [{ command, scheme: "tcp", host: known(match[1]), port: portOf(match[2]), path: "/" }];
  });
}

const URL_IN_TEXT = /\bhttps?:\/\/[^\s"'`\\)<>|;]+/g;

/** The addresses in a piece of code, or in an option of a program that nothing is known of. */
function urlsIn(command: Command, text: string): readonly Request[] {
  return [...text.matchAll(URL_IN_TEXT)].flatMap(([url]) => urlRequest(command, url, "http"));
}

function urlRequest(command: Command, text: string, usualScheme: string): readonly Request[] {
  const match = /^(?:([a-z]+):\/\/)?(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]+)(?::([^/?#]*))?([/?#].*)?$/i.exec(text);
  if (match === null) return [];
  const [, scheme = usualScheme, host, port, path = "/"] = match;
  return [
    {
      command,
      scheme: scheme.toLowerCase(),
      host: known(host?.toLowerCase()),
      port: port === undefined ? DEFAULT_PORTS.get(scheme.toLowerCase()) : portOf(port),
      path: path.startsWith("/") ? path : `/${path}`,
    },
  ];
}

const DEFAULT_PORTS: ReadonlyMap<string, number> = new Map([
  ["http", 80],
  ["https", 443],
]);

function portOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : undefined;
}

function known(text: string | undefined): string | undefined {
  return text === undefined || text.includes(UNKNOWN) ? undefined : text;
}
