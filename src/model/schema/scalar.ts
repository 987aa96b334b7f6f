import * as z from "zod";
import { type Duration, isDuration } from "../duration.ts";
import { type Interpolation, interpolationOf, isInterpolation, type Text } from "../interpolation.ts";
import { nearestOf } from "../near-name.ts";
import { chosen, custom } from "./forms.ts";
import { isNot, show } from "./object.ts";
import { type UserMap, userMap } from "./user-map.ts";

/** A value that is one of the given type, or a variable: wherever Compose interpolates, `env()` is accepted. */
export type OrVariable<T> = T | Interpolation;

/** Text, with or without variables. */
export const text: z.ZodType<Text, Text> = scalar<Text>((value) => typeof value === "string", "a string");

/** Text where a number may be written as well. */
export const textOrNumber: z.ZodType<Text, Text | number> = scalar<Text | number>(
  (value) => typeof value === "string" || Number.isFinite(value),
  "a string or a number",
).transform((value) => (typeof value === "number" ? String(value) : value));

/** A number or the text of one, as a text: readers differ in how they print a float. */
export const decimal: z.ZodType<OrVariable<string>, OrVariable<number | `${number}`>> = scalar<OrVariable<number | `${number}`>>(
  (value) => (typeof value === "number" && Number.isFinite(value) && value >= 0) || (typeof value === "string" && DECIMAL.test(value)),
  "a number from 0",
).transform((value) => (typeof value === "number" ? String(value) : value));

const DECIMAL = /^\d+(\.\d+)?$/;

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

/** A whole number within bounds. */
export function integer(from: number, to: number = Number.MAX_SAFE_INTEGER): z.ZodType<OrVariable<number>, OrVariable<number>> {
  return scalar<OrVariable<number>>((value) => isWithin(value, from, to), wholeNumber(from, to));
}

/** A value where Compose does not interpolate: neither a variable nor a text is accepted. */
export function literal<T>(isValid: (value: unknown) => boolean, what: string): z.ZodType<T, T> {
  return custom<T>(isValid, (input) => isNot(input, what, isInterpolation(input) ? "Compose does not interpolate here" : undefined));
}

/** A whole number where Compose does not interpolate. */
export function literalInteger(from: number, to: number = Number.MAX_SAFE_INTEGER): z.ZodType<number, number> {
  return literal<number>((value) => isWithin(value, from, to), wholeNumber(from, to));
}

function wholeNumber(from: number, to: number): string {
  if (from === Number.MIN_SAFE_INTEGER) return "a whole number";
  return to === Number.MAX_SAFE_INTEGER ? `a whole number from ${from}` : `a whole number from ${from} to ${to}`;
}

/** True or false where Compose does not interpolate. */
export const literalFlag: z.ZodType<boolean, boolean> = literal<boolean>((value) => typeof value === "boolean", "true or false");

function isWithin(value: unknown, from: number, to: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= from && (value as number) <= to;
}

/** A time span. */
export const duration: z.ZodType<OrVariable<Duration<"5s" | "1m30s" | "500ms">>, OrVariable<Duration<"5s" | "1m30s" | "500ms">>> = scalar<
  OrVariable<Duration<"5s" | "1m30s" | "500ms">>
>(isDuration, "a duration", 'write "5s", "1m30s" or "500ms"');

/** One of a closed set of words. */
export function word<const Word extends string>(...words: readonly Word[]): z.ZodType<OrVariable<Word>, OrVariable<Word>> {
  const how = `write ${words.map((each) => `"${each}"`).join(", ")}`;
  return scalar<OrVariable<Word>>((value) => words.includes(value as Word), "accepted here", how, words);
}

/**
 * A leaf: a literal that `isValid` accepts, or a variable; `what` and `how` are the message's words.
 *
 * @param words what is accepted, as far as these are words of which one may have been meant.
 */
export function scalar<T>(
  isValid: (value: unknown) => boolean,
  what: string,
  how?: string,
  words: readonly string[] = [],
): z.ZodType<T, T> {
  const nearest = nearestOf(words);
  return custom<T>(
    (value) => isValid(value) || isInterpolation(value),
    (input) => isNot(input, what, how, typeof input === "string" ? nearest(input) : undefined),
  );
}

/** A folder or file of the machine that launches the stack; relative to the stack's module. */
export interface HostPath {
  readonly kind: "path";
  /** What stands before the path, where it is a part of a text: `ID=`. */
  readonly before?: string;
  readonly path: Text;
  /** What stands behind it there: `:/data:ro`. */
  readonly after?: Text;
}

/** Whether a value is a host path. */
export function isHostPath(value: unknown): value is HostPath {
  return typeof value === "object" && value !== null && (value as Partial<HostPath>).kind === "path";
}

/** A path on the host; an empty one is the folder itself. */
export const hostPath: z.ZodType<HostPath, Text> = text.transform((path): HostPath => ({ kind: "path", path }));

