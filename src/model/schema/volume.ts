import type { Text } from "../interpolation.ts";
import { attributes } from "./object.ts";
import { flag, type HostPath, hostPath, labels, mapOf, text, textOrNumber } from "./scalar.ts";

/** Volumes. @see https://docs.docker.com/reference/compose-file/volumes/ */
export const volumeSchema = attributes({
  /** The name outside of the stack. Default: the stack's name, `_` and the volume's. @see https://docs.docker.com/reference/compose-file/volumes/#name */
  name: text.optional(),
  /** The volume driver. Default: "local". @see https://docs.docker.com/reference/compose-file/volumes/#driver */
  driver: text.optional(),
  /** Options of the driver; keys stay as written. Default: none. @see https://docs.docker.com/reference/compose-file/volumes/#driver_opts */
  driverOpts: mapOf(textOrNumber).transform(withDevice).optional(),
  /** Whether the volume exists already and is not managed by this stack. Default: false. @see https://docs.docker.com/reference/compose-file/volumes/#external */
  external: flag.optional(),
  /** Labels of the volume. Default: none. @see https://docs.docker.com/reference/compose-file/volumes/#labels */
  labels: labels.optional(),
});

function isBind(options: Text | undefined): boolean {
  return typeof options === "string" && options.split(",").includes("bind");
}

// A volume that is a folder of the host names it as its device: Compose resolves a relative one, as ours must be.
function withDevice(options: Map<string, Text>): Map<string, Text | HostPath> {
  const device = options.get("device");
  const isFolder = options.get("type") === "none" && isBind(options.get("o"));
  if (!isFolder || typeof device !== "string" || !device.startsWith(".")) return options;
  return new Map<string, Text | HostPath>(options).set("device", hostPath.parse(device));
}
