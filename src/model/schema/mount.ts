import * as z from "zod";
import { type Interpolation, isInterpolation, joinedText, splitText, type Text } from "../interpolation.ts";
import { type ContainerPath, mountTarget } from "./container-path.ts";
import { chosen, custom, parseWithin } from "./forms.ts";
import { imageReference } from "./image.ts";
import { attributes, isNot, show } from "./object.ts";
import { flag, type HostPath, hostPath, labels, literalInteger, type OrVariable, scalar, text, word } from "./scalar.ts";
import { byteSize } from "./size.ts";

const common = {
  /** Whether the container may only read. Default: false. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  readOnly: flag.optional(),
  /** How far the mount is kept consistent; only Docker Desktop looked at it. Default: "consistent". @see https://docs.docker.com/reference/compose-file/services/#volumes */
  consistency: text.optional(),
};

const volumeOptions = attributes({
  /** Labels of the volume, where it is created for this mount. Default: none. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  labels: labels.optional(),
  /** Whether the image's files at the path are not copied into a new volume. Default: false. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  nocopy: flag.optional(),
  /** A path inside the volume that is mounted instead of its root. Default: the root. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  subpath: text.optional(),
});

const bindOptions = attributes({
  /** How mounts inside the source propagate. Default: "rprivate". @see https://docs.docker.com/reference/compose-file/services/#volumes */
  propagation: word("private", "rprivate", "shared", "rshared", "slave", "rslave").optional(),
  /** Whether a missing source is created as an empty folder. Default: true. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  createHostPath: flag.optional(),
  /** How sub-mounts are treated. Default: "enabled". @see https://docs.docker.com/reference/compose-file/services/#volumes */
  recursive: word("enabled", "disabled", "writable", "readonly").optional(),
  /** SELinux relabelling: "z" shared, "Z" private. Default: no relabelling. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  selinux: word("z", "Z").optional(),
});

const tmpfsOptions = attributes({
  /** The most it may hold: bytes, or a text such as "64m". Default: no limit. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  size: byteSize.optional(),
  /** The mode of the folder, e.g. 0o1777. Default: 0o1777. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  mode: literalInteger(0, 0o7777).optional(),
});

const imageOptions = attributes({
  /** A path inside the image that is mounted instead of its root. Default: the root. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  subpath: text.optional(),
});

/** What can be said of a named volume's mount beside its path. */
export const namedMountSchema = attributes({
  ...common,
  /** Options that volumes share with bind mounts: SELinux relabelling. Default: those of each option. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  bind: bindOptions.optional(),
  /** Options of volumes. Default: those of each option. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  volume: volumeOptions.optional(),
});

const bindSchema = attributes({
  /** What is mounted: a file or folder of the host. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  type: z.literal("bind"),
  /** The file or folder on the host; relative to the stack's module. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  source: hostPath,
  /** The path in the container. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  target: mountTarget,
  ...common,
  /** Options of bind mounts. Default: those of each option. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  bind: bindOptions.optional(),
});

const tmpfsSchema = attributes({
  /** What is mounted: memory. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  type: z.literal("tmpfs"),
  /** The path in the container. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  target: mountTarget,
  ...common,
  /** Options of tmpfs mounts. Default: those of each option. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  tmpfs: tmpfsOptions.optional(),
});

const anonymousSchema = attributes({
  /** What is mounted: a volume without a name. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  type: z.literal("volume"),
  /** The path in the container. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  target: mountTarget,
  ...common,
  /** Options of volumes. Default: those of each option. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  volume: volumeOptions.optional(),
});

const imageSchema = attributes({
  /** What is mounted: an image's files. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  type: z.literal("image"),
  /** The image whose files are mounted. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  source: imageReference,
  /** The path in the container. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  target: mountTarget,
  ...common,
  /** Options of image mounts. Default: those of each option. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  image: imageOptions.optional(),
});

const pipeSchema = attributes({
  /** What is mounted: a named pipe (Windows). @see https://docs.docker.com/reference/compose-file/services/#volumes */
  type: z.literal("npipe"),
  /** The named pipe of the host (Windows). @see https://docs.docker.com/reference/compose-file/services/#volumes */
  source: text,
  /** The named pipe in the container. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  target: mountTarget,
  ...common,
});

const clusterSchema = attributes({
  /** What is mounted: a volume of the cluster (Swarm). @see https://docs.docker.com/reference/compose-file/services/#volumes */
  type: z.literal("cluster"),
  /** The volume of the cluster (Swarm). @see https://docs.docker.com/reference/compose-file/services/#volumes */
  source: text,
  /** The path in the container. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  target: mountTarget,
  ...common,
});

const LONG_FORMS: Readonly<Record<MountType, z.ZodType<Mount>>> = {
  bind: bindSchema,
  volume: anonymousSchema,
  tmpfs: tmpfsSchema,
  image: imageSchema,
  npipe: pipeSchema,
  cluster: clusterSchema,
};

const variableSchema = attributes({
  /** What is mounted, as a variable says. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  type: scalar<Interpolation>(
    isInterpolation,
    "a type of mount",
    'write "bind", "volume", "tmpfs", "image", "npipe" or "cluster"',
    Object.keys(LONG_FORMS),
  ),
  /** What of the host, or of where else, is mounted. Default: nothing. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  source: hostPath.optional(),
  /** The path in the container. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  target: mountTarget,
  ...common,
  /** Options of bind mounts. Default: those of each option. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  bind: bindOptions.optional(),
  /** Options of volumes. Default: those of each option. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  volume: volumeOptions.optional(),
  /** Options of tmpfs mounts. Default: those of each option. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  tmpfs: tmpfsOptions.optional(),
  /** Options of image mounts. Default: those of each option. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  image: imageOptions.optional(),
});

/** A bind mount in its short form, `SOURCE:TARGET[:ro]`; a named volume is mounted with `volume.at(path)`. */
export type ShortBind<Like extends string = "./folder:/path" | "./folder:/path:ro"> = Like | `${"." | "/" | "~"}${string}:/${string}`;

/** A volume without a name: a new one for each container, at a path of it. */
export interface AnonymousMount extends z.input<typeof anonymousSchema> {}

/** A mount of the files of an image. */
export interface ImageMount extends z.input<typeof imageSchema> {}

/** A mount of a named pipe (Windows). */
export interface PipeMount extends z.input<typeof pipeSchema> {}

/** A mount of a volume of the cluster (Swarm). */
export interface ClusterMount extends z.input<typeof clusterSchema> {}

/** A mount of which a variable says what it mounts. */
export interface VariableMount extends z.input<typeof variableSchema> {}

/** A mount of a file or folder of the host. */
export interface BindMount extends z.input<typeof bindSchema> {}

/** A mount in memory. */
export interface TmpfsMount extends z.input<typeof tmpfsSchema> {}

type MountType = "bind" | "volume" | "tmpfs" | "image" | "npipe" | "cluster";

/** A mount after parsing. */
export interface Mount {
  readonly type: OrVariable<MountType>;
  readonly source?: Text | HostPath | undefined;
  readonly target: Text;
  readonly readOnly?: OrVariable<boolean> | undefined;
  readonly bind?: { readonly createHostPath?: OrVariable<boolean> | undefined } | undefined;
  /** The short form, where there are variables in it: only their values tell what each part of it is. */
  readonly short?: HostPath;
}

/** How a volume is mounted. @see https://docs.docker.com/reference/compose-file/services/#volumes */
export interface NamedMountSpec extends z.input<typeof namedMountSchema> {}

// So the compiler knows which mount is meant where there is a type, and its errors point at the attribute at fault.
interface Typeless {
  /** Is never given here. Default: none. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  readonly type?: undefined;
}

/** A mount in its short form with variables in it. */
interface InterpolatedMount extends Interpolation, Typeless {}

/** A mounted volume, as `volume.at()` makes it. */
export interface MountHandle extends Typeless {
  readonly kind: "volume mount";
  /** What is mounted: a volume of the stack. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  readonly volume: { readonly name: string };
  /** The path in the container. @see https://docs.docker.com/reference/compose-file/services/#volumes */
  readonly target: ContainerPath;
  readonly spec: NamedMountSpec;
}

/** A mount as it may be written. */
export type MountSpec =
  | ShortBind
  | `/${string}`
  | BindMount
  | AnonymousMount
  | TmpfsMount
  | ImageMount
  | PipeMount
  | ClusterMount
  | VariableMount
  | MountHandle
  | InterpolatedMount;

/** A mount in any of its forms. */
export const mount: z.ZodType<Mount, MountSpec> = chosen(
  (value) => {
    if (isInterpolation(value)) return variableMount;
    if (typeof value === "string") return shortBind;
    if (typeof value !== "object" || value === null) return unknownMount;
    if ((value as Partial<MountHandle>).kind === "volume mount") return namedMount;
    const { type } = value as { type?: unknown };
    // A volume with a name is a handle.
    if (type === undefined || (type === "volume" && "source" in value)) return unknownMount;
    return typeof type === "string" && Object.hasOwn(LONG_FORMS, type) ? LONG_FORMS[type as MountType] : variableSchema;
  },
  namedMountSchema,
  ...Object.values(LONG_FORMS),
);

const unknownMount = custom(
  () => false,
  (input) => isNot(input, "a mount", 'write data.at("/path"), "./folder:/path" or { type: "bind", ... }'),
);

const namedMount = z.unknown().transform((value, context) => {
  const { volume, target, spec } = value as MountHandle;
  return {
    type: "volume",
    source: volume.name,
    target: parseWithin(mountTarget, target, context, ["target"]),
    ...parseWithin(namedMountSchema, spec, context),
  };
});

const variableMount = z.custom<Interpolation>().transform((short, context): Mount => {
  const [source = "", target, ...options] = splitText(short, ":");
  // It may be a volume without a name, or have colons in it, and begin with a path.
  if (target === undefined) return { type: short, target: short, short: hostPath.parse(short) };
  const after = joinedText(["", target, ...options], ":");
  const isPath = typeof source !== "string" ? typeof source.parts[0] !== "string" || /^[./~]/.test(source.parts[0]) : /^[./~]/.test(source);
  const wrong = options.find((each) => typeof each === "string" && each.split(",").some((option) => !SHORT_OPTIONS.includes(option)));
  if (!isPath || wrong !== undefined || options.length > 1) {
    const message =
      'is not a mount, whatever its variables say (write data.at("/path") for a volume, "./folder:/path" or "./folder:/path:ro")';
    context.issues.push({ code: "custom", input: short, message });
    return z.NEVER;
  }
  return {
    type: "bind",
    source: hostPath.parse(source),
    target,
    ...(options.some((each) => typeof each === "string" && each.split(",").includes("ro")) ? { readOnly: true } : {}),
    bind: { createHostPath: true },
    short: { ...hostPath.parse(source), after },
  };
});

const SHORT_BIND = /^([./~][^:]*):(\/[^:]*)(?::([a-zA-Z,]+))?$/;
/** What may stand at the end of a mount in its short form. @see https://docs.docker.com/reference/compose-file/services/#short-syntax-5 */
export const SHORT_OPTIONS: readonly string[] = ["ro", "rw", "z", "Z"];

const shortBind = z.string().transform((value, context) => {
  if (/^\/[^:]*$/.test(value)) return { type: "volume", target: value };
  const match = SHORT_BIND.exec(value);
  const options = match?.[3]?.split(",") ?? [];
  if (match === null || options.some((option) => !SHORT_OPTIONS.includes(option))) {
    const message = `${show(value)} is not a mount (write data.at("/path") for a volume, "./folder:/path" or "./folder:/path:ro" for a folder of the host)`;
    context.issues.push({ code: "custom", input: value, message });
    return z.NEVER;
  }
  const [, source = "", target = ""] = match;
  const selinux = options.find((option) => option === "z" || option === "Z");
  return bindSchema.parse({
    type: "bind",
    source,
    target,
    ...(options.includes("ro") ? { readOnly: true } : {}),
    bind: { createHostPath: true, ...(selinux === undefined ? {} : { selinux }) },
  } as z.input<typeof bindSchema>);
});
