import * as z from "zod";
import { type Duration, isDuration } from "../duration.ts";
import { type Interpolation, isInterpolation, type Text } from "../interpolation.ts";
import { show } from "./object.ts";

/** A value that is one of the given type, or a variable: wherever Compose interpolates, `env()` is accepted. */
export type OrVariable<T> = T | Interpolation;

/** Text, with or without variables. */
export const text: z.ZodType<Text, Text> = scalar<Text>((value) => typeof value === "string", "a string");

/** Text where a number may be written as well. */
export const textOrNumber: z.ZodType<Text, Text | number> = scalar<Text | number>(
  (value) => typeof value === "string" || Number.isFinite(value),
  "a string or a number",
).transform((value) => (typeof value === "number" ? String(value) : value));

/** True or false. */
export const flag: z.ZodType<OrVariable<boolean>, OrVariable<boolean>> = scalar<OrVariable<boolean>>(
  (value) => typeof value === "boolean",
  "true or false",
);

/** A whole number from 0. */
export const count: z.ZodType<OrVariable<number>, OrVariable<number>> = scalar<OrVariable<number>>(
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  "a whole number from 0",
);

/** A time span. */
export const duration: z.ZodType<OrVariable<Duration>, OrVariable<Duration>> = scalar<OrVariable<Duration>>(
  isDuration,
  "a duration",
  'write "5s", "1m30s" or "500ms"',
);

/** One of a closed set of words. */
export function word<const Word extends string>(...words: readonly Word[]): z.ZodType<OrVariable<Word>, OrVariable<Word>> {
  return scalar<OrVariable<Word>>(
    (value) => words.includes(value as Word),
    "accepted here",
    `write ${words.map((each) => `"${each}"`).join(", ")}`,
  );
}

/** A leaf: a literal that `isValid` accepts, or a variable; `what` and `how` are the message's words. */
export function scalar<T>(isValid: (value: unknown) => boolean, what: string, how?: string): z.ZodType<T, T> {
  const advice = how === undefined ? "" : ` (${how})`;
  return z.custom<T>((value) => isValid(value) || isInterpolation(value), {
    // The other attributes are looked at all the same.
    abort: false,
    error: (issue) => `${show(issue.input)} is not ${what}${advice}`,
  });
}

/** A folder or file of the machine that launches the stack; relative to the stack's module. */
export interface HostPath {
  readonly kind: "path";
  readonly path: Text;
}

/** Whether a value is a host path. */
export function isHostPath(value: unknown): value is HostPath {
  return typeof value === "object" && value !== null && (value as Partial<HostPath>).kind === "path";
}

/** A path on the host. */
export const hostPath: z.ZodType<HostPath, Text> = text.transform((path): HostPath => ({ kind: "path", path }));

/** One item, or several. */
export function listOf<Out, In>(item: z.ZodType<Out, In>): z.ZodType<Out[], readonly In[]> {
  return z.array(item, { error: (issue) => `${show(issue.input)} is not a list` }).readonly() as unknown as z.ZodType<Out[], readonly In[]>;
}

type UserMap<Out, In> = z.ZodType<Map<string, Out>, { readonly [key: string]: In }>;

/** A map whose keys are the user's and stay as written. */
export function mapOf<Out, In>(value: z.ZodType<Out, In>): UserMap<Out, In> {
  return anyMapOf(value).superRefine((map, context) => {
    for (const key of map.keys()) {
      if (!key.startsWith("x-")) continue;
      context.issues.push({ code: "custom", path: [key], input: key, message: 'begins with "x-": Compose takes it out, as an extension' });
    }
  });
}

// Keys that begin with `x-` are accepted where the emitter can write a list instead.
function anyMapOf<Out, In>(value: z.ZodType<Out, In>): UserMap<Out, In> {
  return z
    .record(z.string(), value, { error: (issue) => `${show(issue.input)} is not a map` })
    .transform((record) => new Map(Object.entries(record)));
}

/** A command as Compose takes it: a list runs as it is, a string is split into words as a shell would. */
export const command: z.ZodType<Text | Text[], Text | readonly Text[]> = eitherOf(text, listOf(text));

/** Environment values: text, numbers and booleans arrive as text, `null` is inherited from the launching shell. */
export const environment: z.ZodType<Map<string, Text | null>, { readonly [name: string]: Text | number | boolean | null }> = anyMapOf(
  scalar<Text | number | boolean | null>(
    (value) => value === null || ["string", "boolean"].includes(typeof value) || Number.isFinite(value),
    "a string, a number, a boolean or null",
  ).transform((value) => (typeof value === "number" || typeof value === "boolean" ? String(value) : value)),
);

/** Labels: a map of texts. */
export const labels: z.ZodType<Map<string, Text>, { readonly [name: string]: Text | number | boolean }> = anyMapOf(
  scalar<Text | number | boolean>((value) => ["string", "boolean"].includes(typeof value) || Number.isFinite(value), "a string").transform(
    (value) => (typeof value === "number" || typeof value === "boolean" ? String(value) : value),
  ),
);

/** A scalar form, or an object or list form: chosen by what the value looks like, so that messages speak of the right one. */
export function eitherOf<A, AIn, B, BIn>(short: z.ZodType<A, AIn>, long: z.ZodType<B, BIn>): z.ZodType<A | B, AIn | BIn> {
  return chosen<A | B, AIn | BIn>((value) => (typeof value === "object" && value !== null && !isInterpolation(value) ? long : short));
}

/** The schema that `choose` picks for a value; unlike `z.union` it reports the issues of that one only. */
export function chosen<Out, In>(choose: (value: unknown) => z.ZodType): z.ZodType<Out, In> {
  const schema = z.unknown().transform((value, context) => parseWithin(choose(value), value, context));
  return schema as unknown as z.ZodType<Out, In>;
}

/** Parses a value inside a transformation; the issues go to the outer parse. */
export function parseWithin<Out>(schema: z.ZodType<Out>, value: unknown, context: z.core.$RefinementCtx): Out {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    context.issues.push({ code: "custom", path: [...issue.path], message: issue.message, input: value });
  }
  return z.NEVER;
}
