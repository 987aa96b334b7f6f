import * as z from "zod";
import { isInterpolation, type Text } from "../interpolation.ts";
import { attributes, show } from "./object.ts";
import { chosen, count, flag, type HostPath, hostPath, type OrVariable, parseWithin, text, textOrNumber, word } from "./scalar.ts";

const common = {
  /** Whether the container may only read. Default: false. */
  readOnly: flag.optional(),
  /** How far the mount is kept consistent; only Docker Desktop looked at it. */
  consistency: text.optional(),
};

const volumeOptions = attributes({
  /** Whether the image's files at the path are not copied into a new volume. Default: false. */
  nocopy: flag.optional(),
  /** A path inside the volume that is mounted instead of its root. */
  subpath: text.optional(),
});

/** What can be said of a named volume's mount beside its path. */
export const namedMountSchema = attributes({
  ...common,
  /** Options of volumes. */
  volume: volumeOptions.optional(),
});

const bindSchema = attributes({
  type: z.literal("bind"),
  /** The file or folder on the host; relative to the stack's module. */
  source: hostPath,
  /** The path in the container. */
  target: text,
  ...common,
  /** Options of bind mounts. */
  bind: attributes({
    /** How mounts inside the source propagate. Default: "rprivate". */
    propagation: text.optional(),
    /** Whether a missing source is created as an empty folder. Default: false in the long form, true in the short one. */
    createHostPath: flag.optional(),
    /** How sub-mounts are treated. Default: "enabled". */
    recursive: word("enabled", "disabled", "writable", "readonly").optional(),
    /** SELinux relabelling: "z" shared, "Z" private. */
    selinux: word("z", "Z").optional(),
  }).optional(),
});

const tmpfsSchema = attributes({
  type: z.literal("tmpfs"),
  /** The path in the container. */
  target: text,
  ...common,
  /** Options of tmpfs mounts. */
  tmpfs: attributes({
    /** The most it may hold: bytes, or a text such as "64m". Default: no limit. */
    size: textOrNumber.optional(),
    /** The mode of the folder, e.g. 0o1777. */
    mode: count.optional(),
  }).optional(),
});

/** A bind mount in its short form, `SOURCE:TARGET[:ro]`; a named volume is mounted with `volume.at(path)`. */
export type ShortBind = `${"." | "/" | "~"}${string}:${string}`;

/** A mount of a file or folder of the host. */
export interface BindMount extends z.input<typeof bindSchema> {}

/** A mount in memory. */
export interface TmpfsMount extends z.input<typeof tmpfsSchema> {}

/** A mount after parsing. */
export interface Mount {
  readonly type: "bind" | "tmpfs" | "volume";
  readonly source?: Text | HostPath | undefined;
  readonly target: Text;
  readonly readOnly?: OrVariable<boolean> | undefined;
}

/** A mounted volume, as `volume.at()` makes it. */
export interface MountHandle {
  readonly kind: "volume mount";
  readonly volume: { readonly name: string };
  readonly target: string;
  readonly spec: z.input<typeof namedMountSchema>;
}

/** A mount in any of its forms. */
export const mount: z.ZodType<Mount, ShortBind | BindMount | TmpfsMount | MountHandle> = chosen((value) => {
  if (typeof value === "string") return shortBind;
  if (typeof value !== "object" || value === null || isInterpolation(value)) return unknownMount;
  if ((value as Partial<MountHandle>).kind === "volume mount") return namedMount;
  if ((value as { type?: unknown }).type === "bind") return bindSchema;
  if ((value as { type?: unknown }).type === "tmpfs") return tmpfsSchema;
  return unknownMount;
});

const unknownMount = z.custom(() => false, {
  error: (issue) => `${show(issue.input)} is not a mount (write data.at("/path"), "./folder:/path" or { type: "bind" | "tmpfs", ... })`,
});

const namedMount = z.unknown().transform((value, context) => {
  const { volume, target, spec } = value as MountHandle;
  return { type: "volume", source: volume.name, target, ...parseWithin(namedMountSchema, spec, context) };
});

const SHORT_BIND = /^([./~][^:]*):(\/[^:]*)(?::([a-zA-Z,]+))?$/;
const SHORT_OPTIONS = ["ro", "rw", "z", "Z"];

const shortBind = z.string().transform((value, context) => {
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
