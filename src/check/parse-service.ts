import type * as z from "zod";
import type { Issue } from "../errors.ts";
import type { CheckedDockerfile, CheckedService } from "../model/checked-stack.ts";
import { isImage } from "../model/image.ts";
import { carriedByDockerfile } from "../model/in-dockerfile.ts";
import { nearestOf } from "../model/near-name.ts";
import { isProbe } from "../model/schema/healthcheck.ts";
import { type ServiceModel, serviceSchema } from "../model/schema/service.ts";
import type { AnyService } from "../model/service.ts";
import type { AnyProbe } from "../probe/catalog.ts";
import { stageImage } from "../probe/dockerfile-healthcheck.ts";
import type { ProbedImage } from "../probe/probed-image.ts";
import { programsOf, renderProbe } from "../probe/render.ts";
import { startAssumes, startCommands, startRefusal } from "../probe/start-commands.ts";
import { issueAt } from "./draft.ts";
import { generatedDockerfile } from "./rules/dockerfiles.ts";
import { schemaIssues } from "./schema-issues.ts";

/** A service as it is checked, and what is wrong of it. */
export interface ParsedService {
  /** Absent where nothing of it could be read. */
  readonly service?: CheckedService | undefined;
  /** What does not have the form that the specification asks for. */
  readonly malformed: readonly Issue[];
  /** The attributes that are left out because they don't have that form; absent where all have it. */
  readonly unknown?: ReadonlySet<string>;
  /** What can't be done in its image. */
  readonly refused: readonly Issue[];
}

/** Parses a service; what is wrong of it is left out, so that the rest can be judged. */
export function parseService(member: AnyService): ParsedService {
  const { name, spec, definition } = member;
  const result = serviceSchema.safeParse(spec);
  if (result.success) return { ...checkedService(member, result.data), malformed: [] };
  const { issues } = result.error;
  const malformed = schemaIssues(result.error, name, definition);
  if (issues.some(({ path }) => path.length === 0)) return { malformed, refused: [] };
  const isItem = ({ path: [attribute = "", index] }: z.core.$ZodIssue): boolean =>
    BY_NAME.has(String(attribute)) && typeof index === "number";
  // What was misspelt is there under another name.
  const unknown = new Set(
    issues
      .filter((issue) => !isItem(issue))
      .map(({ path: [attribute = ""] }) => String(attribute))
      .flatMap((each) => [each, meant(each) ?? each]),
  );
  const wrongItems = new Set(issues.filter(isItem).map(({ path: [attribute, index] }) => `${String(attribute)} ${String(index)}`));
  const given = Object.entries(spec)
    .filter(([attribute]) => !unknown.has(attribute))
    .map(([attribute, value]) => [
      attribute,
      Array.isArray(value) ? value.filter((_, index) => !wrongItems.has(`${attribute} ${index}`)) : value,
    ]);
  const standing = [...unknown].flatMap((attribute) => Object.entries(STANDING[attribute] ?? {}));
  const { data: model } = serviceSchema.safeParse(Object.fromEntries([...standing, ...given]));
  const read = model === undefined ? { refused: [] } : checkedService(member, model);
  return { ...read, malformed, unknown };
}

/** Lists whose items are told by name and not by number: of these only the items that are wrong are left out. */
const BY_NAME = new Set(["dependsOn", "models", "networks"]);

const meant = nearestOf(Object.keys(serviceSchema.shape));

/** What stands for an attribute whose absence would be wrong as well. */
const STANDING: Readonly<Record<string, AnyService["spec"]>> = {
  image: { image: "unknown" },
  build: { build: "." },
  provider: { image: "unknown" },
  extends: { image: "unknown" },
  healthcheck: { healthcheck: {} },
};

function checkedService(member: AnyService, model: ServiceModel): Pick<ParsedService, "service" | "refused"> {
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
