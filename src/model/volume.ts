import type * as z from "zod";
import { accepting } from "./accepting.ts";
import { type Definition, definedBy } from "./definition.ts";
import { attributes, NAME, TARGET } from "./handle-arguments.ts";
import type { ContainerPath } from "./schema/container-path.ts";
import type { NamedMountSpec } from "./schema/mount.ts";
import type { volumeSchema } from "./schema/volume.ts";

/** Attributes of a volume. @see https://docs.docker.com/reference/compose-file/volumes/ */
export interface VolumeSpec extends z.input<typeof volumeSchema> {}

/** A named volume; a service mounts it with `.at(path)`. Volumes outlive `down`. */
export interface Volume {
  readonly kind: "volume";
  readonly name: string;
  readonly spec: VolumeSpec;
  readonly definition: Definition;
  /** The volume, mounted at a path of the container. */
  at(target: ContainerPath, mount?: NamedMountSpec): VolumeMount;
}

/** A volume as one service mounts it. */
export interface VolumeMount {
  readonly kind: "volume mount";
  /** What is mounted: a volume of the stack. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  readonly volume: Volume;
  /** The path in the container. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  readonly target: ContainerPath;
  readonly spec: NamedMountSpec;
}

const VOLUME = attributes('{ driver: "local" }');
const MOUNT = attributes("{ readOnly: true }");

/** A named volume of the stack. Names: letters, digits, ".", "_" and "-". */
export const volume = accepting("volume", { name: NAME, spec: VOLUME }, (name: string, spec: VolumeSpec = {}): Volume => {
  const self: Volume = Object.freeze<Volume>({
    kind: "volume",
    name,
    spec,
    definition: definedBy(volume),
    at: accepting("volume().at", { target: TARGET, mount: MOUNT }, (target: ContainerPath, mount: NamedMountSpec = {}) =>
      Object.freeze<VolumeMount>({ kind: "volume mount", volume: self, target, spec: mount }),
    ),
  });
  return self;
});
