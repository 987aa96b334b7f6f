import type { Issue } from "../../errors.ts";
import type { CheckedDockerfile, CheckedService } from "../../model/checked-stack.ts";
import { type Dockerfile, hasOwnCheck, isDockerfile, stagesOf, stageWithCheck } from "../../model/dockerfile.ts";
import type { Step } from "../../model/dockerfile-step.ts";
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
  const whole = carried === undefined || hasOwnCheck(described) ? described : described.healthcheck(carried);
  const { check } = whole;
  if (check === undefined) return { described: whole };
  const rendered = renderForDockerfile(check, stageWithCheck(whole));
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
  const carried = probe !== undefined && carriedByDockerfile(probe) !== undefined ? probe : undefined;
  return [
    ...(build === undefined ? [NOT_BUILT] : contextProblems(build)),
    ...(described === undefined
      ? healthcheckProblems(healthcheck, "healthcheck")
      : [...(build?.target === undefined ? [] : [TARGET_BESIDE_STAGE]), ...stageProblems(described, carried)]),
  ];
}

const NOT_BUILT: Problem = [
  "healthcheck",
  "can't be put into a Dockerfile: the service is not built",
  "write the probe without inDockerfile(), or build the image",
];

const TARGET_BESIDE_STAGE: Problem = [
  "build.target",
  "can't stand beside a described Dockerfile: its image is that of its last stage",
  "hand over the stage that is to be built: dockerfile: stage",
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

function stageProblems(described: Dockerfile, carried: Probe | undefined): readonly Problem[] {
  const stages = stagesOf(described);
  const checks = stages.flatMap((stage) => checksOf(stage.steps).flatMap((check) => checkProblems(check, stage, carried)));
  const isInTheWay = carried !== undefined && !checksOf(described.steps).includes(carried);
  return [...twinProblems(stages), ...(isInTheWay ? [TWO_CHECKS] : []), ...checks];
}

function twinProblems(stages: readonly Dockerfile[]): readonly Problem[] {
  const names = stages.flatMap(({ options }) => (options.as === undefined ? [] : [options.as]));
  const twins = names.filter((name, index) => names.indexOf(name) !== index);
  return twins.map(
    (name): Problem => [
      "build.dockerfile",
      `two stages have the name "${name}"`,
      "refer to the finished stage everywhere, or give one of them another name",
    ],
  );
}

/** The health checks that a stage says, also those for images that are based on it. */
function checksOf(steps: readonly Step[]): readonly (Probe | HealthcheckSpec)[] {
  return steps.flatMap((step) => {
    if (step.type === "onbuild") return checksOf(step.steps);
    return step.type === "healthcheck" ? [step.check] : [];
  });
}

/** What is wrong with a health check in a stage. */
function checkProblems(check: Probe | HealthcheckSpec, stage: Dockerfile, carried: Probe | undefined): readonly Problem[] {
  const refusal = dockerfileRefusal(check, stage);
  if (refusal !== undefined) return [["build.dockerfile", refusal.message, refusal.hint]];
  return healthcheckProblems(dockerfileHealthcheck(check, stage), check === carried ? "healthcheck" : "build.dockerfile");
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

/** The probe of a described Dockerfile. */
export function probeIn(described: Dockerfile | undefined): Probe | undefined {
  return isProbe(described?.check) ? described.check : undefined;
}
