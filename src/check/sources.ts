import type { Issue } from "../errors.ts";
import { type Draft, issueAt } from "./draft.ts";

/** Services need an image or a build; secrets and configs exactly one source. */
export function checkSources({ definitions, services, secrets, configs }: Draft): readonly Issue[] {
  const issues: Issue[] = [];
  for (const { name, definition, model } of services.values()) {
    const origins = [model.image, model.build, model.provider, model.extends];
    if (origins.every((each) => each === undefined)) {
      issues.push(issueAt(definition, name, 'has neither an image nor a build (write image: "postgres:17" or build: "./folder")'));
    }
  }
  for (const [kind, values] of [
    ["secret", secrets],
    ["config", configs],
  ] as const) {
    for (const [name, model] of values) {
      const content = "content" in model ? model.content : undefined;
      const given = [model.file, model.environment, content].filter((each) => each !== undefined);
      const isNamed = model.file?.path !== "" && model.environment !== "";
      if (model.external !== undefined && model.external !== false ? given.length === 0 : given.length === 1 && isNamed) continue;
      const accepted = kind === "secret" ? '"file" or "environment"' : '"file", "environment" or "content"';
      issues.push(
        issueAt(
          definitions[`${kind}s`].get(name) ?? {},
          name,
          `the ${kind} needs exactly one source (write ${accepted}, or external: true and none)`,
        ),
      );
    }
  }
  return issues;
}
