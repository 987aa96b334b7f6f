import { programsMissed, programsNamed } from "../check/command/programs.ts";
import { readTest } from "../check/command/read-test.ts";
import { missingIn, programsIn } from "../drive/image-contents.ts";
import { type Issue, StackError } from "../errors.ts";
import type { CheckedService, CheckedStack } from "../model/checked-stack.ts";
import { programsOfScript } from "../probe/dependency-script.ts";

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
    return [
      ...(missing.length === 0
        ? []
        : [{ path: `${name}.healthcheck`, message: `${image} has no ${missing.join(", no ")}, which the probe needs` }]),
      ...(await startIssues(service, image)),
    ];
  } catch (error) {
    if (!(error instanceof StackError) || error.code !== "usage") throw error;
    return error.issues.map((issue) => ({ ...issue, path: `${name}.image` }));
  }
}

/** What an image lacks for a command that waits for its needs. */
async function startIssues({ name, model }: CheckedService, image: string): Promise<readonly Issue[]> {
  const issues: Issue[] = [];
  for (const attribute of ["command", "entrypoint"] as const) {
    const words = model[attribute];
    for (const tools of (Array.isArray(words) ? programsOfScript(words) : undefined) ?? []) {
      const missing = await missingIn(
        image,
        tools.map((tool) => [tool]),
      );
      if (missing.length === 0) continue;
      issues.push({ path: `${name}.${attribute}`, message: `${image} has no ${tools.join(", no ")}, which startAfter needs` });
    }
  }
  return issues;
}

/** What an image lacks: of a probe's ways, or of a command that was written by hand. */
async function missingFor({ model, probeNeeds = [] }: CheckedService, image: string): Promise<readonly string[]> {
  if (probeNeeds.flat().length > 0) return missingIn(image, probeNeeds);
  const read = readTest(model.healthcheck?.test);
  if (read === undefined) return [];
  return programsMissed(read.step, await programsIn(image, programsNamed(read.step)));
}
