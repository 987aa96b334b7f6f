import * as z from "zod";
import { $constructor } from "zod/v4/core";
import { isInterpolation } from "../interpolation.ts";
import { isNot } from "./object.ts";

/** A map with keys of the user's: an object in, a `Map` out. */
export type UserMap<Out, In> = z.ZodType<Map<string, Out>, { readonly [key: string]: In }>;

/** What is wrong with a key of a map, beside the first one that Compose would take for an extension. */
type KeyProblem = (key: string, swallowed: string | undefined) => string | undefined;

/** A map whose keys are the user's; `problem` says which ones can't be. */
export function userMap<Out, In>(value: z.ZodType<Out, In>, problem: KeyProblem): UserMap<Out, In> {
  const error: z.core.$ZodErrorMap = (issue) => isNot(issue.input, "a map", "write { KEY: ... }");
  return new UserRecord({ type: "record", keyType: z.string(), valueType: value, error, problem }) as unknown as UserMap<Out, In>;
}

interface UserRecordDef extends z.core.$ZodRecordDef {
  readonly problem: KeyProblem;
}

// An assertion in zod's types, which the compiler wants to be named.
const initRecord: (schema: z.ZodRecord, def: z.core.$ZodRecordDef) => void = z.ZodRecord.init;

/** A record that keeps every key. Zod's own makes an object, in which some names mean something else: `__proto__` is lost. */
const UserRecord = $constructor<z.ZodRecord, UserRecordDef>("UserRecord", (schema, def) => {
  initRecord(schema, def);
  schema._zod.parse = (payload, context) => {
    const input: unknown = payload.value;
    if (typeof input !== "object" || input === null || Array.isArray(input) || input instanceof Map || isVariable(input)) {
      payload.issues.push({ code: "invalid_type", expected: "record", input, inst: schema });
      return payload;
    }
    const output = new Map<string, unknown>();
    const swallowed = Object.keys(input).find((key) => key.startsWith("x-"));
    for (const [key, each] of Object.entries(input)) {
      const message = def.problem(key, swallowed);
      // A key that is not a word would only confuse a path; the message shows it.
      const path = /^\S+$/.test(key) ? [key] : [];
      if (message !== undefined) payload.issues.push({ code: "custom", path, input: key, message, inst: schema });
      // All of our schemas answer at once.
      const { value, issues } = def.valueType._zod.run({ value: each, issues: [] }, context) as z.core.ParsePayload;
      for (const issue of issues) payload.issues.push({ ...issue, path: [key, ...(issue.path ?? [])] });
      output.set(key, value);
    }
    payload.value = output as never;
    return payload;
  };
});

// A key of the user's may be called "kind".
function isVariable(input: object): boolean {
  return isInterpolation(input) && Array.isArray(input.parts);
}
