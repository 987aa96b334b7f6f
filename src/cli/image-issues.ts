import { programsMissed, programsNamed } from "../check/command/programs.ts";
import { readTest } from "../check/command/read-test.ts";
import { missingIn, programsIn } from "../drive/image-contents.ts";
import { type Issue, StackError } from "../errors.ts";
import type { CheckedService, CheckedStack } from "../model/checked-stack.ts";

/** What the local images lack that the probes of a stack need; each image is looked into, nothing of it runs. */
export async function imageIssues(stack: CheckedStack): Promise<readonly Issue[]> {
  const issues: Issue[] = [];
  for (const service of stack.services.values()) issues.push(...(await issuesOf(service)));
  return issues;
}

async function issuesOf(service: CheckedService): Promise<readonly Issue[]> {
  const { name, model } = service;
  if (model.build !== undefined || typeof model.image !== "string") return [];
  const { image } = model;
  try {
    const missing = await missingFor(service, image);
    if (missing.length === 0) return [];
    return [{ path: `${name}.healthcheck`, message: `${image} has no ${missing.join(", no ")}, which the probe needs` }];
  } catch (error) {
    if (!(error instanceof StackError) || error.code !== "usage") throw error;
    return error.issues.map((issue) => ({ ...issue, path: `${name}.image` }));
  }
}

/** What an image lacks: of a probe's ways, or of a command that was written by hand. */
async function missingFor({ model, probeNeeds = [] }: CheckedService, image: string): Promise<readonly string[]> {
  if (probeNeeds.flat().length > 0) return missingIn(image, probeNeeds);
  const read = readTest(model.healthcheck?.test);
  if (read === undefined) return [];
  return programsMissed(read.step, await programsIn(image, programsNamed(read.step)));
}
