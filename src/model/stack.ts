import type { Issue } from "../errors.ts";
import { listOf, options, type Rule, type Rules, required } from "./accepted.ts";
import { accepting } from "./accepting.ts";
import { type Definition, definedBy } from "./definition.ts";
import type { Dependency } from "./dependency.ts";
import { attributes, made, NAME } from "./handle-arguments.ts";
import type { Model } from "./model.ts";
import type { Network } from "./network.ts";
import type { IncludeSpec } from "./schema/include.ts";
import type { Json } from "./schema/object.ts";
import type { StackwrightExtension } from "./schema/stackwright.ts";
import type { Config, Secret } from "./secret.ts";
import type { AnyService } from "./service.ts";
import type { Volume } from "./volume.ts";
import type { WrittenCompose } from "./written.ts";

/** What belongs to a stack although no service uses it by its handle. */
export interface StackOptions {
  /** Networks, e.g. `network("default", { ... })` to describe the one that services without `networks` join. Default: none. @see https://docs.docker.com/reference/compose-file/networks/ */
  readonly networks?: readonly Network[];
  /** Volumes that no service mounts. Default: none. @see https://docs.docker.com/reference/compose-file/volumes/ */
  readonly volumes?: readonly Volume[];
  /** Secrets that no service uses. Default: none. @see https://docs.docker.com/reference/compose-file/secrets/ */
  readonly secrets?: readonly Secret[];
  /** Configs that no service uses. Default: none. @see https://docs.docker.com/reference/compose-file/configs/ */
  readonly configs?: readonly Config[];
  /** Models that no service uses. Default: none. @see https://docs.docker.com/reference/compose-file/models/ */
  readonly models?: readonly Model[];
  /** Other Compose files that are taken in. Default: none. @see https://docs.docker.com/reference/compose-file/include/ */
  readonly include?: readonly IncludeSpec[];
  /** What Stackwright should know of the whole stack; Compose ignores it. */
  readonly "x-stackwright"?: StackwrightExtension;
  /** Extensions of the whole file. */
  readonly [extension: `x-${string}`]: Json | undefined;
}

/** A stack: services and everything they need. */
export interface Stack {
  readonly kind: "stack";
  readonly name: string;
  readonly services: readonly AnyService[];
  readonly options: StackOptions;
  readonly definition: Definition;
  /** The Compose files that the stack was read from, form for form; absent where it was written in TypeScript. */
  readonly written?: WrittenCompose;
  /** What is wrong with these files; absent where all of them could be read. */
  readonly unread?: Unread;
}

/** What could not be read of the files of a stack: in its place stands something of which nobody knows what it is. */
export interface Unread {
  readonly issues: readonly Issue[];
  /** Whether every file could be read: otherwise there may be definitions that nobody knows of. */
  readonly isWhole: boolean;
}

const HANDLES: Rules = {
  networks: handles("network"),
  volumes: handles("volume"),
  secrets: handles("secret"),
  configs: handles("config"),
  models: handles("model"),
};

const ACCEPTS = {
  name: NAME,
  services: required(
    listOf(made('a service or task (write service("db", { ... }))', "service", "task"), {
      accepted: "a list of services and tasks (write [db, api])",
    }),
  ),
  options: optionsOfStack(),
};

function handles(kind: string): Rule {
  return listOf(made(`a ${kind} (write ${kind}("name"))`, kind), { accepted: `a list of ${kind}s` });
}

// What is misspelt, and all others, are judged with the rest of the stack.
function optionsOfStack(): Rule {
  const object = attributes('{ networks: [network("default")] }');
  const known = options(HANDLES, { extensions: true });
  return {
    ...object,
    wrong: (value) =>
      object.wrong(value) ??
      known.wrong(Object.fromEntries(Object.entries(value as object).filter(([name]) => Object.hasOwn(HANDLES, name)))),
  };
}

/**
 * A stack of the given services; whatever can be reached from them comes along.
 * The name becomes the Compose project's: lower-case letters, digits, "_" and "-".
 *
 * @see https://docs.docker.com/reference/compose-file/version-and-name/
 */
export const stack = accepting(
  "stack",
  ACCEPTS,
  (name: string, services: readonly AnyService[], options: StackOptions = {}): Stack =>
    Object.freeze<Stack>({ kind: "stack", name, services, options, definition: definedBy(stack) }),
);

/** Whether a value is a stack. */
export function isStack(value: unknown): value is Stack {
  return typeof value === "object" && value !== null && (value as Partial<Stack>).kind === "stack";
}

/** The services of a stack and all they depend on: dependencies first, each once. */
export function membersOf(stack: Stack): readonly AnyService[] {
  const members = new Set<AnyService>();
  // An explicit list of open visits: a chain of thousands of services must not overflow the call stack.
  const open: { service: AnyService; entered: boolean }[] = stack.services.map((service) => ({ service, entered: false })).reverse();
  const seen = new Set<AnyService>();
  for (let visit = open.pop(); visit !== undefined; visit = open.pop()) {
    const { service, entered } = visit;
    if (entered) {
      members.add(service);
    } else if (!seen.has(service)) {
      seen.add(service);
      open.push({ service, entered: true });
      for (const dependency of dependenciesOf(service).toReversed()) {
        if (dependency?.service !== undefined) open.push({ service: dependency.service, entered: false });
      }
    }
  }
  return [...members];
}

// What is not a list is reported when the attributes are parsed.
function dependenciesOf({ spec }: AnyService): readonly Dependency[] {
  return Array.isArray(spec.dependsOn) ? spec.dependsOn : [];
}
