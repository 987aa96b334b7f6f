import { attributes } from "./object.ts";
import { flag, labels, mapOf, text, textOrNumber } from "./scalar.ts";

/** Volumes. @see https://docs.docker.com/reference/compose-file/volumes/ */
export const volumeSchema = attributes({
  /** The name outside of the stack. Default: the stack's name, `_` and the volume's. */
  name: text.optional(),
  /** The volume driver. Default: "local". */
  driver: text.optional(),
  /** Options of the driver; keys stay as written. */
  driverOpts: mapOf(textOrNumber).optional(),
  /** Whether the volume exists already and is not managed by this stack. Default: false. */
  external: flag.optional(),
  /** Labels of the volume. */
  labels: labels.optional(),
});
