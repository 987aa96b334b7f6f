import * as z from "zod";
import { attributes, type Extensions } from "./object.ts";

const NAMES = ["networks", "volumes", "secrets", "configs", "models", "include"];

/** What may stand beside the services of a stack in TypeScript: sections, whose values are handles, and extensions. */
export const stackOptions: z.ZodType<Extensions> = sections(NAMES);

/** What may stand at the top of a Compose file. */
export const documentSections: z.ZodType<Extensions> = sections(["name", "services", ...NAMES]);

// The handles are parsed one by one.
function sections(names: readonly string[]): z.ZodType<Extensions> {
  const schema = attributes(Object.fromEntries(names.map((name) => [name, z.unknown().optional()])));
  const isExtension = ([key]: readonly [string, unknown]): boolean => !names.includes(key);
  return schema.transform((all) => Object.fromEntries(Object.entries(all).filter(isExtension)) as Extensions);
}
