import type { Issue } from "../../errors.ts";
import { type Draft, issueAt } from "../draft.ts";
import { rule } from "../rule.ts";

export const PROVIDER_WITH_CONTAINER = rule({
  name: "provider-with-container",
  severity: "warning",
  refuses: "typescript",
  summary: "A service has a provider and describes a container as well.",
  why: "The provider stands in place of a container: what describes one has no effect.",
  fix: "Take `provider` out, or the rest.",
  bad: `services:
  model:
    provider:
      type: model
    restart: always
`,
  good: `services:
  model:
    provider:
      type: model
`,
  sources: ["Measured: `docker compose config` 2.40 accepts it"],
  judge: checkProviders,
});

// What describes a container, which a service with a provider does not have.
const CONTAINER = ["image", "build", "command", "entrypoint", "ports", "volumes", "healthcheck", "restart", "deploy"] as const;

/** A provider stands in place of a container. */
function checkProviders({ services }: Draft): readonly Issue[] {
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
