import type { CheckedService } from "../../model/checked-stack.ts";
import type { GrantModel } from "../../model/schema/secret.ts";
import { type Draft, issueAt } from "../draft.ts";
import { type Finding, rule } from "../rule.ts";

export const DUPLICATE_TARGET = rule({
  name: "duplicate-target",
  severity: "error",
  refuses: "typescript",
  summary: "Two things are mounted at one path of a container.",
  why: "Compose refuses a mount at the place of a tmpfs; of two mounts, or a mount and a config, it takes one and drops the other without a word.",
  fix: "Take one of them out, or mount it elsewhere.",
  bad: `services:
  web:
    image: nginx:1.29
    volumes: ["./a:/data"]
    tmpfs: [/data]
`,
  good: `services:
  web:
    image: nginx:1.29
    volumes: ["./a:/data"]
    tmpfs: [/more]
`,
  sources: [
    "Measured: `docker compose config` 2.40 refuses a volume at the place of a tmpfs; of two mounts `up` takes the last, of a mount and a config the mount",
  ],
  judge: checkTargets,
});

/** Whether a service is given a file of its container: by a secret, a config or a mount, also one whose place a variable says. */
export function isProvided(file: string, service: CheckedService): boolean {
  const { volumes = [], tmpfs = [], secrets = [], configs = [] } = service.model;
  const targets = targetsOf(service);
  const isUnknown = targets.length < volumes.length + tmpfs.length + secrets.length + configs.length;
  return isUnknown || targets.some(({ place }) => file === place || file.startsWith(`${place}/`));
}

interface Target {
  readonly path: string;
  readonly place: string;
}

/** Two things at one path of a container. */
function checkTargets({ services }: Draft): readonly Finding[] {
  return [...services.values()].flatMap((service) => {
    const taken = new Map<string, string>();
    return targetsOf(service).flatMap(({ path, place }) => {
      const other = taken.get(place);
      if (other === undefined) {
        taken.set(place, path);
        return [];
      }
      // Compose refuses a mount at the place of a tmpfs, and drops one of two mounts without a word.
      const severity = other.startsWith("tmpfs.") || path.startsWith("tmpfs.") ? "error" : "warning";
      return [{ ...issueAt(service.definition, `${service.name}.${path}`, `"${place}" is taken by ${other} already`), severity }];
    });
  });
}

function targetsOf({ model }: CheckedService): readonly Target[] {
  const mounts = (model.volumes ?? []).flatMap(({ target }, index) => at(`volumes.${index}`, target));
  const memory = (model.tmpfs ?? []).flatMap((each, index) =>
    at(`tmpfs.${index}`, typeof each === "string" ? each.split(":")[0] : undefined),
  );
  const granted = (kind: "secrets" | "configs", folder: string): readonly Target[] =>
    (model[kind] ?? []).flatMap((grant, index) => at(`${kind}.${index}`, placeOf(grant, folder)));
  return [...mounts, ...memory, ...granted("secrets", "/run/secrets/"), ...granted("configs", "/")];
}

function placeOf({ source, target = source }: GrantModel, folder: string): string | undefined {
  if (typeof target !== "string") return undefined;
  return target.startsWith("/") ? target : folder + target;
}

// What a variable will say is not known yet.
function at(path: string, place: unknown): readonly Target[] {
  if (typeof place !== "string") return [];
  return [{ path, place: place.length > 1 ? place.replace(/\/+$/, "") : place }];
}
