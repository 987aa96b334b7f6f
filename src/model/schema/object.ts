import * as z from "zod";
import { nearName } from "../near-name.ts";

/** What JSON can say; the value of an extension. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

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
  const names = Object.keys(shape);
  const schema = z.looseObject(shape, { error: (issue) => `${show(issue.input)} is not an object of attributes` });
  return schema.superRefine(
    (value, context) => {
      for (const key of Object.keys(value)) {
        if (Object.hasOwn(shape, key) || isExtension(key)) continue;
        context.issues.push({ code: "custom", path: [key], input: key, message: unknownAttribute(key, names) });
      }
    },
    // Whatever else is wrong with the attributes: all issues are reported at once.
    { when: ({ value }) => typeof value === "object" && value !== null && !Array.isArray(value) },
  );
}

/** A value as it is shown in a message. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "function") return "a function";
  if (typeof value === "object" && value !== null && "kind" in value)
    return `a ${value.kind === "interpolation" ? "variable" : String(value.kind)}`;
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function unknownAttribute(key: string, names: readonly string[]): string {
  const near = nearName(key, names);
  return near === undefined ? `is not an attribute (accepted: ${names.join(", ")})` : `is not an attribute; did you mean "${near}"?`;
}
