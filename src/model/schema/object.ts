import * as z from "zod";
import { $constructor } from "zod/v4/core";
import type { Text } from "../interpolation.ts";
import { nearestOf } from "../near-name.ts";

/** What JSON can say, or a variable: the value of an extension. */
export type Json = null | boolean | number | Text | readonly Json[] | { readonly [key: string]: Json };

/**
 * Extensions: attributes that begin with `x-`, which Compose carries along and ignores.
 *
 * @see https://docs.docker.com/reference/compose-file/extension/
 */
export type Extensions = { readonly [key: `x-${string}`]: Json | undefined };

type ExtendedObject<Shape extends z.ZodRawShape> = z.ZodObject<Shape, { in: Extensions; out: Extensions }>;

/**
 * An object of the specification: known attributes and extensions, nothing else.
 * Its keys are the specification's in camelCase; after parsing they stand in the order of `shape`,
 * which is the order of the output. (Maps with keys of the user's are `Map`s after parsing: that is how
 * the emitter tells the two apart.)
 */
export function attributes<Shape extends z.ZodRawShape>(shape: Shape): ExtendedObject<Shape> {
  return objectOf(shape, (key) => key.startsWith("x-")) as unknown as ExtendedObject<Shape>;
}

/** An object of the specification in which Compose accepts no extensions. */
export function closedAttributes<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  return objectOf(shape, () => false) as unknown as z.ZodObject<Shape, z.core.$strict>;
}

/** Attributes in the order of the specification's page on services: the alphabet's. */
export function alphabetical<Shape extends z.ZodRawShape>(shape: Shape): Shape {
  return Object.fromEntries(Object.entries(shape).sort(([a], [b]) => (a < b ? -1 : 1))) as Shape;
}

function objectOf(shape: z.ZodRawShape, isExtension: (key: string) => boolean): z.ZodType {
  const error: z.core.$ZodErrorMap = (issue) => isNot(issue.input, "an object of attributes", `write { ${exampleOf(shape)}: ... }`);
  return new GivenAttributes({ type: "object", shape, catchall: z.unknown(), error, isExtension });
}

interface AttributesDef extends z.core.$ZodObjectDef {
  readonly isExtension: (key: string) => boolean;
}

// An assertion in zod's types, which the compiler wants to be named.
const initObject: (schema: z.ZodObject, def: z.core.$ZodObjectDef) => void = z.ZodObject.init;

/**
 * An object in which only the attributes that are given are looked at. Zod's own asks each that it knows: a service has 92,
 * of which a handful are given, so that asking takes twice as long as all the rest, and preparing to ask 10 ms.
 */
const GivenAttributes = $constructor<z.ZodObject, AttributesDef>("GivenAttributes", (schema, def) => {
  initObject(schema, def);
  const entries = Object.entries(def.shape) as [string, z.core.$ZodType][];
  const names = entries.map(([name]) => name);
  const placeOf = new Map(names.map((name, place) => [name, place]));
  const nearest = nearestOf(names);
  let required: readonly number[] | undefined;
  schema._zod.parse = (payload, context) => {
    const input = payload.value as unknown as Readonly<Record<string, unknown>> | null;
    if (typeof input !== "object" || input === null || Array.isArray(input)) {
      payload.issues.push({ code: "invalid_type", expected: "object", input, inst: schema });
      return payload;
    }
    const output: Record<string, unknown> = {};
    const unknown: string[] = [];
    required ??= [...entries.keys()].filter((place) => entries[place]?.[1]._zod.optin !== "optional");
    const looked = new Set(required);
    for (const key in input) {
      const place = placeOf.get(key);
      if (place === undefined) unknown.push(key);
      else if (input[key] !== undefined) looked.add(place);
    }
    for (const place of [...looked].sort((a, b) => a - b)) {
      const [name, attribute] = entries[place] as [string, z.core.$ZodType];
      // All of our schemas answer at once.
      const { value, issues } = attribute._zod.run({ value: input[name], issues: [] }, context) as z.core.ParsePayload;
      for (const issue of issues) payload.issues.push({ ...issue, path: [name, ...(issue.path ?? [])] });
      output[name] = value;
    }
    for (const key of unknown) {
      const message = def.isExtension(key) ? notJson(input[key]) : unknownAttribute(key, names, nearest);
      if (message === undefined) output[key] = input[key];
      else payload.issues.push({ code: "custom", path: [key], input: key, message, inst: schema });
    }
    payload.value = output;
    return payload;
  };
});

function exampleOf(shape: z.ZodRawShape): string {
  return Object.keys(shape)[0] ?? "x-name";
}

/** What is wrong with a value that is not what it must be; `how` says what is accepted, where `what` alone does not. */
export function isNot(value: unknown, what: string, how?: string, near?: string): string {
  const advice = how === undefined ? "" : ` (${how})`;
  if (value === undefined) return `is required${how === undefined ? `: ${what}` : advice}`;
  return `${show(value)} is not ${what}${near === undefined ? "" : `; did you mean "${near}"?`}${advice}`;
}

/** A value as it is shown in a message. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "function") return "a function";
  if (typeof value === "object" && value !== null && "kind" in value)
    return `a ${value.kind === "interpolation" ? "variable" : String(value.kind)}`;
  const text = asJson(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function notJson(value: unknown): string | undefined {
  return value === undefined || asJson(value) !== undefined ? undefined : "is not a value that JSON can say";
}

/** What has no form in JSON (a BigInt, what contains itself) is shown as far as it can be. */
function asJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

function unknownAttribute(key: string, names: readonly string[], nearest: (key: string) => string | undefined): string {
  const near = nearest(key);
  return near === undefined ? `is not an attribute (accepted: ${listed(names)})` : `is not an attribute; did you mean "${near}"?`;
}

/** Nobody reads more names than that in one message. */
const MOST_NAMES = 20;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(", ");
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}
