import fc from "fast-check";
import { env, interpolate } from "stackwright";
import * as z from "zod";
import { HOSTILE, hostileKey, hostileText } from "../emit/hostile.ts";
import { flatForms } from "../model/schema/forms.ts";

/**
 * Random values that a schema of the model accepts, derived from the schema itself: what it describes (objects, lists,
 * maps), and of a pool of scalars whatever it accepts. Examples in its own error messages are in the pool.
 *
 * @param instead what stands for schemas that take handles, which no schema describes.
 */
export function valuesOf(schema: z.ZodType, instead: Instead = new Map()): fc.Arbitrary<unknown> {
  const known = instead.get(schema) ?? cache.get(schema);
  if (known !== undefined) return known;
  const choices = [...scalarsOf(schema), ...flatForms(schema).flatMap((form) => structured(form, schema, instead))];
  if (choices.length === 0) throw new Error(`nothing in the pool is accepted: ${messageOf(schema, Symbol("other"))}`);
  const values = fc.oneof(...choices);
  cache.set(schema, values);
  return values;
}

/** Arbitraries for schemas that are not derived. */
export type Instead = ReadonlyMap<z.ZodType, fc.Arbitrary<unknown>>;

const cache = new WeakMap<z.ZodType, fc.Arbitrary<unknown>>();

/** The attributes of an object, each there or not; `chance` is one in so many. */
export function attributesOf(schema: z.ZodObject, instead: Instead, chance = 2): fc.Arbitrary<Record<string, unknown>> {
  const entries = Object.entries(schema.shape as Record<string, z.ZodType>).map(([key, value]) => {
    const values = valuesOf(value instanceof z.ZodOptional ? (value.unwrap() as z.ZodType) : value, instead);
    const absent = { weight: chance - 1, arbitrary: fc.constant(undefined) };
    return [key, value instanceof z.ZodOptional ? fc.oneof(absent, { weight: 1, arbitrary: values }) : values] as const;
  });
  const refusesExtensions = (schema.safeParse({ "x-a": 1 }).error?.issues ?? []).some(({ path }) => path[0] === "x-a");
  const others = refusesExtensions ? fc.constant({}) : extensions;
  return fc
    .tuple(fc.record(Object.fromEntries(entries)), others)
    .map(([object, more]) => ({ ...Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)), ...more }));
}

// As JSON says it: without -0.
const json = fc.jsonValue({ maxDepth: 2, depthSize: "small" }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);

/** Extensions, or none. */
export const extensions: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  { weight: 7, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.tuple(hostileKey, json).map(([key, value]) => ({ [`x-${key}`]: value })),
  },
);

function structured(form: z.ZodType, whole: z.ZodType, instead: Instead): readonly fc.Arbitrary<unknown>[] {
  if (form instanceof z.ZodObject) return acceptedBy(whole, attributesOf(form, instead));
  if (form instanceof z.ZodArray) return acceptedBy(whole, lists(valuesOf(form.element as z.ZodType, instead)));
  if (form instanceof z.ZodRecord) return acceptedBy(whole, mapsOf(valuesOf(form.valueType as z.ZodType, instead), whole));
  return [];
}

// Compose takes out what a list repeats.
export function lists(items: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.uniqueArray(items, { maxLength: 3, selector: identity });
}

function identity(item: unknown): unknown {
  const { target, path } = (item ?? {}) as { target?: unknown; path?: unknown };
  return JSON.stringify(target ?? path ?? item)
    .replaceAll('"', "")
    .split("=")[0];
}

// Some forms are those of the model and not of the language: handles are written in their place.
function acceptedBy(schema: z.ZodType, values: fc.Arbitrary<unknown>): readonly fc.Arbitrary<unknown>[] {
  const isReachable = fc.sample(values, { numRuns: 50, seed: 1 }).some((each) => accepts(schema, each));
  // What stands for a handle is not one yet.
  const fits = (each: unknown): boolean => accepts(schema, each) || JSON.stringify(each).includes('"uses":');
  return isReachable ? [values.filter(fits)] : [];
}

