import { containerPath } from "./container-path.ts";
import { hookSchema } from "./hooks.ts";
import { attributes } from "./object.ts";
import { hostFile, listOf, literalFlag, oneOrMore, text, word } from "./scalar.ts";

const watch = attributes({
  /** The file or folder to watch; relative to the stack's module. @see https://docs.docker.com/reference/compose-file/develop/#path */
  path: hostFile,
  /** What follows a change. @see https://docs.docker.com/reference/compose-file/develop/#action */
  action: word("rebuild", "sync", "restart", "sync+restart", "sync+exec"),
  /** Where changed files go in the container. Default: none; "sync" demands it. @see https://docs.docker.com/reference/compose-file/develop/#target */
  target: containerPath.optional(),
  /** Patterns of files that do not count, relative to `path`. Default: none. @see https://docs.docker.com/reference/compose-file/develop/#ignore */
  ignore: oneOrMore(text).optional(),
  /** Patterns of the only files that count, relative to `path`. Default: all. @see https://docs.docker.com/reference/compose-file/develop/#include */
  include: oneOrMore(text).optional(),
  /** What runs in the container after "sync+exec". Default: none. @see https://docs.docker.com/reference/compose-file/develop/#exec */
  exec: hookSchema.optional(),
  /** Whether files are brought up to date when the watch begins. Default: false. @see https://docs.docker.com/reference/compose-file/develop/#initial_sync */
  initialSync: literalFlag.optional(),
});

/** What happens while the service is developed. */
export const developSchema = attributes({
  /** What `docker compose watch` looks at. Default: none. @see https://docs.docker.com/reference/compose-file/develop/#watch */
  watch: listOf(watch).optional(),
});
