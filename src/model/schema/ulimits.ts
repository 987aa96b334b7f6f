import type * as z from "zod";
import { attributes } from "./object.ts";
import { eitherOf, integer, mapOf, type OrVariable } from "./scalar.ts";

const limits = attributes({
  /** The limit that the process may raise, up to `hard`; -1 for none. */
  soft: integer(-1),
  /** The limit that only root may raise; -1 for none. */
  hard: integer(-1),
});

/** Limits of a process by name: one number, or a soft and a hard one. */
export const ulimits: z.ZodType<
  Map<string, OrVariable<number> | z.output<typeof limits>>,
  { readonly [name: string]: OrVariable<number> | z.input<typeof limits> }
> = mapOf(eitherOf(integer(-1), limits));
