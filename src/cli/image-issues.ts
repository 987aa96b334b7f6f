import { missingIn } from "../drive/image-contents.ts";
import { type Issue, StackError } from "../errors.ts";
import type { CheckedService, CheckedStack } from "../model/checked-stack.ts";

/** What the local images lack that the probes of a stack need; each image is looked into, nothing of it runs. */
export async function imageIssues(stack: CheckedStack): Promise<readonly Issue[]> {
  const issues: Issue[] = [];
  for (const service of stack.services.values()) issues.push(...(await issuesOf(service)));
  return issues;
}

async function issuesOf({ name, model, probeNeeds = [] }: CheckedService): Promise<readonly Issue[]> {
  if (probeNeeds.length === 0 || model.build !== undefined || typeof model.image !== "string") return [];
  const { image } = model;
  try {
    const missing = await missingIn(image, probeNeeds);
    if (missing.length === 0) return [];
    return [{ path: `${name}.healthcheck`, message: `${image} has no ${missing.join(", no ")}, which the probe needs` }];
  } catch (error) {
    if (!(error instanceof StackError) || error.code !== "usage") throw error;
    return error.issues.map((issue) => ({ ...issue, path: `${name}.image` }));
  }
}
