import type * as z from "zod";
import { type Definition, definedBy } from "./definition.ts";
import type { Text } from "./interpolation.ts";
import type { configSchema, grantSchema, secretSchema } from "./schema/secret.ts";

/** Where a secret comes from. @see https://docs.docker.com/reference/compose-file/secrets/ */
export interface SecretSpec extends z.input<typeof secretSchema> {}

/** Where a config comes from. @see https://docs.docker.com/reference/compose-file/configs/ */
export interface ConfigSpec extends z.input<typeof configSchema> {}

/** Owner and mode of the file in the container. */
export interface GrantSpec extends Omit<z.input<typeof grantSchema>, "source" | "target"> {}

/** A secret: a file in the container that never stands in the Compose file. */
export interface Secret {
  readonly kind: "secret";
  readonly name: string;
  readonly spec: SecretSpec;
  readonly definition: Definition;
  /** The file's path in the container, `/run/secrets/NAME`. */
  readonly path: string;
  /** The secret under another file name (below `/run/secrets`, or an absolute path), or with another owner or mode. */
  at(target: Text, options?: GrantSpec): Grant<Secret>;
}

/** A config: a file in the container whose text may stand in the Compose file. */
export interface Config {
  readonly kind: "config";
  readonly name: string;
  readonly spec: ConfigSpec;
  readonly definition: Definition;
  /** The file's path in the container, `/NAME`, where it is not mounted with `.at()`. */
  readonly path: string;
  /** The config, mounted at an absolute path of the container. */
  at(target: Text, options?: GrantSpec): Grant<Config>;
}

/** A secret or config as one service gets it. */
export interface Grant<Of extends Secret | Config> {
  readonly kind: "grant";
  readonly of: Of;
  /** The file in the container. @see https://docs.docker.com/reference/compose-file/services/#secrets */
  readonly target: Text;
  readonly spec: GrantSpec;
}

/** A secret of the stack: `secret("db-password", { environment: "DB_PASSWORD" })` or `{ file: "./password.txt" }`. */
export function secret(name: string, spec: SecretSpec): Secret {
  const self: Secret = Object.freeze<Secret>({
    kind: "secret",
    name,
    spec,
    definition: definedBy(secret),
    path: `/run/secrets/${name}`,
    at: (target, options = {}) => grant(self, target, options),
  });
  return self;
}

/** A config of the stack: `config("nginx", { content: "..." })` or `{ file: "./nginx.conf" }`. */
export function config(name: string, spec: ConfigSpec): Config {
  const self: Config = Object.freeze<Config>({
    kind: "config",
    name,
    spec,
    definition: definedBy(config),
    path: `/${name}`,
    at: (target, options = {}) => grant(self, target, options),
  });
  return self;
}

function grant<Of extends Secret | Config>(of: Of, target: Text, spec: GrantSpec): Grant<Of> {
  return Object.freeze<Grant<Of>>({ kind: "grant", of, target, spec });
}
