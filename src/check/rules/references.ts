import type { Issue } from "../../errors.ts";
import type { CheckedService } from "../../model/checked-stack.ts";
import { nearNameAmong } from "../../model/near-name.ts";
import { membersOf } from "../../model/stack.ts";
import { issueAt, knowsAllNames } from "../draft.ts";
import { rule } from "../rule.ts";
import type { Subject } from "../subject.ts";

export const UNKNOWN_REFERENCE = rule({
  name: "unknown-reference",
  severity: "error",
  refuses: "every stack",
  summary: "A service refers to another one, to a network, a volume or the like that is not in the stack or not of its kind, or to itself.",
  why: "Compose refuses the file.",
  fix: "Write the name of something in this stack, or define it.",
  bad: `services:
  web:
    image: nginx:1.29
    network_mode: "service:vpn"
`,
  good: `services:
  web:
    image: nginx:1.29
    network_mode: "service:vpn"
  vpn:
    image: alpine:3.22
`,
  sources: ["Measured: `docker compose config` 2.40 refuses it"],
  judge: checkReferences,
});

/** A service that an attribute names. */
export interface Reference {
  readonly path: string;
  readonly service: string;
}

/** Services that are named in a text: they must be in the stack, and not be the one that names them. */
function checkReferences(subject: Subject): readonly Issue[] {
  const { stack, services, configs, malformed } = subject;
  const unread = malformed.filter(({ kind }) => kind === "reference");
  if (!knowsAllNames(subject)) return unread;
  const known = new Set(membersOf(stack).map((member) => member.name));
  const nearService = nearNameAmong(known);
  const nearConfig = nearNameAmong(configs.keys());
  const found = [...services.values()].flatMap((service) => {
    const at = (path: string, message: string): Issue => issueAt(service.definition, `${service.name}.${path}`, message);
    const config = service.model.credentialSpec?.config;
    const strangers = referencesOf(service).flatMap(({ path, service: other }) => {
      if (other === service.name) return [at(path, `"${other}" refers to itself`)];
      return known.has(other) ? [] : [at(path, `there is no service "${other}" in this stack${didYouMean(nearService(other))}`)];
    });
    const unbuilt = contextsOf(service).flatMap(({ path, service: other }) => {
      const target = services.get(other);
      if (other === service.name || target === undefined || target.model.build !== undefined || target.model.extends !== undefined)
        return [];
      return [at(path, `"${other}" is not built, and only a built one can be a context (write docker-image://IMAGE)`)];
    });
    if (typeof config !== "string" || configs.has(config)) return [...strangers, ...unbuilt];
    return [
      ...strangers,
      ...unbuilt,
      at("credentialSpec.config", `there is no config "${config}" in this stack${didYouMean(nearConfig(config))}`),
    ];
  });
  return [...unread, ...found];
}

function referencesOf(service: CheckedService): readonly Reference[] {
  const { extends: base } = service.model;
  const extended = base === undefined || base.file !== undefined ? [] : named("extends", /^(.+)$/, base.service);
  return [...sharedWith(service), ...extended, ...contextsOf(service)];
}

/** The services whose images are contexts of a build. */
function contextsOf({ model: { build } }: CheckedService): readonly Reference[] {
  return [...(build?.additionalContexts ?? [])].flatMap(([key, context]) =>
    named(`build.additionalContexts.${key}`, /^service:(.+)$/, context),
  );
}

/** The services with which one shares namespaces, names or volumes. */
export function sharedWith({ model }: CheckedService): readonly Reference[] {
  const { networkMode, pid, ipc, links, volumesFrom } = model;
  // Most services share nothing, and many rules ask.
  if ([networkMode, pid, ipc, links, volumesFrom].every((each) => each === undefined)) return [];
  const modes = Object.entries({ networkMode, pid, ipc }).flatMap(([path, mode]) => named(path, /^service:(.+)$/, mode));
  const linked = (links ?? []).flatMap((link, index) => named(`links.${index}`, /^([^:]+)/, link));
  const mounted = (volumesFrom ?? []).flatMap((from, index) => named(`volumesFrom.${index}`, /^(?!container:)([^:]+)/, from));
  return [...modes, ...linked, ...mounted];
}

function named(path: string, pattern: RegExp, value: unknown): readonly Reference[] {
  const service = typeof value === "string" ? pattern.exec(value)?.[1] : undefined;
  return service === undefined ? [] : [{ path, service }];
}

function didYouMean(near: string | undefined): string {
  return near === undefined ? "" : `; did you mean "${near}"?`;
}
