import { camelCase, snakeCase } from "../../model/attribute-name.ts";
import { interpolationOf, type Text } from "../../model/interpolation.ts";
import type { Place } from "../../model/place.ts";
import { ABSENT_IF_EMPTY_INSIDE, FLAGS, FREE_FORM, LISTABLE, NUMBERS, TEXTS } from "./attribute-forms.ts";
import { readInterpolation } from "./interpolate.ts";
import { problem, type Tell, tellAt } from "./problem.ts";
import { isTextItem } from "./text-item.ts";
import { isMapping, type Mapping, placeIn, type Value } from "./tree.ts";

/** A value as a stack in TypeScript would give it. */
export type Spec = null | boolean | number | Text | readonly Spec[] | { readonly [key: string]: Spec };

/** Attributes of a Compose file as a stack in TypeScript would give them: names in camelCase, variables as `env()` makes them. */
export function toSpec(attributes: Mapping, tell: Tell): { readonly [attribute: string]: Spec } {
  const entries: [string, Spec][] = [];
  for (const [key, value] of attributes) {
    // An attribute without a value is one that was not given.
    if ((value === null && !key.startsWith("x-")) || (value === "" && ABSENT_IF_EMPTY_INSIDE.has(key))) continue;
    const place = placeIn(attributes, key);
    if (TEXTS.has(key) && typeof value === "number")
      tellAt(tell, key)(problem(`${value} is not a text, which Compose wants here (write "${value}" in quotes)`, place));
    const name = attributeOf(key, place, tellAt(tell, key));
    entries.push([key.startsWith("x-") ? key : camelCase(name), toValue(value, name, place, tellAt(tell, key))]);
  }
  return Object.fromEntries(entries);
}

/** In the place of a text that can't be read: nobody knows what it says. */
const UNKNOWN: Text = interpolationOf([{ name: "_" }]);

/** What stands in the place of attributes, for the check to refuse; none where there is nothing. */
export function noAttributes(value: Value): object {
  return (value === null ? {} : typeof value === "bigint" ? String(value) : value) as object;
}

/** A text with its variables. */
export function toText(text: string, place: Place | undefined, tell: Tell): Text {
  try {
    return readInterpolation(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    tell(problem(cause.message, place));
    return UNKNOWN;
  }
}

/** One value of an attribute. */
export function toValue(value: Value, attribute: string, place: Place | undefined, tell: Tell): Spec {
  if (attribute.startsWith("x-")) return extension(value, place, tell);
  if (isMapping(value)) return FREE_FORM.has(attribute) ? freeForm(value, attribute, tell) : toSpec(value, tell);
  if (Array.isArray(value))
    return LISTABLE.has(attribute)
      ? pairs(value, attribute, tell)
      : value.map((item, index) => toValue(item, "", placeIn(value, index) ?? place, tell));
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return OTHERWISE.find(([number]) => Object.is(number, value))?.[1] ?? value;
  return typeof value === "string" ? converted(toText(value, place, tell), attribute) : value;
}

/** Numbers that Compose writes in another way than JavaScript. */
const OTHERWISE: readonly (readonly [number: number, text: string])[] = [
  [Number.POSITIVE_INFINITY, "+Inf"],
  [Number.NEGATIVE_INFINITY, "-Inf"],
  [Number.NaN, "NaN"],
  [-0, "-0"],
];

/** The name of an attribute; where it is written like one of the model, the one that was meant. */
export function attributeOf(key: string, place: Place | undefined, tell: Tell): string {
  if (key.startsWith("x-") || !/[a-z\d][A-Z]/.test(key)) return key;
  tell(problem(`"${key}" is not an attribute of a Compose file`, place, { hint: "they are written like stop_grace_period" }));
  return snakeCase(key);
}

function freeForm(map: Mapping, attribute: string, tell: Tell): Spec {
  return Object.fromEntries(
    [...map].map(([key, value]) => [key, toValue(value, attribute === "ulimits" ? "soft" : "", placeIn(map, key), tellAt(tell, key))]),
  );
}

/** A list of `KEY=VALUE` as the map that it stands for. */
function pairs(list: Value[], attribute: string, tell: Tell): Spec {
  const entries = new Map<string, Spec>();
  for (const [index, item] of list.entries()) {
    const place = placeIn(list, index);
    if (!isTextItem(item, attribute === "extra_hosts" ? "a host (write NAME=ADDRESS)" : "a text (write NAME=VALUE)", place, tell)) continue;
    const [written, value] = splitPair(item, attribute);
    // In a list the key is a part of a value, and interpolated like it.
    const read = toText(written, place, tell);
    const key = typeof read === "string" ? read : written;
    const before = entries.get(key);
    const spec = value === undefined ? null : toText(value, place, tell);
    entries.set(key, attribute === "extra_hosts" && before !== undefined ? [before, spec].flat() : spec);
  }
  // A label without a value is an empty one.
  const missing = attribute === "environment" || attribute === "args" ? null : "";
  return Object.fromEntries([...entries].map(([key, value]) => [key, value ?? missing]));
}

// Hosts may be written `KEY:VALUE` as well, where there is no "=".
function splitPair(text: string, attribute: string): readonly [key: string, value: string | undefined] {
  const separator = attribute === "extra_hosts" && !text.includes("=") ? ":" : "=";
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function converted(text: Text, attribute: string): Spec {
  if (typeof text !== "string") return text;
  if (attribute === "mode" && /^0[0-7]+$/.test(text)) return Number.parseInt(text, 8);
  if (NUMBERS.has(attribute) && /^[-+]?\d+$/.test(text)) return Number(text);
  if (FLAGS.has(attribute) && /^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  return text;
}

/** The value of an extension: its keys stay as written at every depth. */
function extension(value: Value, place: Place | undefined, tell: Tell): Spec {
  if (isMapping(value))
    return Object.fromEntries([...value].map(([key, each]) => [key, extension(each, placeIn(value, key) ?? place, tell)]));
  if (Array.isArray(value)) return value.map((each, index) => extension(each, placeIn(value, index) ?? place, tell));
  if (typeof value === "string") return toText(value, place, tell);
  // A number stays one, unless it has more digits than a number holds.
  if (typeof value === "bigint") return String(Number(value)) === String(value) ? Number(value) : String(value);
  return value;
}
