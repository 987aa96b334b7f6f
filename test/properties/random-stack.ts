import fc from "fast-check";
import {
  type AnyService,
  type Config,
  config,
  type Model,
  model,
  type Network,
  network,
  probe,
  type Secret,
  type Stack,
  secret,
  service,
  stack,
  task,
  type Volume,
  volume,
} from "stackwright";
import * as z from "zod";
import { StackError } from "../../src/errors.ts";
import { mountTarget } from "../../src/model/schema/container-path.ts";
import { modelSchema, modelUseSchema } from "../../src/model/schema/model.ts";
import { namedMountSchema } from "../../src/model/schema/mount.ts";
import { networkAttachmentSchema, networkSchema } from "../../src/model/schema/network.ts";
import { configSchema, grantSchema, secretSchema } from "../../src/model/schema/secret.ts";
import { serviceSchema } from "../../src/model/schema/service.ts";
import { volumeSchema } from "../../src/model/schema/volume.ts";
import { hostileText } from "../emit/hostile.ts";
import { attributesNamed, itemsOf, objectsOf } from "../model/schema/forms.ts";
import { attributesOf, extensions, type Instead, lists, valuesOf } from "./random-values.ts";

type Spec = Record<string, unknown>;

/** A stack as plain data, so that a failure shows all of it; what services use is named, not yet a handle. */
export interface Description {
  readonly services: Readonly<Record<string, Spec>>;
  readonly networks: Readonly<Record<string, Spec>>;
  readonly volumes: Readonly<Record<string, Spec>>;
  readonly secrets: Readonly<Record<string, Spec>>;
  readonly configs: Readonly<Record<string, Spec>>;
  readonly models: Readonly<Record<string, Spec>>;
  readonly options: Spec;
}

const NAMES = {
  services: ["a", "web-1", "010", "constructor"],
  networks: ["n", "default"],
  volumes: ["v", "yes", "toString"],
  secrets: ["s", "1e3"],
  configs: ["c", "null"],
  models: ["m"],
} as const;

type Section = keyof typeof NAMES;

/** What a service uses: a name, to be replaced by its handle, and how it is used. */
interface Use {
  readonly uses: Section;
  readonly name: string;
  readonly as?: unknown;
  readonly at?: string;
}

function use(uses: Exclude<Section, "services">, as: fc.Arbitrary<unknown>, at?: fc.Arbitrary<string>): fc.Arbitrary<Use> {
  return fc.record({ uses: fc.constant(uses), name: fc.constantFrom(...NAMES[uses]), as, ...(at === undefined ? {} : { at }) });
}

const NOTHING: Instead = new Map();

// Without variables, whose values check does not know.
const isVariable = (value: unknown): boolean => JSON.stringify(value)?.includes('"interpolation"') === true;
const literals = (schema: z.ZodType): fc.Arbitrary<unknown> => valuesOf(schema).filter((value) => !isVariable(value));

const literalsIn = (schema: z.ZodObject, name: string): readonly (readonly [z.ZodType, fc.Arbitrary<unknown>])[] => {
  const found = schema.shape[name] as z.ZodOptional | undefined;
  const inner = found?.unwrap() as z.ZodType | undefined;
  return inner === undefined ? [] : [[inner, literals(inner)]];
};

const maybe = (schema: z.ZodObject): fc.Arbitrary<unknown> => fc.option(attributesOf(schema, NOTHING), { nil: undefined });
const few = (item: fc.Arbitrary<unknown>): fc.Arbitrary<unknown[]> =>
  fc.uniqueArray(item, { maxLength: 3, selector: (each) => (each as Use).name });
const grantOptions = attributesOf(grantSchema, new Map(literalsIn(grantSchema, "mode"))).map(({ source, target, ...options }) => options);
const grants = (kind: "secrets" | "configs") =>
  few(fc.oneof(use(kind, fc.constant(undefined)), use(kind, grantOptions, fc.constantFrom("/run/x", "y", "a b"))));

const attribute = (name: string): z.ZodType => {
  const [found] = attributesNamed([serviceSchema], name);
  if (found === undefined) throw new Error(`there is no attribute ${name}`);
  return (found as z.ZodOptional).unwrap() as z.ZodType;
};

const inside = (names: readonly string[]): z.ZodType => {
  const step = (schemas: readonly z.ZodType[], name: string): readonly z.ZodType[] =>
    name === "[]" ? itemsOf(schemas) : attributesNamed(schemas, name);
  const [found] = names.reduce(step, [serviceSchema]);
  if (found === undefined) throw new Error(`there is no attribute ${names.join(".")}`);
  return found instanceof z.ZodOptional ? (found.unwrap() as z.ZodType) : found;
};

