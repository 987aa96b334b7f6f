import type { Place } from "../../model/place.ts";
import { SHORT_OPTIONS } from "../../model/schema/mount.ts";
import type { Tell } from "./problem.ts";
import { isPathOfHost, splitMount } from "./split-mount.ts";
import { type Spec, toText } from "./to-spec.ts";

/** Whether only the values of its variables tell what a mount in its short form mounts: the model reads it as it is. */
export function isOpenMount(text: string): boolean {
  const { source, options } = splitMount(text);
  const isPath = source === undefined || isPathOfHost(source) || source.startsWith("$");
  return /\$(\{|[A-Za-z_])/.test(text) && isPath && options.split(",").every((option) => option === "" || SHORT_OPTIONS.includes(option));
}

/** A mount in its short form; the source of a volume is its name. */
export function longMount(
  text: string,
  place: Place | undefined,
  tell: Tell,
): { [key: string]: Spec } & { type: string; source?: Spec; target: Spec } {
  const { source, target, options } = splitMount(text);
  const words = options.split(",").filter((word) => word !== "");
  const common = { target: toText(target, place, tell), ...(words.includes("ro") ? { readOnly: true } : {}) };
  if (source === undefined) return { type: "volume", ...common, volume: {} };
  const selinux = words.find((word) => word === "z" || word === "Z");
  const propagation = words.find((word) => /^r?(private|shared|slave)$/.test(word));
  const bindOptions = { ...(selinux === undefined ? {} : { selinux }), ...(propagation === undefined ? {} : { propagation }) };
  if (!isPathOfHost(source) && !source.startsWith("$")) {
    return {
      type: "volume",
      source,
      ...common,
      ...(Object.keys(bindOptions).length === 0 ? {} : { bind: bindOptions }),
      volume: words.includes("nocopy") ? { nocopy: true } : {},
    };
  }
  return { type: "bind", source: toText(source, place, tell), ...common, bind: { createHostPath: true, ...bindOptions } };
}
