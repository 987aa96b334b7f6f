import * as z from "zod";
import type { Issue } from "../errors.ts";
import type { CheckedService } from "../model/checked-stack.ts";
import type { Definition } from "../model/definition.ts";
import { include } from "../model/schema/include.ts";
import { modelSchema } from "../model/schema/model.ts";
import { networkSchema } from "../model/schema/network.ts";
import { attributes, type Extensions } from "../model/schema/object.ts";
import { configSchema, secretSchema } from "../model/schema/secret.ts";
import { volumeSchema } from "../model/schema/volume.ts";
import { membersOf, type Stack } from "../model/stack.ts";
import { issueAt, type Section } from "./draft.ts";
import { handlesOf } from "./handles.ts";
import { parseService } from "./parse-service.ts";
import { schemaIssues } from "./schema-issues.ts";
import type { Subject } from "./subject.ts";

// A range becomes a port each: far more than machines publish, far less than what fills the memory.
const MOST_PORTS = 500_000;

/** Parses every attribute of a stack into its canonical form; what does not parse becomes an issue and is left out. */
export function parseStack(stack: Stack): Subject {
  const issues: Issue[] = [];
  const refused: Issue[] = [];
  const members = membersOf(stack);
  const services = new Map<string, CheckedService>();
  let ports = 0;
  const unknown = new Map<string, ReadonlySet<string>>();
  for (const member of members) {
    const parsed = parseService(member);
    issues.push(...parsed.malformed);
    refused.push(...parsed.refused);
    if (parsed.unknown !== undefined) unknown.set(member.name, parsed.unknown);
    const twin = services.get(member.name);
    if (twin !== undefined) issues.push(sameName("service", member.name, member.definition, twin.definition));
    else if (parsed.service !== undefined) services.set(member.name, parsed.service);
    ports += parsed.service?.model.ports?.length ?? 0;
    if (ports <= MOST_PORTS) continue;
    issues.push(
      issueAt(member.definition, `${member.name}.ports`, `makes it more than ${MOST_PORTS} published ports, and no more are read`),
    );
    break;
  }
  const handles = handlesOf(stack, members);
  const definitions = { models: new Map(), networks: new Map(), volumes: new Map(), secrets: new Map(), configs: new Map() };
  const parseAll = <Model>(section: Section, schema: z.ZodType<Model>, found: readonly Handle[]): Map<string, Model> =>
    parseHandles(section.slice(0, -1), schema, found, definitions[section], issues);
  const parsed = {
    stack,
    unknown,
    refused,
    dockerfiles: [],
    composeFiles: [],
    givenFiles: [],
    absent: new Set<string>(),
    include: parse(include, stack.options.include ?? [], "include", stack.definition, issues) ?? [],
    extensions: parseOptions(stack, issues),
    services,
    models: parseAll("models", modelSchema, handles.models),
    networks: parseAll("networks", networkSchema, handles.networks),
    volumes: parseAll("volumes", volumeSchema, handles.volumes),
    secrets: parseAll("secrets", secretSchema, handles.secrets),
    configs: parseAll("configs", configSchema, handles.configs),
    definitions,
  };
  return { ...parsed, malformed: withUnread(stack, issues) };
}

/** What is wrong in the files that a stack was read from: at the place of what could not be read nothing else is. */
function withUnread({ unread, definition }: Stack, issues: readonly Issue[]): readonly Issue[] {
  if (definition.placeOf === undefined) return issues;
  const places = new Set(unread?.issues.map(({ source }) => source));
  return [...(unread?.issues ?? []), ...eachOnce(issues.filter(({ source }) => !places.has(source)))];
}

/** What several services have from one place, by an anchor or `extends`, is wrong there once. */
function eachOnce(issues: readonly Issue[]): readonly Issue[] {
  const seen = new Set<string>();
  return issues.filter(({ source, path, message }) => {
    const key = [source, path.slice(path.indexOf(".")), message].join("\n");
    return source === undefined || (!seen.has(key) && seen.add(key));
  });
}

// Of these only the names are of interest: what was misspelt may be one of them.
const OPTIONS = attributes(nothing("configs", "include", "models", "networks", "secrets", "volumes"));
const ELEMENTS = attributes(nothing("configs", "include", "models", "name", "networks", "secrets", "services", "volumes"));

function nothing(...names: readonly string[]): Readonly<Record<string, z.ZodUndefined>> {
  return Object.fromEntries(names.map((name) => [name, z.undefined()]));
}

/** What stands beside services, networks and the like: extensions, or something misspelt. */
function parseOptions({ options, definition }: Stack, issues: Issue[]): Extensions {
  const { networks, volumes, secrets, configs, models, include, ...rest } = options;
  const isRead = definition.placeOf !== undefined;
  return parse(isRead ? ELEMENTS : OPTIONS, rest, isRead ? "" : "options", definition, issues) ?? {};
}

interface Handle {
  readonly name: string;
  readonly spec: object;
  readonly definition: Definition;
}

function parseHandles<Model>(
  kind: string,
  schema: z.ZodType<Model>,
  handles: readonly Handle[],
  definitions: Map<string, Definition>,
  issues: Issue[],
): Map<string, Model> {
  const models = new Map<string, Model>();
  for (const { name, spec, definition } of handles) {
    const twin = definitions.get(name);
    if (twin !== undefined) issues.push(sameName(kind, name, definition, twin));
    definitions.set(name, definition);
    const model = parse(schema, spec, name, definition, issues);
    if (model !== undefined) models.set(name, model);
  }
  return models;
}

function parse<Model>(schema: z.ZodType<Model>, spec: unknown, name: string, definition: Definition, issues: Issue[]): Model | undefined {
  const result = schema.safeParse(spec);
  if (result.success) return result.data;
  issues.push(...schemaIssues(result.error, name, definition));
  return undefined;
}

function sameName(kind: string, name: string, definition: Definition, twin: Definition): Issue {
  const other = issueAt(twin, "", "").source;
  const issue = issueAt(
    definition,
    name,
    `two ${kind}s have this name${other === undefined ? "" : `; the other one is at ${other}`}`,
    "give one of them another name",
  );
  return { ...issue, kind: "name" };
}