const LITERALS = [
  ...[
    "links",
    "volumesFrom",
    "networkMode",
    "pid",
    "ipc",
    "scale",
    "cpus",
    "memLimit",
    "memReservation",
    "pidsLimit",
    "devices",
    "tmpfs",
    "groupAdd",
    "securityOpt",
    "extraHosts",
    "externalLinks",
    "memswapLimit",
  ].map((name) => [name]),
  ["build", "ssh"],
  ["build", "extraHosts"],
  ["deploy", "replicas"],
  ...["cpus", "memory", "pids"].map((name) => ["deploy", "resources", "limits", name]),
  ["deploy", "resources", "reservations", "memory"],
  ["build", "platforms"],
  ["healthcheck", "test"],
  ["develop", "watch", "[]", "action"],
];

const mounts = itemsOf([attribute("volumes")]);
const [mountSchema = attribute("volumes")] = mounts;
const [portSchema = attribute("ports")] = itemsOf([attribute("ports")]);
// Without an absolute path nothing of a mount would be left.
const AT_PATH: Instead = new Map([
  [
    mountTarget,
    fc.oneof(
      fc.constantFrom("/a", "/b c", "/run/a,b", "/010", "C:\\data"),
      hostileText.map((each) => `/${each}`),
    ),
  ],
]);
// Compose takes out a port that is published twice.
const containerPort = (port: unknown): string => {
  const { target = port } = port as { target?: unknown };
  return String(Number(/\d+(?!.*\d)/s.exec(JSON.stringify(target))?.[0]));
};
const files = (...names: readonly string[]) => fc.constantFrom(...names);
export const FILES = ["e.env", "./a b.env", "sub/$x.env"];

// What takes handles, other services, or files that must be there.
const INSTEAD: Instead = new Map<z.ZodType, fc.Arbitrary<unknown>>([
  [attribute("networks"), few(use("networks", maybe(networkAttachmentSchema)))],
  [attribute("models"), few(use("models", maybe(modelUseSchema)))],
  [attribute("secrets"), grants("secrets")],
  [attribute("configs"), grants("configs")],
  [inside(["build", "secrets"]), grants("secrets")],
  [inside(["credentialSpec", "config"]), use("configs", fc.constant(undefined))],
  [
    attribute("volumes"),
    fc.array(
      fc.oneof(valuesOf(mountSchema, AT_PATH), use("volumes", attributesOf(namedMountSchema, NOTHING), fc.constantFrom("/v", "/w x"))),
      {
        maxLength: 3,
      },
    ),
  ],
  [
    attribute("ports"),
    fc.uniqueArray(
      valuesOf(portSchema).filter((port) => !isVariable((port as { target?: unknown }).target)),
      { maxLength: 3, selector: containerPort },
    ),
  ],
  [attribute("dependsOn"), fc.array(dependencies(), { maxLength: 2 })],
  [attribute("extends"), fc.constant(undefined)],
  // Where the value of a variable would have to fit to the rest of the stack, which check can't know.
  [attribute("command"), valuesOf(attribute("command")).filter((value) => Array.isArray(value) || !isVariable(value))],
  ...LITERALS.map((names) => [inside(names), literals(inside(names))] as const),
  [
    attribute("envFile"),
    fc.oneof(
      files(...FILES),
      lists(
        fc.oneof(files(...FILES), fc.record({ path: files(...FILES), required: fc.boolean(), format: fc.constantFrom("raw", undefined) })),
      ),
    ),
  ],
  [attribute("labelFile"), fc.oneof(files(...FILES), lists(files(...FILES)))],
]);

interface Dependency {
  readonly after: string;
  readonly condition: "started" | "healthy" | "completed";
  readonly options: object;
}

function dependencies(): fc.Arbitrary<Dependency> {
  return fc.record({
    after: fc.constantFrom(...NAMES.services),
    condition: fc.constantFrom("started", "healthy", "completed"),
    options: fc.record({ restart: fc.boolean(), required: fc.boolean() }, { requiredKeys: [] }),
  });
}

const healthcheck = fc.oneof(
  valuesOf(attribute("healthcheck"), INSTEAD),
  fc.constantFrom(probe.http({ port: 80, via: "wget" }), probe.command(["a", "$b"], { interval: "3s" }), probe.none()),
);

const IN_SERVICES: Instead = new Map([...INSTEAD, [attribute("healthcheck"), healthcheck]]);
const aService = attributesOf(serviceSchema, IN_SERVICES, 8);

function section(schema: z.ZodObject, names: readonly string[]): fc.Arbitrary<Readonly<Record<string, Spec>>> {
  return fc.record(Object.fromEntries(names.map((name) => [name, attributesOf(schema, new Map(literalsIn(schema, "external")), 3)])));
}

