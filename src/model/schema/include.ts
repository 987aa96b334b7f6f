import type * as z from "zod";
import type { Text } from "../interpolation.ts";
import { closedAttributes } from "./object.ts";
import { eitherOf, type HostPath, hostPath, listOf, oneOrMore } from "./scalar.ts";

const includeSchema = closedAttributes({
  /** The Compose file, or several that are merged; relative to the stack's module. @see https://docs.docker.com/reference/compose-file/include/#long-syntax */
  path: oneOrMore(hostPath),
  /** Files of variables for its interpolation. Default: ".env" beside it. @see https://docs.docker.com/reference/compose-file/include/#long-syntax */
  envFile: oneOrMore(hostPath).optional(),
  /** The folder its relative paths begin from. Default: its own. @see https://docs.docker.com/reference/compose-file/include/#long-syntax */
  projectDirectory: hostPath.optional(),
});

/** Other Compose files that are taken in together, with surroundings of their own. @see https://docs.docker.com/reference/compose-file/include/#long-syntax */
export interface IncludeFilesSpec extends z.input<typeof includeSchema> {}

/** Another Compose file that is taken in. @see https://docs.docker.com/reference/compose-file/include/ */
export type IncludeSpec = Text | IncludeFilesSpec;

/** Another Compose file after parsing. */
export interface IncludeModel extends z.output<typeof includeSchema> {}

/** Other Compose files that are taken in. */
export const include: z.ZodType<IncludeModel[], readonly IncludeSpec[]> = listOf(
  eitherOf(
    hostPath.transform((path: HostPath): IncludeModel => ({ path: [path] })),
    includeSchema,
  ),
);
