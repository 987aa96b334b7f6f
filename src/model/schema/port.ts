import * as z from "zod";
import type { Computed } from "../computed.ts";
import { type Interpolation, isInterpolation, joinedText, splitText, type Text } from "../interpolation.ts";
import { isIpAddress } from "./address.ts";
import { chosen, custom } from "./forms.ts";
import { attributes, show } from "./object.ts";
import { type OrVariable, scalar, text, word } from "./scalar.ts";

const isPort = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65535;
const isPortRange = (value: unknown): boolean => typeof value === "string" && portRange(value) !== undefined;

// The engine refuses host names here.
const hostIp = scalar<Text>(isIpAddress, "an address of the host", 'write "127.0.0.1" or "::1"');

const published = scalar<Text | number>(
  (value) => ["string", "number"].includes(typeof value) && (isPortRange(String(value)) || String(value) === "0"),
  "a port or a range of ports",
).transform((value) => (typeof value === "number" ? String(value) : value));

const portSchema = attributes({
  /** A name for the port. Default: none. @see https://docs.docker.com/reference/compose-file/services/#ports */
  name: text.optional(),
  /** How the port is published in a Swarm: "host" on each node, "ingress" balanced. Default: "ingress". @see https://docs.docker.com/reference/compose-file/services/#ports */
  mode: word("host", "ingress").optional(),
  /** The address of the host to listen on. Default: all. @see https://docs.docker.com/reference/compose-file/services/#ports */
  hostIp: hostIp.optional(),
  /** The port in the container. @see https://docs.docker.com/reference/compose-file/services/#ports */
  target: scalar<OrVariable<number>>(isPort, "a port", "write a number from 1 to 65535"),
  /** The port on the host, or a range to choose from, e.g. "8000-8010". Default: any free one. @see https://docs.docker.com/reference/compose-file/services/#ports */
  published: published.optional(),
  /** "tcp" or "udp". Default: "tcp". @see https://docs.docker.com/reference/compose-file/services/#ports */
  protocol: word("tcp", "udp", "sctp").optional(),
  /** The application's protocol, e.g. "http". Default: none. @see https://docs.docker.com/reference/compose-file/services/#ports */
  appProtocol: text.optional(),
});

type Protocol = "tcp" | "udp" | "sctp";

// `${bigint}` is a whole number without blanks, and `${bigint}${string}` begins with a digit.
type Digits = `${bigint}${string}`;
type PortText = `${bigint}` | `${bigint}-${bigint}`;
type ComputedPort = `${Computed}` | `${Computed}-${number}` | `${number}-${Computed}`;
// The compiler matches the shortest text before a colon: addresses with colons need the brackets spelt out.
type Host = `${string}:` | `[${string}]:`;
type Mapping =
  | (`${PortText}:${PortText}` & `${Digits}:${Digits}`)
  | (PortText & Digits)
  | `${Host}${PortText}:${PortText}`
  | `${Host}:${PortText}`
  | ComputedPort
  | `${ComputedPort}:${PortText | ComputedPort}`
  | `${PortText}:${ComputedPort}`
  | `${Host}${ComputedPort}:${PortText | ComputedPort}`
  | `${Host}${PortText}:${ComputedPort}`
  | `${Host}:${ComputedPort}`;

/** A port in its short form: `"8080:80"`, `"127.0.0.1:8080:80/tcp"`, `"53:53/udp"`, `"80"`. Numbers may be computed: `` `${port}:80` ``. */
export type ShortPort<Like extends string = "8080:80" | "127.0.0.1:8080:80" | "53:53/udp"> = Like | Mapping | `${Mapping}/${Protocol}`;

/** A port in its long form. @see https://docs.docker.com/reference/compose-file/services/#ports */
export interface PortSpec extends z.input<typeof portSchema> {}

/** A port after parsing. */
export interface Port extends z.output<typeof portSchema> {
  /** The short form, where there are variables in it: only their values tell what each part of it is. */
  readonly short?: Interpolation;
}

/** A published port in any of its forms; a range becomes a port each. */
export const port: z.ZodType<Port[], ShortPort | number | PortSpec | Interpolation> = chosen((value) => {
  if (isInterpolation(value)) return variablePort;
  if (typeof value === "string" || typeof value === "number") return shortPort;
  return typeof value === "object" && value !== null ? longPort : wrongPort;
}, portSchema);