/** Any stack that the model can describe, but for `extends` and `include`, which reading resolves. */
export const description: fc.Arbitrary<Description> = fc.record({
  services: fc.dictionary(fc.constantFrom(...NAMES.services), aService, { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
  networks: section(networkSchema, NAMES.networks),
  volumes: section(objectsOf([volumeSchema])[0] as z.ZodObject, NAMES.volumes),
  secrets: section(secretSchema, NAMES.secrets),
  configs: section(configSchema, NAMES.configs),
  models: section(modelSchema, NAMES.models),
  options: extensions,
});

/** What can be said of a service. */
export const SERVICE_ATTRIBUTES: readonly string[] = Object.keys(serviceSchema.shape).filter((name) => name !== "extends");

/** The same with a service that has one attribute for sure and no other, so that nothing contradicts it. */
export function describing(name: string): fc.Arbitrary<Description> {
  const alone = fc.record({ [name]: valuesOf(attribute(name), IN_SERVICES) });
  return fc.tuple(description, alone).map(([whole, spec]) => ({ ...whole, services: { "010": {}, "web-1": {}, a: spec } }));
}

/** The stack of a description, as somebody would write it in TypeScript. */
export function stackOf({ services, options, ...sections }: Description): Stack {
  const all = <Handle>(specs: Readonly<Record<string, Spec>>, make: (name: string, spec: never) => Handle) =>
    new Map(Object.entries(specs).map(([name, spec]) => [name, make(name, spec as never)]));
  const handles: Handles = {
    networks: all(sections.networks, network),
    volumes: all(sections.volumes, volume),
    secrets: all(sections.secrets, secret),
    configs: all(sections.configs, config),
    models: all(sections.models, model),
    services: new Map(),
  };
  const awaited = new Set(
    Object.values(services).flatMap(({ dependsOn }) =>
      ((dependsOn ?? []) as Dependency[]).filter(({ condition }) => condition === "completed").map(({ after }) => after),
    ),
  );
  for (const [name, spec] of Object.entries(services)) {
    const { dependsOn, ...rest } = spec;
    const built = filled(rest, handles) as object;
    const before = ((dependsOn ?? []) as Dependency[]).flatMap((each) => dependencyOf(each, handles));
    const own = { ...built, ...(dependsOn === undefined ? {} : { dependsOn: before }) } as never;
    handles.services.set(name, awaited.has(name) ? task(name, own) : service(name, own));
  }
  return stack("random", [...handles.services.values()], {
    ...options,
    networks: [...handles.networks.values()],
    volumes: [...handles.volumes.values()],
    secrets: [...handles.secrets.values()],
    configs: [...handles.configs.values()],
    models: [...handles.models.values()],
  });
}

interface Handles {
  readonly networks: ReadonlyMap<string, Network>;
  readonly volumes: ReadonlyMap<string, Volume>;
  readonly secrets: ReadonlyMap<string, Secret>;
  readonly configs: ReadonlyMap<string, Config>;
  readonly models: ReadonlyMap<string, Model>;
  readonly services: Map<string, AnyService>;
}

// A service waits only for those before it, so that there is no cycle; a condition that one does not offer becomes `started`.
function dependencyOf({ after, condition, options }: Dependency, { services }: Handles): readonly unknown[] {
  const other = services.get(after) as Record<string, (options: object) => unknown> | undefined;
  if (other === undefined) return [];
  const awaits = other[condition] ?? other["started"];
  try {
    return [awaits?.(options)];
  } catch {
    return [other["started"]?.(options)];
  }
}

function filled(value: unknown, handles: Handles): unknown {
  if (Array.isArray(value)) return value.map((each) => filled(each, handles));
  if (typeof value !== "object" || value === null || "kind" in value) return value;
  if ("uses" in value) return handleOf(value as Use, handles);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, handles)]));
}

function handleOf({ uses, name, as, at }: Use, handles: Handles): unknown {
  const handle = handles[uses].get(name) as { with?: (as: unknown) => unknown; at?: (target: string, as: unknown) => unknown };
  if (at !== undefined) return handle.at?.(at, as);
  return as === undefined ? handle : handle.with?.(as);
}

/** A description without what `check` refuses: attributes that contradict each other are taken out until nothing is wrong. */
export function repaired(whole: Description, check: (stack: Stack) => unknown): Description {
  let current = whole;
  for (let round = 0; round < 40; round++) {
    try {
      check(stackOf(current));
      return current;
    } catch (error) {
      if (!(error instanceof StackError)) throw error;
      const next = error.issues.reduce((each, issue) => without(each, issue.path, issue.message), current);
      if (JSON.stringify(next) === JSON.stringify(current)) throw error;
      current = next;
    }
  }
  throw new Error("could not be repaired");
}

function without(whole: Description, path: string, message: string): Description {
  for (const name of Object.keys(NAMES) as Section[]) {
    for (const [key, spec] of Object.entries(whole[name])) {
      if (path !== key && !path.startsWith(`${key}.`)) continue;
      const [attribute = ""] = path.slice(key.length + 1).split(".");
      return { ...whole, [name]: { ...whole[name], [key]: attribute === "" ? completed(spec, name) : omit(spec, attribute) } };
    }
  }
  throw new Error(`${path}: ${message}`);
}

// What is said of a definition as a whole: that its origin is missing, or given twice.
function completed(spec: Spec, section: Section): Spec {
  if (section === "services") return { ...spec, image: "busybox:1.37" };
  return { ...omit(omit(omit(spec, "environment"), "content"), "external"), file: "./file.txt" };
}

function omit(spec: Spec, attribute: string): Spec {
  const { [attribute]: _, ...rest } = spec;
  return rest;
}
