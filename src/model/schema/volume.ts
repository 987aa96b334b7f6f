import type * as z from "zod";
import type { Text } from "../interpolation.ts";
import { attributes } from "./object.ts";
import { flag, type HostPath, hostPath, labels, mapOf, text, textOrNumber } from "./scalar.ts";

const described = attributes({
  /** The name outside of the stack. Default: the stack's name, `_` and the volume's. @see https://docs.docker.com/reference/compose-file/volumes/#name */
  name: text.optional(),
  /** The volume driver. Default: "local". @see https://docs.docker.com/reference/compose-file/volumes/#driver */
  driver: text.optional(),
  /** Options of the driver; keys stay as written. Default: none. @see https://docs.docker.com/reference/compose-file/volumes/#driver_opts */
  driverOpts: mapOf(textOrNumber).optional(),
  /** Whether the volume exists already and is not managed by this stack. Default: false. @see https://docs.docker.com/reference/compose-file/volumes/#external */
  external: flag.optional(),
  /** Labels of the volume. Default: none. @see https://docs.docker.com/reference/compose-file/volumes/#labels */
  labels: labels.optional(),
});

interface Described extends z.output<typeof described> {}

/** A volume after parsing. */
interface Parsed extends Omit<Described, "driverOpts"> {
  readonly driverOpts?: ReadonlyMap<string, Text | HostPath> | undefined;
}

/** Volumes. @see https://docs.docker.com/reference/compose-file/volumes/ */
export const volumeSchema: z.ZodType<Parsed, z.input<typeof described>> = described.transform(withFolder);

// A volume that is a folder of the host names it as its device; Compose knows that where the driver is named.
function withFolder(volume: Described): Parsed {
  const { name, driver = "local", driverOpts } = volume;
  const device = driverOpts?.get("device");
  if (driver !== "local" || driverOpts?.get("o") !== "bind" || device === undefined) return volume;
  if (typeof device === "string" && !device.startsWith(".")) return volume;
  return { name, driver, ...volume, driverOpts: new Map<string, Text | HostPath>(driverOpts).set("device", hostPath.parse(device)) };
}
