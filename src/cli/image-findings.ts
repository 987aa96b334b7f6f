import { programsMissed, programsNamed } from "../check/command/programs.ts";
import { readTest } from "../check/command/read-test.ts";
import type { Judgement } from "../check/judge.ts";
import { atService } from "../check/judging.ts";
import type { Finding } from "../check/rule.ts";
import type { Subject } from "../check/subject.ts";
import { missingIn, programsIn } from "../drive/image-contents.ts";
import { StackError } from "../errors.ts";
import type { CheckedService } from "../model/checked-stack.ts";

/** What the local images lack that the probes of a stack need; each image is looked into, nothing of it runs. */
export async function imageFindings({ services }: Pick<Subject, "services">): Promise<readonly Judgement[]> {
  const findings: Finding[] = [];
  for (const service of services.values()) findings.push(...(await findingsOf(service)));
  return findings.map((finding) => ({ ...finding, rule: "probe-refused", severity: finding.severity ?? "error" }));
}

async function findingsOf(service: CheckedService): Promise<readonly Finding[]> {
  const { model } = service;
  if (model.build !== undefined || typeof model.image !== "string") return needsPrograms(service) ? [notLookedInto(service)] : [];
  const { image } = model;
  try {
    const missing = await missingFor(service, image);
    const message = `${image} has no ${missing.join(", no ")}, which the probe needs`;
    return [...(missing.length === 0 ? [] : [atService(service, "healthcheck", message)]), ...(await startFindings(service, image))];
  } catch (error) {
    if (!(error instanceof StackError) || error.code !== "usage") throw error;
    return error.issues.map(({ message, hint }) => ({ ...atService(service, "image", message), hint }));
  }
}

function needsPrograms({ model, probeNeeds = [], startNeeds = [] }: CheckedService): boolean {
  return probeNeeds.flat().length > 0 || readTest(model.healthcheck?.test) !== undefined || startNeeds.length > 0;
}

function notLookedInto(service: CheckedService): Finding {
  const { build } = service.model;
  const why = build !== undefined ? "it is built" : "a variable says which one it is";
  return atService(service, build !== undefined ? "build" : "image", `its image was not looked into: ${why}`, { severity: "info" });
}

async function startFindings(service: CheckedService, image: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { attribute, programs } of service.startNeeds ?? []) {
    for (const tools of programs) {
      const ways = tools.map((tool) => [tool]);
      if ((await missingIn(image, ways)).length > 0)
        findings.push(atService(service, attribute, `${image} has no ${tools.join(", no ")}, which startAfter needs`));
    }
  }
  return findings;
}

/** What an image lacks: of a probe's ways, or of a command that was written by hand. */
async function missingFor({ model, probeNeeds = [] }: CheckedService, image: string): Promise<readonly string[]> {
  if (probeNeeds.flat().length > 0) return missingIn(image, probeNeeds);
  const read = readTest(model.healthcheck?.test);
  if (read === undefined) return [];
  return programsMissed(read.step, await programsIn(image, programsNamed(read.step)));
}
