import type * as z from "zod";
import type { Text } from "../interpolation.ts";
import { attributes, closedAttributes } from "./object.ts";
import { eitherOf, hostPath, listOf, mapOf, plainText, text } from "./scalar.ts";

const extendsSchema = closedAttributes({
  /** The service whose attributes are taken over. @see https://docs.docker.com/reference/compose-file/services/#extends */
  service: text,
  /** The Compose file that describes it; relative to the stack's module. Default: this one. @see https://docs.docker.com/reference/compose-file/services/#extends */
  file: hostPath.optional(),
});

/** The service that a service is based on. */
export const extendsService: z.ZodType<z.output<typeof extendsSchema>, Text | z.input<typeof extendsSchema>> = eitherOf(
  text.transform((service): z.output<typeof extendsSchema> => ({ service })),
  extendsSchema,
);

/** The program that provides a service in place of a container. */
export const providerSchema = attributes({
  /** The name of the program, `TYPE` or `docker-TYPE` on the PATH, or of a Compose plugin. @see https://docs.docker.com/reference/compose-file/services/#provider */
  type: text,
  /** What is handed to the program; keys stay as written. Default: none. @see https://docs.docker.com/reference/compose-file/services/#provider */
  options: mapOf(eitherOf(plainText, listOf(plainText))).optional(),
});

/** Where the output goes. */
export const loggingSchema = attributes({
  /** The logging driver. Default: the engine's, usually "json-file". @see https://docs.docker.com/reference/compose-file/services/#logging */
  driver: text.optional(),
  /** Options of the driver, e.g. { "max-size": "10m" }; keys stay as written. Default: none. @see https://docs.docker.com/reference/compose-file/services/#logging */
  options: mapOf(plainText).optional(),
});
