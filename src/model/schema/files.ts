import type * as z from "zod";
import type { Text } from "../interpolation.ts";
import { chosen } from "./forms.ts";
import { closedAttributes } from "./object.ts";
import { eitherOf, flag, hostFile, listOf, oneOrMore, scalar, setOf, word } from "./scalar.ts";

const envFileSchema = closedAttributes({
  /** The file; relative to the stack's module. @see https://docs.docker.com/reference/compose-file/services/#env_file */
  path: hostFile,
  /** Whether a missing file is an error. Default: true. @see https://docs.docker.com/reference/compose-file/services/#env_file */
  required: flag.optional(),
  /** "raw" switches interpolation in the file off. Default: interpolated. @see https://docs.docker.com/reference/compose-file/services/#env_file */
  format: word("raw").optional(),
});

type EnvFile = z.output<typeof envFileSchema>;
type EnvFileSpec = Text | z.input<typeof envFileSchema>;

const envFile = eitherOf(
  hostFile.transform((path): EnvFile => ({ path })),
  envFileSchema,
);
const envFiles = listOf(envFile);

const tmpfs = scalar<Text>(
  (value) => typeof value === "string" && /^\/[^:]*(:[^:]+)?$/.test(value),
  "a mount in memory",
  'write "/tmp" or "/tmp:size=64m,mode=1777"',
);

/** Files that come from elsewhere. */
export const fileAttributes = {
  /** Files of environment variables. Default: none. @see https://docs.docker.com/reference/compose-file/services/#env_file */
  envFile: chosen<EnvFile[], Text | readonly EnvFileSpec[]>(
    (value) => (Array.isArray(value) ? envFiles : hostFile.transform((path): EnvFile[] => [{ path }])),
    envFiles,
  ).optional(),
  /** Files of labels. Default: none. @see https://docs.docker.com/reference/compose-file/services/#label_file */
  labelFile: oneOrMore(hostFile).optional(),
  /** Folders in memory, `PATH[:OPTIONS]`. Default: none. @see https://docs.docker.com/reference/compose-file/services/#tmpfs */
  tmpfs: oneOrMore(tmpfs).optional(),
  /** Mounts of other services or containers, `SERVICE[:ro]` or `container:NAME[:ro]`. Default: none. @see https://docs.docker.com/reference/compose-file/services/#volumes_from */
  volumesFrom: setOf(
    scalar<Text>(
      (value) => typeof value === "string" && /^(container:)?[a-zA-Z0-9._-]+(:(ro|rw))?$/.test(value),
      "a service or container",
      'write "db", "db:ro" or "container:NAME"',
    ),
  ).optional(),
};
