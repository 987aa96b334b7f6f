import type { Issue } from "../errors.ts";
import { type Draft, issueAt } from "./draft.ts";

/** Builds with two Dockerfiles: Compose refuses them. */
export function checkBuildFiles({ services }: Draft): readonly Issue[] {
  return [...services.values()].flatMap(({ name, definition, model }) => {
    if (model.build?.dockerfile === undefined || model.build.dockerfileInline === undefined) return [];
    const message = '"dockerfile" and "dockerfileInline" contradict each other: an image is built with one Dockerfile';
    return [issueAt(definition, `${name}.build.dockerfileInline`, message)];
  });
}
