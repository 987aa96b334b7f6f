import * as z from "zod";

/**
 * A value that `isValid` accepts. Unlike zod's own it does not abort what stands around it:
 * the attributes of an object are all looked at, whatever is wrong with one of them.
 */
export function custom<T>(isValid: (value: unknown) => boolean, error: (input: unknown) => string): z.ZodType<T, T> {
  return z.custom<T>(isValid, { error: (issue) => error(issue.input), abort: false });
}

const FORMS = new WeakMap<z.ZodType, readonly z.ZodType[]>();

/** The schema that `choose` picks among `forms` for a value; unlike `z.union` it reports the issues of that one only. */
export function chosen<Out, In>(choose: (value: unknown) => z.ZodType, ...forms: readonly z.ZodType[]): z.ZodType<Out, In> {
  const schema = z.unknown().transform((value, context) => parseWithin(choose(value), value, context));
  return withForms(schema as unknown as z.ZodType<Out, In>, ...forms);
}

/** Says which forms a schema accepts or makes, where zod can't: so that the model can be compared with the specification. */
export function withForms<Schema extends z.ZodType>(schema: Schema, ...forms: readonly z.ZodType[]): Schema {
  FORMS.set(schema, forms);
  return schema;
}

/** The forms of a schema, as `withForms` was told. */
export function formsOf(schema: z.ZodType): readonly z.ZodType[] | undefined {
  return FORMS.get(schema);
}

/** Parses a value inside a transformation; the issues go to the outer parse. */
export function parseWithin<Out>(
  schema: z.ZodType<Out>,
  value: unknown,
  context: z.core.$RefinementCtx,
  path: readonly PropertyKey[] = [],
): Out {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    context.issues.push({ code: "custom", path: [...path, ...issue.path], message: issue.message, input: value });
  }
  return z.NEVER;
}