/** The path that stands in a text from an offset on, before the first variable. */
export function pathFrom(whole: Text, at: number): HostPath {
  const [first = "", ...rest] = isInterpolation(whole) ? whole.parts : [whole];
  const begin = String(first);
  const parts = [begin.slice(at), ...rest].filter((part) => part !== "");
  return { kind: "path", before: begin.slice(0, at), path: rest.length === 0 ? begin.slice(at) : interpolationOf(parts) };
}

/** A path on the host that can't be empty. */
export const hostFile: z.ZodType<HostPath, Text> = scalar<Text>(
  (value) => typeof value === "string" && value !== "",
  "a path",
  'write "./file"',
).transform((path): HostPath => ({ kind: "path", path }));

// To the compiler the two are one type; but it finds the list that was written in the first by comparing the items, in the
// second by working out all the methods of that list, and each list of texts it knows by their letters is a type of its own.
type List<Item> = Item[] | readonly Item[];

/** A list of items. */
export function listOf<Out, In>(item: z.ZodType<Out, In>): z.ZodType<Out[], List<In>> {
  return z.array(item, { error: (issue) => isNot(issue.input, "a list", "write [...]") }).readonly() as unknown as z.ZodType<
    Out[],
    List<In>
  >;
}

/** A list in which Compose accepts no item twice. */
export function setOf<Out, In>(item: z.ZodType<Out, In>): z.ZodType<Out[], readonly In[]> {
  return listOf(item).superRefine((items, context) => {
    const seen = new Set<unknown>();
    for (const [index, each] of items.entries()) {
      if (seen.has(each))
        context.issues.push({ code: "custom", path: [index], input: each, message: `${show(each)} stands twice in the list` });
      seen.add(each);
    }
  });
}

/** One item, or a list of them; a list comes out. */
export function oneOrMore<Out, In>(item: z.ZodType<Out, In>): z.ZodType<Out[], In | readonly In[]> {
  const single = item.transform((value) => [value]);
  const list = listOf(item);
  return chosen((value) => (Array.isArray(value) ? list : single), single, list);
}

/** A map whose keys are the user's and stay as written. */
export function mapOf<Out, In>(value: z.ZodType<Out, In>): UserMap<Out, In> {
  return userMap(value, (key) => {
    if (key.startsWith("x-")) return 'begins with "x-": Compose takes it out, as an extension';
    return /^[^\n]+$/.test(key) ? undefined : `${show(key)} can't be a key (write one line, not an empty one)`;
  });
}

/** A map of the user's in which keys may begin with `x-`, since the emitter can write it as a list of `KEY=VALUE`. */
export function listableMapOf<Out, In>(value: z.ZodType<Out, In>): UserMap<Out, In> {
  return userMap(value, (key, swallowed) => {
    if (!/[^\n]/.test(key)) return `${show(key)} can't be a key (write at least one character)`;
    if (swallowed === undefined || !key.includes("=")) return undefined;
    return `contains "=" and can't stand beside ${show(swallowed)}, which needs a list of KEY=VALUE`;
  });
}

/** A command as Compose takes it: a list runs as it is, a string is split into words as a shell would. */
export const command: z.ZodType<Text | Text[], Text | readonly Text[]> = eitherOf(text, listOf(text));

const plain = (value: unknown): boolean => ["string", "boolean"].includes(typeof value) || Number.isFinite(value);
const asText = <T>(value: T): Exclude<T, number | boolean> | string =>
  typeof value === "number" || typeof value === "boolean" ? String(value) : (value as Exclude<T, number | boolean>);

/** A value of the user's: text, a number, true or false; it arrives as text, and `null` as an empty one. */
export const plainText: z.ZodType<Text, Text | number | boolean | null> = scalar<Text | number | boolean | null>(
  (value) => value === null || plain(value),
  "a string, a number or a boolean",
).transform((value) => asText(value ?? ""));

/** Environment values: text, numbers and booleans arrive as text, `null` is inherited from the launching shell. */
export const environment: z.ZodType<Map<string, Text | null>, { readonly [name: string]: Text | number | boolean | null }> = listableMapOf(
  scalar<Text | number | boolean | null>((value) => value === null || plain(value), "a string, a number, a boolean or null").transform(
    asText,
  ),
);

/** Labels: a map of texts. */
export const labels: z.ZodType<Map<string, Text>, { readonly [name: string]: Text | number | boolean | null }> = listableMapOf(plainText);

/** A scalar form, or an object or list form: chosen by what the value looks like, so that messages speak of the right one. */
export function eitherOf<A, AIn, B, BIn>(short: z.ZodType<A, AIn>, long: z.ZodType<B, BIn>): z.ZodType<A | B, AIn | BIn> {
  return chosen<A | B, AIn | BIn>(
    (value) => (typeof value === "object" && value !== null && !isInterpolation(value) ? long : short),
    short,
    long,
  );
}
