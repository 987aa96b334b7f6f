import * as z from "zod";
import { type Dockerfile, isDockerfile } from "../dockerfile.ts";
import type { Text } from "../interpolation.ts";
import type { Config, Grant, Secret } from "../secret.ts";
import { dependsOn } from "./depends-on.ts";
import { probeOrHealthcheck } from "./healthcheck.ts";
import { mount } from "./mount.ts";
import { networks } from "./networks.ts";
import { attributes } from "./object.ts";
import { port } from "./port.ts";
import {
  chosen,
  command,
  count,
  duration,
  eitherOf,
  environment,
  flag,
  hostPath,
  labels,
  listOf,
  type OrVariable,
  scalar,
  text,
  textOrNumber,
} from "./scalar.ts";
import { grantOf } from "./secret.ts";

const dockerfileOrPath = chosen<Text | Dockerfile, Text | Dockerfile>((value) => (isDockerfile(value) ? z.custom<Dockerfile>() : text));

const build = attributes({
  /** The folder the image is built from (relative to the stack's module), or the URL of a repository. */
  context: hostPath.optional(),
  /** The Dockerfile, relative to the context, or one described with `from()`. Default: "Dockerfile". */
  dockerfile: dockerfileOrPath.optional(),
  /** The Dockerfile's text itself. */
  dockerfileInline: text.optional(),
  /** Build arguments; `null` is inherited from the launching shell. */
  args: environment.optional(),
  /** Labels of the image. */
  labels: labels.optional(),
  /** The stage to build. Default: the last. */
  target: text.optional(),
});

const envFile = attributes({
  /** The file; relative to the stack's module. */
  path: hostPath,
  /** Whether a missing file is an error. Default: true. */
  required: flag.optional(),
  /** "raw" switches interpolation in the file off. Default: interpolated. */
  format: text.optional(),
});

const deploy = attributes({
  /** How many containers run. Default: 1. */
  replicas: count.optional(),
});

/** A restart policy. Default: "no". @see https://docs.docker.com/reference/compose-file/services/#restart */
export type Restart = "no" | "always" | "unless-stopped" | "on-failure" | `on-failure:${number}`;

const restart = scalar<OrVariable<Restart>>(
  (value) => typeof value === "string" && /^(no|always|unless-stopped|on-failure(:\d+)?)$/.test(value),
  "a restart policy",
  'write "no", "always", "unless-stopped", "on-failure" or "on-failure:3"',
);

/** The attributes of a service, in the order in which they are emitted: one entry each. */
export const serviceSchema = attributes({
  /** The image. @see https://docs.docker.com/reference/compose-file/services/#image */
  image: scalar<Text>(
    (value) => typeof value === "string" && value !== "" && !/\s/.test(value),
    "an image",
    'write "postgres:17"',
  ).optional(),
  /** How the image is built: a folder, or a description. @see https://docs.docker.com/reference/compose-file/build/ */
  build: eitherOf(
    hostPath.transform((context): z.output<typeof build> => ({ context })),
    build,
  ).optional(),
  /** Profiles in which the service takes part. Default: always. @see https://docs.docker.com/reference/compose-file/services/#profiles */
  profiles: listOf(text).optional(),
  /** A fixed name of the container, instead of STACK-SERVICE-NUMBER. @see https://docs.docker.com/reference/compose-file/services/#container_name */
  containerName: text.optional(),
  /** The command, instead of the image's. @see https://docs.docker.com/reference/compose-file/services/#command */
  command: command.optional(),
  /** The entry point, instead of the image's. @see https://docs.docker.com/reference/compose-file/services/#entrypoint */
  entrypoint: command.optional(),
  /** Environment variables; keys stay as written, `null` is inherited. @see https://docs.docker.com/reference/compose-file/services/#environment */
  environment: environment.optional(),
  /** Files of environment variables. @see https://docs.docker.com/reference/compose-file/services/#env_file */
  envFile: listOf(
    eitherOf(
      hostPath.transform((path): z.output<typeof envFile> => ({ path })),
      envFile,
    ),
  ).optional(),
  /** Services that come first, and what they must have reached. @see https://docs.docker.com/reference/compose-file/services/#depends_on */
  dependsOn: dependsOn.optional(),
  /** When the service is healthy: a probe, or the specification's form. @see https://docs.docker.com/reference/compose-file/services/#healthcheck */
  healthcheck: probeOrHealthcheck.optional(),
  /** Published ports. @see https://docs.docker.com/reference/compose-file/services/#ports */
  ports: listOf(port)
    .transform((ports) => ports.flat())
    .optional(),
  /** Ports for other services only. @see https://docs.docker.com/reference/compose-file/services/#expose */
  expose: listOf(textOrNumber).optional(),
  /** Mounts: volumes, folders of the host, memory. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  volumes: listOf(mount).optional(),
  /** Networks. Default: the stack's "default" network. @see https://docs.docker.com/reference/compose-file/services/#networks */
  networks: networks.optional(),
  /** Secrets. @see https://docs.docker.com/reference/compose-file/services/#secrets */
  secrets: listOf(grantOf<Secret | Grant<Secret>>("secret")).optional(),
  /** Configs. @see https://docs.docker.com/reference/compose-file/services/#configs */
  configs: listOf(grantOf<Config | Grant<Config>>("config")).optional(),
  /** What happens after an exit. Default: "no". @see https://docs.docker.com/reference/compose-file/services/#restart */
  restart: restart.optional(),
  /** How it is deployed. @see https://docs.docker.com/reference/compose-file/deploy/ */
  deploy: deploy.optional(),
  /** Labels of the container. @see https://docs.docker.com/reference/compose-file/services/#labels */
  labels: labels.optional(),
  /** The user, `NAME`, `UID` or `UID:GID`. Default: the image's. @see https://docs.docker.com/reference/compose-file/services/#user */
  user: textOrNumber.optional(),
  /** The working directory. Default: the image's. @see https://docs.docker.com/reference/compose-file/services/#working_dir */
  workingDir: text.optional(),
  /** Whether a small init runs as process 1. Default: false. @see https://docs.docker.com/reference/compose-file/services/#init */
  init: flag.optional(),
  /** Time between the stop signal and the kill. Default: 10s. @see https://docs.docker.com/reference/compose-file/services/#stop_grace_period */
  stopGracePeriod: duration.optional(),
});

/** A service after parsing: canonical forms, the specification's attributes in camelCase. */
export interface ServiceModel extends z.output<typeof serviceSchema> {}
