import type { Issue } from "../errors.ts";
import { type Draft, issueAt } from "./draft.ts";

// What describes a container, which a service with a provider does not have.
const CONTAINER = ["image", "build", "command", "entrypoint", "ports", "volumes", "healthcheck", "restart", "deploy"] as const;

/** A provider stands in place of a container. */
export function checkProviders({ services }: Draft): readonly Issue[] {
  return [...services.values()].flatMap(({ name, definition, model }) => {
    if (model.provider === undefined) return [];
    return CONTAINER.filter((attribute) => model[attribute] !== undefined).map((attribute) =>
      issueAt(
        definition,
        `${name}.${attribute}`,
        `"provider" and "${attribute}" contradict each other: the provider runs no container of this stack`,
      ),
    );
  });
}
