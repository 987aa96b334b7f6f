import { normalize, resolve } from "node:path";
import { substitute } from "../../src/load/compose/interpolate.ts";
import { bytes } from "../../src/model/byte-size.ts";
import { isDuration, seconds } from "../../src/model/duration.ts";

export interface Surroundings {
  /** The folder of the file, where its relative paths begin. */
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
}

// What Compose resolves away or does not know yet.
const RESOLVED = /^\.(services\.[^.]+\.(env_file|label_file|pull_refresh_after)|networks\.[^.]+\.ipam\.options)$/;

// A string that Compose splits into words; the words are looked at where it is a list.
const COMMANDS =
  /^\.services\.[^.]+\.(command|entrypoint|healthcheck\.test|(post_start|pre_stop)\[\d+\]\.command|develop\.watch\[\d+\]\.exec\.command)$/;

// Compose takes out what no service uses.
const UNUSED = /^\.(networks|volumes|secrets|configs|models)(\.[^.]+)?$/;

// Lists whose order is a part of what they say.
const ORDERED = /\.(command|entrypoint|test)$/;

/** The first place where Docker Compose understood something else than was written; `undefined` where it understood it all. */
export function misunderstood(written: unknown, understood: unknown, surroundings: Surroundings, path = ""): string | undefined {
  if (RESOLVED.test(path) || (COMMANDS.test(path) && typeof written === "string")) return undefined;
  const wrong = (): string => `${path}: ${JSON.stringify(written)} became ${JSON.stringify(understood) ?? "nothing"}`.slice(0, 600);
  const inside = (pairs: readonly (readonly [string, unknown, unknown])[]): string | undefined =>
    pairs
      .filter(([step]) => !step.startsWith(".x-"))
      .map(([step, one, other]) => misunderstood(one, other, surroundings, path + step))
      .find((each) => each !== undefined);
  if (isEmpty(written) || (understood === undefined && UNUSED.test(path))) return undefined;
  if (Array.isArray(written)) {
    // What is inherited from the shell, and not there, is nothing.
    if (understood === undefined && !path.endsWith("]") && Object.values(pairsOf(written)).every((each) => each === null)) return undefined;
    if (isObject(understood))
      return inside(Object.entries(pairsOf(written)).map(([key, value]) => [`.${key}`, value, ownIn(undoubledKeys(understood), key)]));
    if (!ORDERED.test(path) && !path.endsWith(".ports") && written.every((each) => typeof each === "string"))
      return sameTexts(written, understood, surroundings) ? undefined : wrong();
    const items = path.endsWith(".ports") ? written.flatMap((each) => portsOf(each, surroundings)) : written;
    if (!Array.isArray(understood) || understood.length !== items.length) return wrong();
    return inside(items.map((each, index) => [`[${index}]`, each, understood[index]]));
  }
  if (isObject(written)) {
    if (path.endsWith(".extra_hosts")) {
      const lines = Object.entries(written).flatMap(([host, addresses]) =>
        (addresses as string[]).map((each) => `${host.replaceAll("$", "$$$$")}=${each}`),
      );
      return sameTexts(lines, understood, surroundings) ? undefined : wrong();
    }
    if (!isObject(understood)) return wrong();
    const keys = path.endsWith("blkio_config") || /blkio_config\..*\]$/.test(path) ? capitalised(understood) : undoubledKeys(understood);
    return inside(Object.entries(written).map(([key, value]) => [`.${key}`, value, ownIn(keys, key)]));
  }
  return isSame(written, understood, surroundings) ? undefined : wrong();
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === "object" && Object.values(value).every(isEmpty));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// A name may be one that every object knows: "toString".
function ownIn(map: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

// Compose doubles the `$` of values and keys when it writes its document.
function undoubledKeys(map: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key.replaceAll("$$", "$"), value]));
}

// Compose writes these with the names of its own fields.
function capitalised(map: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key.toLowerCase(), value]));
}

// A list of KEY=VALUE, in which keys are texts of Compose as well.
function pairsOf(list: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(
    list.map((each) => {
      const text = String(each);
      const at = text.indexOf("=");
      return at < 0 ? [text.replaceAll("$$", "$"), null] : [text.slice(0, at).replaceAll("$$", "$"), text.slice(at + 1)];
    }),
  );
}

