import type { Issue } from "../../errors.ts";
import type { CheckedDockerfile, CheckedService } from "../../model/checked-stack.ts";
import { type Dockerfile, isDockerfile, stagesOf } from "../../model/dockerfile.ts";
import { carriedByDockerfile } from "../../model/in-dockerfile.ts";
import { isInterpolation } from "../../model/interpolation.ts";
import { isRemote } from "../../model/remote-path.ts";
import { type Healthcheck, type HealthcheckSpec, isProbe, type Probe } from "../../model/schema/healthcheck.ts";
import type { ServiceModel } from "../../model/schema/service.ts";
import { dockerfileHealthcheck, dockerfileRefusal, renderForDockerfile } from "../../probe/dockerfile-healthcheck.ts";
import { programsOf } from "../../probe/render.ts";
import { type Draft, issueAt } from "../draft.ts";
import { rule } from "../rule.ts";
import { contradiction } from "./timings.ts";

/** The Dockerfile that has to be generated for a service; `undefined` where the user's own is used as it is. */
export function generatedDockerfile({ build, healthcheck }: ServiceModel): CheckedDockerfile | undefined {
  const carried = isProbe(healthcheck) && carriedByDockerfile(healthcheck) !== undefined ? healthcheck : undefined;
  const described = isDockerfile(build?.dockerfile) ? build.dockerfile : undefined;
  if (described === undefined) return carried === undefined ? undefined : { healthcheck: dockerfileHealthcheck(carried, undefined) };
  const whole = carried === undefined ? described : described.healthcheck(carried);
  const check = checkOf(whole);
  if (check === undefined) return { described: whole };
  const rendered = renderForDockerfile(check, whole);
  return { described: whole, healthcheck: rendered.healthcheck, probeNeeds: programsOf(rendered), probeAssumes: rendered.test?.assumed };
}

export const DOCKERFILE_NOT_GENERABLE = rule({
  name: "dockerfile-not-generable",
  severity: "error",
  refuses: "every stack",
  summary: "A Dockerfile can't be generated, or could not be built.",
  why: "What is described can not be written: a health check without a build, two stages of one name, a variable of Compose in a Dockerfile.",
  fix: "The message says which one it is, and what to do.",
  bad: `import { inDockerfile, probe, service, stack } from "stackwright";

export default stack("shop", [service("db", { image: "postgres:17", healthcheck: inDockerfile(probe.postgres()) })]);
`,
  good: `import { probe, service, stack } from "stackwright";

export default stack("shop", [service("db", { image: "postgres:17", healthcheck: probe.postgres() })]);
`,
  sources: ["https://docs.docker.com/reference/dockerfile/"],
  judge: checkDockerfiles,
});

function checkDockerfiles({ services }: Draft): readonly Issue[] {
  return [...services.values()].flatMap((service) => {
    if (service.dockerfile === undefined) return [];
    return problems(service, service.dockerfile).map(([path, message, hint]) =>
      issueAt(service.definition, `${service.name}.${path}`, message, hint),
    );
  });
}

type Problem = readonly [path: string, message: string, hint?: string];

function problems({ model, probe }: CheckedService, { described, healthcheck }: CheckedDockerfile): readonly Problem[] {
  const { build } = model;
  const carried = probe !== undefined && carriedByDockerfile(probe) !== undefined;
  const refused = described === undefined ? [] : refusals(described);
  return [
    ...(build === undefined ? [NOT_BUILT] : contextProblems(build)),
    ...(described === undefined ? [] : stageProblems(described)),
    ...(carried && described !== undefined && checksIn(described) > 1 ? [TWO_CHECKS] : []),
    ...refused,
    ...(refused.length === 0 && (carried || checkOf(described) !== undefined)
      ? healthcheckProblems(healthcheck, carried ? "healthcheck" : "build.dockerfile")
      : []),
  ];
}

/** A probe of the Dockerfile's own that its image can't do. */
function refusals(described: Dockerfile): readonly Problem[] {
  const check = checkOf(described);
  const refusal = check === undefined ? undefined : dockerfileRefusal(check, described);
  return refusal === undefined ? [] : [["build.dockerfile", refusal.message, refusal.hint]];
}

const NOT_BUILT: Problem = [
  "healthcheck",
  "can't be put into a Dockerfile: the service is not built",
  "write the probe without inDockerfile(), or build the image",
];

const TWO_CHECKS: Problem = [
  "healthcheck",
  "the Dockerfile has a health check of its own: there must be one source of truth",
  "take inDockerfile(...) or .healthcheck(...) out",
];

function contextProblems({ context, dockerfile, dockerfileInline, target }: NonNullable<ServiceModel["build"]>): readonly Problem[] {
  const path = context?.path;
  const isKnown = path === undefined || (typeof path === "string" && !isRemote(path));
  const message = "must be a folder of this machine where Stackwright generates the Dockerfile";
  return [
    ...(isKnown ? [] : [["build.context", message] as const]),
    ...Object.entries({ dockerfile, dockerfileInline, target }).flatMap(([name, value]): readonly Problem[] =>
      isInterpolation(value) ? [[`build.${name}`, "can't be a variable where Stackwright generates the Dockerfile"]] : [],
    ),
  ];
}

function stageProblems(described: Dockerfile): readonly Problem[] {
  const names = stagesOf(described).flatMap(({ options }) => (options.as === undefined ? [] : [options.as]));
  const twins = names.filter((name, index) => names.indexOf(name) !== index);
  return twins.map(
    (name): Problem => [
      "build.dockerfile",
      `two stages have the name "${name}"`,
      "refer to the finished stage everywhere, or give one of them another name",
    ],
  );
}

function healthcheckProblems(check: Healthcheck | undefined, path: string): readonly Problem[] {
  if (check?.disable !== true && check?.test === undefined) {
    return [[path, "the health check has no test of its own: a Dockerfile can't change only the timings of the image's"]];
  }
  const variables = Object.entries(check).filter(([, value]) => [value].flat().some(isInterpolation));
  const message = contradiction(check);
  return [
    ...variables.map(([name]): Problem => [`${path}.${name}`, "can't be a variable of Compose in a Dockerfile"]),
    ...(message === undefined ? [] : [[path, message] as const]),
  ];
}

function checksIn({ steps }: Dockerfile): number {
  return steps.filter(({ type }) => type === "healthcheck").length;
}

/** The probe of a described Dockerfile. */
export function probeIn(described: Dockerfile | undefined): Probe | undefined {
  const check = checkOf(described);
  return isProbe(check) ? check : undefined;
}

function checkOf(described: Dockerfile | undefined): Probe | HealthcheckSpec | undefined {
  return (described as (Dockerfile & { readonly check?: Probe | HealthcheckSpec }) | undefined)?.check;
}
