import type { Text } from "../interpolation.ts";
import { containerPath } from "./container-path.ts";
import { imageName } from "./image.ts";
import { command, count, duration, environment, flag, labels, listOf, type OrVariable, scalar, text } from "./scalar.ts";

/** A restart policy. Default: "no". @see https://docs.docker.com/reference/compose-file/services/#restart */
export type Restart = "no" | "always" | "unless-stopped" | "on-failure" | `on-failure:${number}`;

const restart = scalar<OrVariable<Restart>>(
  (value) => typeof value === "string" && /^(no|always|unless-stopped|on-failure(:\d+)?)$/.test(value),
  "a restart policy",
  'write "no", "always", "unless-stopped", "on-failure" or "on-failure:3"',
  ["no", "always", "unless-stopped", "on-failure"],
);

/** When an image is pulled. Default: "missing". @see https://docs.docker.com/reference/compose-file/services/#pull_policy */
export type PullPolicy = "always" | "never" | "missing" | "if_not_present" | "build" | "refresh" | "daily" | "weekly" | `every_${string}`;

const pullPolicy = scalar<OrVariable<PullPolicy>>(
  (value) =>
    typeof value === "string" && /^(always|never|missing|if_not_present|build|refresh|daily|weekly|every_(\d+[wdhms])+)$/.test(value),
  "a pull policy",
  'write "always", "never", "missing", "build", "daily", "weekly" or "every_12h"',
  ["always", "never", "missing", "if_not_present", "build", "refresh", "daily", "weekly"],
);

const containerName = scalar<Text>(
  (value) => typeof value === "string" && /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(value),
  "the name of a container",
  'write two or more letters, digits, "_", "." and "-", the first a letter or a digit',
);

const stopSignal = scalar<Text>(
  (value) => typeof value === "string" && /^((SIG)?[A-Z][A-Z0-9]*([+-]\d+)?|\d+)$/.test(value),
  "a signal",
  'write "SIGINT"',
);

const platform = scalar<Text>(
  (value) => typeof value === "string" && /^[a-z0-9_.-]+(\/[a-zA-Z0-9_.-]+){0,2}$/.test(value),
  "a platform",
  'write "linux/amd64" or "linux/arm64/v8"',
);

/** What runs in the container, and how it is started and stopped. */
export const processAttributes = {
  /** Labels of the container that are handed to its runtime. Default: none. @see https://docs.docker.com/reference/compose-file/services/#annotations */
  annotations: labels.optional(),
  /** Whether `docker compose up` shows the output. Default: true. @see https://docs.docker.com/reference/compose-file/services/#attach */
  attach: flag.optional(),
  /** The command. Default: the image's. @see https://docs.docker.com/reference/compose-file/services/#command */
  command: command.optional(),
  /** A fixed name of the container. Default: STACK-SERVICE-NUMBER. @see https://docs.docker.com/reference/compose-file/services/#container_name */
  containerName: containerName.optional(),
  /** The entry point. Default: the image's. @see https://docs.docker.com/reference/compose-file/services/#entrypoint */
  entrypoint: command.optional(),
  /** Environment variables; keys stay as written, `null` is inherited. Default: none. @see https://docs.docker.com/reference/compose-file/services/#environment */
  environment: environment.optional(),
  /** The image. Default: none, it is built. @see https://docs.docker.com/reference/compose-file/services/#image */
  image: imageName.optional(),
  /** Whether a small init runs as process 1. Default: false. @see https://docs.docker.com/reference/compose-file/services/#init */
  init: flag.optional(),
  /** Labels of the container. Default: none. @see https://docs.docker.com/reference/compose-file/services/#labels */
  labels: labels.optional(),
  /** The platform the container runs on, e.g. "linux/arm64". Default: the engine's. @see https://docs.docker.com/reference/compose-file/services/#platform */
  platform: platform.optional(),
  /** Profiles in which the service takes part. Default: always. @see https://docs.docker.com/reference/compose-file/services/#profiles */
  profiles: listOf(text).optional(),
  /** When the image is pulled. Default: "missing". @see https://docs.docker.com/reference/compose-file/services/#pull_policy */
  pullPolicy: pullPolicy.optional(),
  /** Time after which "refresh" pulls again, e.g. "24h". Default: none. @see https://docs.docker.com/reference/compose-file/services/#pull_policy */
  pullRefreshAfter: duration.optional(),
  /** What happens after an exit. Default: "no". @see https://docs.docker.com/reference/compose-file/services/#restart */
  restart: restart.optional(),
  /** The program that runs containers, e.g. "runc". Default: the engine's. @see https://docs.docker.com/reference/compose-file/services/#runtime */
  runtime: text.optional(),
  /** How many containers run; the older way to say `deploy.replicas`. Default: 1. @see https://docs.docker.com/reference/compose-file/services/#scale */
  scale: count.optional(),
  /** Whether the standard input stays open. Default: false. @see https://docs.docker.com/reference/compose-file/services/#stdin_open */
  stdinOpen: flag.optional(),
  /** Time between the stop signal and the kill. Default: 10s. @see https://docs.docker.com/reference/compose-file/services/#stop_grace_period */
  stopGracePeriod: duration.optional(),
  /** The signal that stops it. Default: the image's, or SIGTERM. @see https://docs.docker.com/reference/compose-file/services/#stop_signal */
  stopSignal: stopSignal.optional(),
  /** Whether it has a terminal. Default: false. @see https://docs.docker.com/reference/compose-file/services/#tty */
  tty: flag.optional(),
  /** The working directory. Default: the image's. @see https://docs.docker.com/reference/compose-file/services/#working_dir */
  workingDir: containerPath.optional(),
};
