import { type Dockerfile, isDockerfile } from "../model/dockerfile.ts";
import { isInterpolation } from "../model/interpolation.ts";
import { type Healthcheck, type HealthcheckSpec, isProbe, type Probe } from "../model/schema/healthcheck.ts";
import { type Additions, isRemoved, mayBring } from "./brought.ts";
import type { AnyProbe } from "./catalog.ts";
import { contentsOf } from "./facts/contents.ts";
import type { ProbedImage } from "./probed-image.ts";
import type { Refusal } from "./render/refusal.ts";
import { type RenderedProbe, renderProbe } from "./render.ts";

/**
 * A health check of a Dockerfile, with the command that fits the image that its stage is based on.
 *
 * @param stage the stage; without it the image is not known, and the command finds out what it contains.
 */
export function dockerfileHealthcheck(check: Probe | HealthcheckSpec, stage: Dockerfile | undefined): Healthcheck | undefined {
  return renderForDockerfile(check, stage).healthcheck;
}

/** The same, with how it came about. */
export function renderForDockerfile(check: Probe | HealthcheckSpec, stage: Dockerfile | undefined): RenderedProbe {
  return isProbe(check) ? render(check, stage) : { healthcheck: check as Healthcheck };
}

/** Why a probe can't be done inside the image of a stage; `undefined` where it can. */
export function dockerfileRefusal(check: Probe | HealthcheckSpec, stage: Dockerfile): Refusal | undefined {
  return isProbe(check) ? render(check, stage).problem : undefined;
}

function render(check: Probe, stage: Dockerfile | undefined): RenderedProbe {
  return renderProbe(check as AnyProbe, stage === undefined ? undefined : stageImage(stage));
}

/** The image that a stage makes, as far as its base and its instructions tell. */
export function stageImage(stage: Dockerfile): ProbedImage {
  return builtImage(baseImage(stage), additionsOf(stage));
}

/** An image that is built on another one. */
export function builtImage(base: string | undefined, additions: Additions): ProbedImage {
  const hasNoShell = base !== undefined && contentsOf(base)?.lacks.has("sh") === true;
  return { name: base, mayBring: mayBring(additions, { hasNoShell }), isRemoved: (program) => isRemoved(additions, program) };
}

function additionsOf({ base, steps }: Dockerfile): Additions {
  const below = isDockerfile(base) ? additionsOf(base) : { commands: [], targets: [] };
  return {
    commands: [...below.commands, ...steps.flatMap((step) => (step.type === "run" ? [[step.command].flat().join(" ")] : []))],
    targets: [
      ...below.targets,
      ...steps.flatMap((step) => ("target" in step ? [isInterpolation(step.target) ? undefined : step.target] : [])),
    ],
  };
}

/** The image below all stages that a stage is based on; `undefined` where it depends on a variable without default. */
function baseImage({ base, options }: Dockerfile): string | undefined {
  if (isDockerfile(base)) return baseImage(base);
  if (!isInterpolation(base)) return base;
  const parts = base.parts.map((part) => (typeof part === "string" ? part : options.args?.[part.name]));
  return parts.every((part) => typeof part === "string") ? parts.join("") : undefined;
}
