import type * as z from "zod";
import type { Definition } from "./definition.ts";
import type { Healthcheck, Probe } from "./schema/healthcheck.ts";
import type { networkSchema } from "./schema/network.ts";
import type { configSchema, secretSchema } from "./schema/secret.ts";
import type { ServiceModel } from "./schema/service.ts";
import type { volumeSchema } from "./schema/volume.ts";

/** A network after parsing. */
export interface NetworkModel extends z.output<typeof networkSchema> {}
/** A volume after parsing. */
export interface VolumeModel extends z.output<typeof volumeSchema> {}
/** A secret after parsing. */
export interface SecretModel extends z.output<typeof secretSchema> {}
/** A config after parsing. */
export interface ConfigModel extends z.output<typeof configSchema> {}

/** A service or task with its attributes in canonical form and its probe turned into a command. */
export interface CheckedService {
  readonly kind: "service" | "task";
  readonly name: string;
  readonly definition: Definition;
  readonly model: Omit<ServiceModel, "healthcheck"> & { readonly healthcheck?: Healthcheck | undefined };
  /** The probe that the health check was made of. */
  readonly probe?: Probe | undefined;
  /** The programs that its command runs in the container: a list for each way of which one is enough. */
  readonly probeNeeds?: readonly (readonly string[])[] | undefined;
}

declare const checked: unique symbol;

/** A stack that was proved sound. Only `checkStack` makes one, so that nothing unchecked is ever emitted. */
export interface CheckedStack {
  readonly [checked]: true;
  readonly name: string;
  readonly definition: Definition;
  /** Dependencies stand before their dependents. */
  readonly services: ReadonlyMap<string, CheckedService>;
  readonly networks: ReadonlyMap<string, NetworkModel>;
  readonly volumes: ReadonlyMap<string, VolumeModel>;
  readonly secrets: ReadonlyMap<string, SecretModel>;
  readonly configs: ReadonlyMap<string, ConfigModel>;
}
