import type * as z from "zod";
import type { Definition } from "./definition.ts";
import type { Dockerfile } from "./dockerfile.ts";
import type { Healthcheck, Probe } from "./schema/healthcheck.ts";
import type { IncludeModel } from "./schema/include.ts";
import type { modelSchema } from "./schema/model.ts";
import type { networkSchema } from "./schema/network.ts";
import type { Extensions } from "./schema/object.ts";
import type { configSchema, secretSchema } from "./schema/secret.ts";
import type { ServiceModel } from "./schema/service.ts";
import type { volumeSchema } from "./schema/volume.ts";
import type { WrittenCompose } from "./written.ts";

/** A network after parsing. */
export interface NetworkModel extends z.output<typeof networkSchema> {}
/** A model after parsing. */
export interface ModelModel extends z.output<typeof modelSchema> {}
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
  /** Those of them of which nobody knows whether they are in the image. */
  readonly probeAssumes?: readonly string[] | undefined;
  /** The commands that wait for what it needs. */
  readonly startNeeds?: readonly StartNeeds[] | undefined;
  /** The Dockerfile that is generated for it; absent where it is built with the user's own, or not at all. */
  readonly dockerfile?: CheckedDockerfile | undefined;
}

/** A command that waits, and the programs that it runs: a list for each need, of which one is enough. */
export interface StartNeeds {
  /** The attribute that it stands in. */
  readonly attribute: string;
  readonly programs: readonly (readonly string[])[];
  /** Those of which nobody knows whether they are in the image. */
  readonly assumed: readonly (readonly string[])[];
}

/** A Dockerfile that is generated for a service. */
export interface CheckedDockerfile {
  /** The Dockerfile as it was described; absent where a copy of the user's own gets the health check. */
  readonly described?: Dockerfile | undefined;
  /** The health check in it, which the containers inherit. */
  readonly healthcheck?: Healthcheck | undefined;
  /** What the command of its probe runs, and what of that nobody knows: as of a service. */
  readonly probeNeeds?: CheckedService["probeNeeds"];
  readonly probeAssumes?: CheckedService["probeAssumes"];
}

declare const checked: unique symbol;

/** A stack that was proved sound. Only `checkStack` makes one, so that nothing unchecked is ever emitted. */
export interface CheckedStack {
  readonly [checked]: true;
  readonly name: string;
  readonly definition: Definition;
  /** Other Compose files that are taken in. */
  readonly include: readonly IncludeModel[];
  /** Extensions of the whole file. */
  readonly extensions: Extensions;
  /** Dependencies stand before their dependents. */
  readonly services: ReadonlyMap<string, CheckedService>;
  readonly models: ReadonlyMap<string, ModelModel>;
  readonly networks: ReadonlyMap<string, NetworkModel>;
  readonly volumes: ReadonlyMap<string, VolumeModel>;
  readonly secrets: ReadonlyMap<string, SecretModel>;
  readonly configs: ReadonlyMap<string, ConfigModel>;
  /** The Compose files that the stack was read from: they are emitted form for form. */
  readonly written?: WrittenCompose | undefined;
}
