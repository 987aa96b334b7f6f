import type { Issue } from "../errors.ts";
import { type Draft, issueAt } from "./draft.ts";

/** Attempts can be counted after failures only: with every other condition the engine refuses to create the container. */
export function checkRestarts({ services }: Draft): readonly Issue[] {
  return [...services.values()].flatMap(({ name, definition, model }) => {
    const { condition, maxAttempts } = model.deploy?.restartPolicy ?? {};
    const isRefused = typeof maxAttempts === "number" && maxAttempts > 0 && (condition === undefined || isNamed(condition));
    if (!isRefused) return [];
    const message = `Docker Engine counts attempts after failures only, and refuses them with ${condition === undefined ? "no condition" : `condition: "${condition}"`}`;
    return [issueAt(definition, `${name}.deploy.restartPolicy.maxAttempts`, message, 'write condition: "on-failure", or leave it out')];
  });
}

function isNamed(condition: unknown): condition is "none" | "any" {
  return condition === "none" || condition === "any";
}
