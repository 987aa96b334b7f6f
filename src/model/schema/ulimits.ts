import type * as z from "zod";
import { attributes, show } from "./object.ts";
import { eitherOf, integer, literalInteger } from "./scalar.ts";
import { userMap } from "./user-map.ts";

/** Limits of a process by name: one number, or a soft and a hard one. */
export const ulimits = limitsOf(integer(-1));

/** The same for a build, where Compose does not interpolate them. */
export const literalUlimits = limitsOf(literalInteger(-1));

function limitsOf<Limit>(limit: z.ZodType<Limit, Limit>) {
  const both = attributes({
    /** The limit that the process may raise, up to `hard`, in what the limit counts: files for "nofile", bytes for "memlock"; -1 for none. @see https://docs.docker.com/reference/compose-file/services/#ulimits */
    soft: limit,
    /** The limit that only root may raise, in what the limit counts: files for "nofile", bytes for "memlock"; -1 for none. @see https://docs.docker.com/reference/compose-file/services/#ulimits */
    hard: limit,
  });
  return userMap<Limit | z.output<typeof both>, Limit | z.input<typeof both>>(eitherOf(limit, both), (name) =>
    /^[a-z]+$/.test(name) ? undefined : `${show(name)} is not the name of a limit (write small letters, e.g. "nofile")`,
  );
}
