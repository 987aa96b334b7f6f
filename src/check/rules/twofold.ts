import type { Issue } from "../../errors.ts";
import type { CheckedService } from "../../model/checked-stack.ts";
import { isInterpolation } from "../../model/interpolation.ts";
import { type Draft, issueAt } from "../draft.ts";
import { rule } from "../rule.ts";

export const CONTRADICTING_VALUES = rule({
  name: "contradicting-values",
  severity: "error",
  refuses: "every stack",
  summary: "What can be said in two places is said differently.",
  why: "Compose refuses the file.",
  fix: "Write it once, or the same twice.",
  bad: `services:
  web:
    image: nginx:1.29
    mem_limit: 1g
    deploy:
      resources:
        limits:
          memory: 2g
`,
  good: `services:
  web:
    image: nginx:1.29
    deploy:
      resources:
        limits:
          memory: 2g
`,
  sources: ["Measured: `docker compose config` 2.40 refuses it"],
  judge: checkTwofold,
});

/** What can be said in two places, and is said differently. */
function checkTwofold({ services }: Draft): readonly Issue[] {
  return [...services.values()].flatMap((service) =>
    pairsOf(service).flatMap(([path, value, otherPath, other]) => {
      if (!differ(value, other)) return [];
      const message = `${String(value)} contradicts ${otherPath}, which is ${String(other)}: Compose accepts one value`;
      return [issueAt(service.definition, `${service.name}.${path}`, message)];
    }),
  );
}

type Pair = readonly [path: string, value: unknown, otherPath: string, other: unknown];

function pairsOf({ model }: CheckedService): readonly Pair[] {
  const { limits, reservations } = model.deploy?.resources ?? {};
  // Where limits are given at all, Compose takes the one that is not for 0.
  const [none, nothing] = [limits && "not given", reservations && "not given"];
  return [
    ["cpus", model.cpus, "deploy.resources.limits.cpus", limits?.cpus ?? none],
    ["memLimit", model.memLimit, "deploy.resources.limits.memory", limits?.memory ?? none],
    ["memReservation", model.memReservation, "deploy.resources.reservations.memory", reservations?.memory ?? nothing],
    ["pidsLimit", model.pidsLimit, "deploy.resources.limits.pids", limits?.pids ?? none],
    ["scale", model.scale, "deploy.replicas", model.deploy?.replicas],
  ];
}

// What a variable will say is not known yet; 0 says nothing, but of replicas.
function differ(value: unknown, other: unknown): boolean {
  if (value === undefined || other === undefined || isInterpolation(value) || isInterpolation(other)) return false;
  return Number(value) !== (other === "not given" ? 0 : Number(other));
}
