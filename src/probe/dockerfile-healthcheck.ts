import { type Dockerfile, isDockerfile } from "../model/dockerfile.ts";
import { isInterpolation } from "../model/interpolation.ts";
import { type Healthcheck, type HealthcheckSpec, isProbe, type Probe } from "../model/schema/healthcheck.ts";
import type { AnyProbe } from "./catalog.ts";
import { renderProbe } from "./render.ts";

/** A health check of a described Dockerfile, with the command that fits the image that its stage is based on. */
export function dockerfileHealthcheck(check: Probe | HealthcheckSpec, stage: Dockerfile): Healthcheck | undefined {
  return isProbe(check) ? renderProbe(check as AnyProbe, baseImage(stage)) : (check as Healthcheck);
}

/** The image below all stages that a stage is based on; `undefined` where it depends on a variable without default. */
export function baseImage({ base, options }: Dockerfile): string | undefined {
  if (isDockerfile(base)) return baseImage(base);
  if (!isInterpolation(base)) return base;
  const parts = base.parts.map((part) => (typeof part === "string" ? part : options.args?.[part.name]));
  return parts.every((part) => typeof part === "string") ? parts.join("") : undefined;
}
