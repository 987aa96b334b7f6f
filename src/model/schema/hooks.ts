import { containerPath } from "./container-path.ts";
import { imageReference } from "./image.ts";
import { attributes } from "./object.ts";
import { command, environment, flag, listOf, textOrNumber } from "./scalar.ts";

const hook = {
  /** What runs; a string is split into words as a shell would. @see https://docs.docker.com/reference/compose-file/services/#post_start */
  command,
  /** The user it runs as. Default: the service's. @see https://docs.docker.com/reference/compose-file/services/#post_start */
  user: textOrNumber.optional(),
  /** Whether it runs with extended privileges. Default: false. @see https://docs.docker.com/reference/compose-file/services/#post_start */
  privileged: flag.optional(),
  /** The folder it runs in. Default: the service's. @see https://docs.docker.com/reference/compose-file/services/#post_start */
  workingDir: containerPath.optional(),
  /** Environment variables, beside the service's; keys stay as written. Default: the service's alone. @see https://docs.docker.com/reference/compose-file/services/#post_start */
  environment: environment.optional(),
};

/** A command that runs in the container beside the service. */
export const hookSchema = attributes(hook);

const preStartSchema = attributes({
  ...hook,
  /** The image it runs in. Default: the service's. @see https://docs.docker.com/reference/compose-file/services/#pre_start */
  image: imageReference.optional(),
  /** Whether it runs for each replica instead of once for the service. Default: true. @see https://docs.docker.com/reference/compose-file/services/#pre_start */
  perReplica: flag.optional(),
});

/** Commands at the turning points of a container's life. */
export const hookAttributes = {
  /** Commands that run in the container after it started; the moment is not guaranteed. Default: none. @see https://docs.docker.com/reference/compose-file/services/#post_start */
  postStart: listOf(hookSchema).optional(),
  /** Commands that run in containers of their own before the service starts (from Compose 5.3). Default: none. @see https://docs.docker.com/reference/compose-file/services/#pre_start */
  preStart: listOf(preStartSchema).optional(),
  /** Commands that run in the container before it is stopped. Default: none. @see https://docs.docker.com/reference/compose-file/services/#pre_stop */
  preStop: listOf(hookSchema).optional(),
};