function mapsOf(values: fc.Arbitrary<unknown>, schema: z.ZodType): fc.Arbitrary<unknown> {
  const key = fc.oneof(
    { weight: 2, arbitrary: fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/) },
    { weight: 1, arbitrary: fc.stringMatching(/^[a-z]{1,8}$/) },
    { weight: 1, arbitrary: hostileKey },
  );
  const keyed = fc.oneof({ weight: 9, arbitrary: key }, { weight: 1, arbitrary: key.map((each) => `x-${each}`) });
  return fc.dictionary(keyed, values, { maxKeys: 3, noNullPrototype: true }).map((map) => {
    const entries = Object.entries(map);
    return accepts(schema, map) ? map : Object.fromEntries(entries.filter(([each, value]) => accepts(schema, { [each]: value })));
  });
}

const NUMBERS = [0, 1, -1, 2, 10, 80, 100, 500, 1000, 0.5, 1.25, 0o400, 65535, 2 ** 31 - 1];

// Of each kind of text that the specification knows, some that its readers could mistake.
const TEXTS = [
  ..."1s 1m30s 500ms 0s 1h 100us 1.5s".split(" "),
  ..."64m 1.5g 1gb 100 1KiB 0 010 1e3".split(" "),
  ..."80 8000-8010 8080:80 127.0.0.1:8080:80 53:53/udp 7000-7002:90-92 ::1 10.0.0.1".split(" "),
  ..."/data /run/a,b ./folder ../up ~/home . C:\\data ./a:/b /a:/b:ro,z /only".split(" "),
  ..."busybox:1.37 ghcr.io/a/b@sha256:0123456789abcdef0123456789abcdef SIGINT linux/amd64 02:42:ac:11:00:03".split(" "),
  ..."on-failure:3 every_12h service:a container:c /dev/sda:/dev/xvda:rwm vendor.com/class=name a.example /tmp:size=64m".split(" "),
  "yes",
  "null",
];

function scalarsOf(schema: z.ZodType): readonly fc.Arbitrary<unknown>[] {
  const texts = [...new Set([...TEXTS, ...examplesOf(schema)])].filter((each) => accepts(schema, each));
  const numbers = NUMBERS.filter((each) => accepts(schema, each));
  const others = [true, false, null].filter((each) => accepts(schema, each));
  const anyText = HOSTILE.every((each) => accepts(schema, each)) ? [hostileText] : [];
  const literals = [
    ...anyText,
    ...(texts.length > 0 ? [fc.constantFrom(...texts)] : []),
    ...(numbers.length > 0 ? [fc.constantFrom(...numbers)] : []),
    ...(others.length > 0 ? [fc.constantFrom(...others)] : []),
  ];
  if (literals.length === 0) return [];
  const plain = fc.oneof(...literals);
  return accepts(schema, env("A")) ? [fc.oneof({ weight: 5, arbitrary: plain }, { weight: 1, arbitrary: variableOf(plain) })] : [plain];
}

/** What the messages of a schema advise to write. */
function examplesOf(schema: z.ZodType): readonly string[] {
  const messages = [messageOf(schema, "\u0001"), messageOf(schema, { kind: "other" })].join(" ");
  return [...messages.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? "").filter((each) => !each.includes("\\u0001"));
}

function messageOf(schema: z.ZodType, input: unknown): string {
  return (
    schema
      .safeParse(input)
      .error?.issues.map(({ message }) => message)
      .join(" ") ?? ""
  );
}

function accepts(schema: z.ZodType, value: unknown): boolean {
  return schema.safeParse(value).success;
}

/** Variables that have a literal as their value, or as their default: their names say which. */
function variableOf(literals: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const values = literals.filter((value) => value !== null && isDefault(String(value)));
  return fc.tuple(values, fc.constantFrom("set", "default", "optional", "mixed")).map(([value, how]) => {
    const text = String(value);
    if (how === "default") return env(`UNSET_${text.length}`, { default: text });
    const name = `SET_${Buffer.from(text).toString("hex")}`;
    if (how === "mixed") return interpolate`${env(name)}${env("UNSET", { optional: true })}`;
    return env(name, { optional: how === "optional" });
  });
}

// What `env()` can write as a default: no line breaks, braces in pairs.
function isDefault(text: string): boolean {
  return text !== "" && !/[\n\r{}]/.test(text) && text.length < 200;
}

/** The values of the variables in a text that `variableOf` made. */
export function variablesIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(/\bSET_((?:[0-9a-f]{2})+)/g)].map(([name, hex = ""]) => [name, Buffer.from(hex, "hex").toString("utf8")]),
  );
}