/** Lists of texts whose order says nothing; what is there twice counts once. */
function sameTexts(written: readonly string[], understood: unknown, surroundings: Surroundings): boolean {
  const list = Array.isArray(understood) ? understood : [];
  return (
    written.every((each) => each === "" || list.some((other) => isSame(each, other, surroundings))) &&
    list.every((each) => written.some((other) => isSame(other, each, surroundings)))
  );
}

function isSame(written: unknown, understood: unknown, { folder, variables }: Surroundings): boolean {
  const text = typeof written === "string" ? substitute(written, (name) => variables[name]) : String(written);
  // What is not so anyway is not written.
  if (understood === undefined || understood === null)
    return ["false", "", "0"].includes(text) || (isDuration(text) && seconds(text) === 0);
  if (text === "all") return understood === -1 || JSON.stringify(understood) === '[{"count":-1}]';
  if (Array.isArray(understood) && understood.length === 1) return isSame(written, understood[0], { folder, variables });
  if (typeof understood === "object") return isLongForm(text, understood, folder);
  const other = String(understood).replaceAll("$$", "$");
  if (typeof written === "number" && /^0[0-7]+$/.test(other)) return Number.parseInt(other, 8) === written;
  if (
    text === other ||
    withoutBrackets(text) === other ||
    (text.startsWith("~") && other.endsWith(text.slice(1))) ||
    resolve(folder, text) === other ||
    normalize(text) === other
  )
    return true;
  const [one, two] = [text, other.replace("µs", "us")];
  if (isDuration(one) && isDuration(two)) return Math.abs(seconds(one) - seconds(two)) < 1e-6;
  // Compose keeps some numbers in 32 bits.
  return text.trim() !== "" && (Math.fround(Number(text)) === Math.fround(Number(other)) || bytes(text) === Number(other));
}

// Around addresses of IPv6 they are not needed.
function withoutBrackets(text: string): string {
  return text.replace(/=\[([^=]*)\]$/, "=$1");
}

/** The long form of a port, a mount or a device, or of a limit of a process that is 0. */
function isLongForm(text: string, understood: object, folder: string): boolean {
  if (text === "0") return isEmpty(understood);
  if ("protocol" in understood) return isPort(text, understood);
  if ("type" in understood) return isMount(text, understood, folder);
  const { source, target, permissions } = understood as { source?: string; target?: string; permissions?: string };
  const [from, to = from, rights = "rwm"] = text.split(":");
  return source?.replaceAll("$$", "$") === from && target?.replaceAll("$$", "$") === to && permissions === rights;
}

/** Each port of a range: what a variable says is one text in the file. */
function portsOf(written: unknown, { variables }: Surroundings): readonly unknown[] {
  if (typeof written !== "string") return [written];
  const text = substitute(written, (name) => variables[name]);
  const [, before = "", published = "", target = "", protocol = ""] = /^(.*?)((?<=^|:)[\d-]*:)?([\d-]+)(\/\w+)?$/.exec(text) ?? [];
  const [targets, others] = [rangeOf(target), rangeOf(published.replace(":", ""))];
  if (targets.length < 2) return [text];
  return targets.map((each, index) => `${before}${published === "" ? "" : `${others[index]}:`}${each}${protocol}`);
}

function rangeOf(text: string): readonly number[] {
  const [first = 0, last = first] = text.split("-").map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function isPort(text: string, understood: object): boolean {
  const { host_ip: host, published, target, protocol } = understood as Readonly<Record<string, string | undefined>>;
  const [, address = "", outside, inside = "", written = "/tcp"] = /^(.*?)(?:(?<=^|:)([\d-]*):)?([\d-]+)(\/\w+)?$/.exec(text) ?? [];
  const isAddress = (host ?? "") === address.replace(/:$/, "").replace(/^\[(.*)\]$/, "$1");
  return isAddress && (outside ?? "") === (published ?? "") && Number(inside) === Number(target) && written === `/${protocol}`;
}

function isMount(text: string, understood: object, folder: string): boolean {
  const { source, target, read_only: readOnly = false } = understood as { source?: string; target?: string; read_only?: boolean };
  const [from = "", to, options = ""] = text.split(":");
  if (to === undefined) return source === undefined && normalize(target ?? "") === normalize(from);
  const isFrom = source === from || source === resolve(folder, from) || (from.startsWith("~") && source?.endsWith(from.slice(1)) === true);
  return isFrom && target === to && readOnly === options.split(",").includes("ro");
}
