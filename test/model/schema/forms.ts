import * as z from "zod";
import { formsOf } from "../../../src/model/schema/forms.ts";

/** What a schema of the model accepts, alternatives and wrappers resolved: objects, lists, maps and leaves. */
export function flatForms(schema: z.ZodType): readonly z.ZodType[] {
  const forms = formsOf(schema);
  if (forms !== undefined) return forms.flatMap(flatForms);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodReadonly) return flatForms(schema.unwrap() as z.ZodType);
  // A transformation: what goes in is described, unless what comes out has a description of its own.
  if (schema instanceof z.ZodPipe) return flatForms(schema.in as z.ZodType);
  return [schema];
}

/** The attributes by that name of every object among the forms. */
export function attributesNamed(schemas: readonly z.ZodType[], name: string): readonly z.ZodType[] {
  return objectsOf(schemas).flatMap(({ shape }) => (Object.hasOwn(shape, name) ? [shape[name] as z.ZodType] : []));
}

export function objectsOf(schemas: readonly z.ZodType[]): readonly z.ZodObject[] {
  return schemas.flatMap(flatForms).filter((each) => each instanceof z.ZodObject);
}

/** The items of every list among the forms. */
export function itemsOf(schemas: readonly z.ZodType[]): readonly z.ZodType[] {
  return schemas.flatMap(flatForms).flatMap((each) => (each instanceof z.ZodArray ? [each.element as z.ZodType] : []));
}

/** The values of every map among the forms. */
export function mapValuesOf(schemas: readonly z.ZodType[]): readonly z.ZodType[] {
  return schemas.flatMap(flatForms).flatMap((each) => (each instanceof z.ZodRecord ? [each.valueType as z.ZodType] : []));
}