/** A port for other services: a number, a range, each with a protocol. */
export const exposedPort: z.ZodType<Text, ExposedPort> = scalar<ExposedPort>(
  isExposed,
  "a port",
  'write 80, "8000-8010" or "53/udp"',
).transform((value) => (typeof value === "number" ? String(value) : value));

/** A port for other services: `80`, `"8000-8010"`, `"53/udp"`. */
export type ExposedPort = number | ExposedText | `${ExposedText}/${Protocol}` | Interpolation;
type ExposedText = (PortText & Digits) | ComputedPort;

function isExposed(value: unknown): boolean {
  if (typeof value === "number") return isPort(value);
  const match = typeof value === "string" ? /^([\d-]+)(?:\/(tcp|udp|sctp))?$/.exec(value) : null;
  return match !== null && portRange(match[1] ?? "") !== undefined;
}

/** The ports of `"8000-8010"` or `"8000"`; `undefined` where it is neither. */
export function portRange(range: string): readonly number[] | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(range);
  if (match === null) return undefined;
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  if (!isPort(first) || !isPort(last) || last < first) return undefined;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

const longPort = portSchema.transform((each) => [each]);

const ACCEPTED = 'write "8080:80", "127.0.0.1:8080:80", "53:53/udp" or { target: 80, published: 8080 }';
const wrongPort = custom(
  () => false,
  (input) => `${show(input)} is not a port (${ACCEPTED})`,
);

const shortPort = z.unknown().transform((value, context) => {
  const ports = parseShortPort(String(value));
  if (ports !== undefined) return ports;
  context.issues.push({ code: "custom", input: value, message: `${show(value)} is not a port (${ACCEPTED})` });
  return z.NEVER;
});

// What a variable brings along is not known: the colons that are written tell what is what.
const variablePort = z.custom<Interpolation>().transform((short, context): readonly Port[] => {
  const [mapping = "", protocol = "tcp"] = splitText(short, "/");
  const [target = "", published = "", ...host] = splitText(mapping, ":").toReversed();
  const hostIp = addressIn(joinedText(host.toReversed(), ":"));
  const targets = typeof target === "string" ? portRange(target) : [target];
  const isRight = targets !== undefined && (typeof published !== "string" || published === "" || portRange(published) !== undefined);
  if (!isRight || (typeof hostIp === "string" && hostIp !== "" && !isIpAddress(hostIp))) {
    context.issues.push({ code: "custom", input: short, message: `is not a port, whatever its variables say (${ACCEPTED})` });
    return z.NEVER;
  }
  return targets.map((each) => ({
    mode: "ingress",
    ...(hostIp === "" ? {} : { hostIp }),
    target: each,
    // Of a range behind a variable only the ports in the container are known.
    ...(published === "" || targets.length > 1 ? {} : { published }),
    protocol: protocol as "tcp",
    short,
  }));
});

function addressIn(host: Text): Text {
  return typeof host === "string" ? host.replace(/^\[(.*)\]$/, "$1") : host;
}

function parseShortPort(value: string): readonly Port[] | undefined {
  const match = /^(?:(?:(\[[0-9a-fA-F:.%]+\]|[^:[\]]+):)?([\d-]*):)?([\d-]+)(?:\/(tcp|udp|sctp))?$/.exec(value);
  if (match === null) return undefined;
  const [, host, published = "", target = "", protocol = "tcp"] = match;
  const hostIp = host === undefined ? undefined : String(addressIn(host));
  if (hostIp !== undefined && !isIpAddress(hostIp)) return undefined;
  const targets = portRange(target);
  const publishes = published === "" ? undefined : portRange(published);
  if (targets === undefined || (published !== "" && publishes === undefined)) return undefined;
  const ranged = publishes !== undefined && targets.length > 1;
  if (ranged && publishes.length !== targets.length) return undefined;
  return targets.map((each, index) => ({
    mode: "ingress",
    ...(hostIp === undefined ? {} : { hostIp }),
    target: each,
    ...(published === "" ? {} : { published: ranged ? String(publishes[index]) : published }),
    protocol: protocol as "tcp",
  }));
}
