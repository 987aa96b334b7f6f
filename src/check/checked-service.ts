import type { Issue } from "../errors.ts";
import type { CheckedDockerfile, CheckedService } from "../model/checked-stack.ts";
import { isImage } from "../model/image.ts";
import { carriedByDockerfile } from "../model/in-dockerfile.ts";
import { isProbe } from "../model/schema/healthcheck.ts";
import type { ServiceModel } from "../model/schema/service.ts";
import type { AnyService } from "../model/service.ts";
import type { AnyProbe } from "../probe/catalog.ts";
import { stageImage } from "../probe/dockerfile-healthcheck.ts";
import type { ProbedImage } from "../probe/probed-image.ts";
import { programsOf, renderProbe } from "../probe/render.ts";
import { startAssumes, startCommands, startRefusal } from "../probe/start-commands.ts";
import { issueAt } from "./draft.ts";
import { generatedDockerfile } from "./rules/dockerfiles.ts";

/** A service with its probe as a command for its image, and what can't be done in that image. */
export function checkedService(
  member: AnyService,
  model: ServiceModel,
): { readonly service: CheckedService; readonly refused: readonly Issue[] } {
  const { kind, name, definition, spec } = member;
  const { healthcheck, ...rest } = model;
  const dockerfile = generatedDockerfile(model);
  const image = imageOf(spec, model, dockerfile);
  const starts = startCommands(model, dockerfile?.described);
  const refused = starts.flatMap((start) => {
    const refusal = startRefusal(start, image);
    return refusal === undefined ? [] : [issueAt(definition, `${name}.${start.attribute}`, refusal.message, refusal.hint)];
  });
  const startNeeds = starts.map((start) => ({ ...start, assumed: startAssumes(start, image) }));
  if (!isProbe(healthcheck)) {
    const inherited = healthcheck === undefined ? dockerfile : undefined;
    const { probeNeeds, probeAssumes } = inherited ?? {};
    return {
      service: { kind, name, definition, model: { ...model, healthcheck }, dockerfile, probeNeeds, probeAssumes, startNeeds },
      refused,
    };
  }
  const rendered = renderProbe(healthcheck as AnyProbe, { ...image, waits: model.pid === undefined });
  const { problem } = rendered;
  const inCompose = carriedByDockerfile(healthcheck)?.alsoInCompose ?? true;
  // A refused probe is reported once: nothing that waits for the service is wrong because of it.
  // The position of the health check among the attributes is kept: it is the order of the output.
  const service = {
    kind,
    name,
    definition,
    model: { ...model, ...rest, healthcheck: !inCompose ? undefined : problem === undefined ? rendered.healthcheck : {} },
    probe: healthcheck,
    dockerfile,
    probeNeeds: programsOf(rendered),
    probeAssumes: rendered.test?.assumed,
    startNeeds,
  };
  if (problem === undefined) return { service, refused };
  return { service, refused: [...refused, issueAt(definition, `${name}.healthcheck`, problem.message, problem.hint)] };
}

// What a build makes is not known, whatever the result is called; what the user declares is.
function imageOf({ image }: AnyService["spec"], model: ServiceModel, dockerfile: CheckedDockerfile | undefined): ProbedImage {
  const has = isImage(image) ? image.has : undefined;
  if (dockerfile?.described !== undefined) return { ...stageImage(dockerfile.described), has };
  return model.build === undefined && typeof model.image === "string" ? { name: model.image, has } : { has };
}
