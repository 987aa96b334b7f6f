import type { Place } from "../../model/place.ts";
import { portRange } from "../../model/schema/port.ts";
import type { Tell } from "./problem.ts";
import { isPathOfHost, splitMount } from "./split-mount.ts";
import { type Spec, toText } from "./to-spec.ts";

/** A port in its short form in its long one, where it has variables; without them the model reads it. */
export function longPort(text: string, place: Place | undefined, tell: Tell): Spec | readonly Spec[] {
  if (!/\$(\{|[A-Za-z_])/.test(text)) return text;
  const protocol = /\/([^/}]*|\$\{[^}]*\})$/.exec(text);
  const fields = splitAtColons(protocol === null ? text : text.slice(0, protocol.index));
  const [target = "", published, ...host] = fields.toReversed();
  // Of a range behind a variable only the ports in the container are known.
  const targets = portRange(target) ?? [toText(target, place, tell)];
  return targets.map((each) => ({
    mode: "ingress",
    ...(host.length === 0
      ? {}
      : {
          hostIp: toText(
            host
              .toReversed()
              .join(":")
              .replace(/^\[(.*)\]$/, "$1"),
            place,
            tell,
          ),
        }),
    target: each,
    ...(published === undefined || published === "" || targets.length > 1 ? {} : { published: toText(published, place, tell) }),
    protocol: protocol === null ? "tcp" : toText(protocol[1] ?? "", place, tell),
  }));
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

/** Splits at colons that stand neither in `${...}` nor in `[...]`. */
function splitAtColons(text: string): readonly string[] {
  const fields = [""];
  let depth = 0;
  for (const char of text) {
    if (char === "{" || char === "[") depth++;
    if (char === "}" || char === "]") depth--;
    if (char === ":" && depth === 0) fields.push("");
    else fields.push(`${fields.pop()}${char}`);
  }
  return fields;
}
