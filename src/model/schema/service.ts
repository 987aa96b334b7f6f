import type * as z from "zod";
import type { Config, Grant, Secret } from "../secret.ts";
import { build } from "./build.ts";
import { dependsOn } from "./depends-on.ts";
import { deploySchema } from "./deploy.ts";
import { developSchema } from "./develop.ts";
import { deviceAttributes } from "./devices.ts";
import { fileAttributes } from "./files.ts";
import { probeOrHealthcheck } from "./healthcheck.ts";
import { hookAttributes } from "./hooks.ts";
import { hostAttributes } from "./hosts.ts";
import { models } from "./model.ts";
import { mount } from "./mount.ts";
import { namespaceAttributes } from "./namespaces.ts";
import { networks } from "./networks.ts";
import { alphabetical, attributes } from "./object.ts";
import { extendsService, loggingSchema, providerSchema } from "./origin.ts";
import { exposedPort, port } from "./port.ts";
import { processAttributes } from "./process.ts";
import { resourceAttributes } from "./resources.ts";
import { listOf } from "./scalar.ts";
import { grantOf } from "./secret.ts";
import { securityAttributes } from "./security.ts";

/** The attributes of a service: one entry each, grouped by topic. */
export const serviceSchema = attributes(
  alphabetical({
    ...processAttributes,
    ...resourceAttributes,
    ...securityAttributes,
    ...namespaceAttributes,
    ...hostAttributes,
    ...deviceAttributes,
    ...fileAttributes,
    ...hookAttributes,
    /** How the image is built: a folder, or a description. Default: none. @see https://docs.docker.com/reference/compose-file/build/ */
    build: build.optional(),
    /** Configs. Default: none. @see https://docs.docker.com/reference/compose-file/services/#configs */
    configs: listOf(grantOf<Config | Grant<Config>>("config")).optional(),
    /** Services that come first, and what they must have reached. Default: none. @see https://docs.docker.com/reference/compose-file/services/#depends_on */
    dependsOn: dependsOn.optional(),
    /** How it is deployed. Default: one container. @see https://docs.docker.com/reference/compose-file/deploy/ */
    deploy: deploySchema.optional(),
    /** What happens while it is developed. Default: none. @see https://docs.docker.com/reference/compose-file/develop/ */
    develop: developSchema.optional(),
    /** Ports for other services only, e.g. 80 or "8000-8010/udp". Default: none. @see https://docs.docker.com/reference/compose-file/services/#expose */
    expose: listOf(exposedPort).optional(),
    /** The service that this one is based on, of this stack or of another Compose file. Default: none. @see https://docs.docker.com/reference/compose-file/services/#extends */
    extends: extendsService.optional(),
    /** When the service is healthy: a probe, or the specification's form. Default: the image's. @see https://docs.docker.com/reference/compose-file/services/#healthcheck */
    healthcheck: probeOrHealthcheck.optional(),
    /** Where the output goes. Default: the engine's choice. @see https://docs.docker.com/reference/compose-file/services/#logging */
    logging: loggingSchema.optional(),
    /** Models of artificial intelligence that it uses. Default: none. @see https://docs.docker.com/reference/compose-file/services/#models */
    models: models.optional(),
    /** Networks. Default: the stack's "default" network. @see https://docs.docker.com/reference/compose-file/services/#networks */
    networks: networks.optional(),
    /** Published ports. Default: none. @see https://docs.docker.com/reference/compose-file/services/#ports */
    ports: listOf(port)
      .transform((ports) => ports.flat())
      .optional(),
    /** The program that provides the service in place of a container. Default: none. @see https://docs.docker.com/reference/compose-file/services/#provider */
    provider: providerSchema.optional(),
    /** Secrets. Default: none. @see https://docs.docker.com/reference/compose-file/services/#secrets */
    secrets: listOf(grantOf<Secret | Grant<Secret>>("secret")).optional(),
    /** Mounts: volumes, folders of the host, memory. Default: none. @see https://docs.docker.com/reference/compose-file/services/#volumes */
    volumes: listOf(mount).optional(),
  }),
);

/** A service after parsing: canonical forms, the specification's attributes in camelCase. */
export interface ServiceModel extends z.output<typeof serviceSchema> {}
