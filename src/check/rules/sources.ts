import type { Issue } from "../../errors.ts";
import { issueAt } from "../draft.ts";
import { atService, eachService } from "../judging.ts";
import { rule } from "../rule.ts";
import { type Subject, wasRead } from "../subject.ts";

export const IMAGE_OR_BUILD_MISSING = rule({
  name: "image-or-build-missing",
  severity: "error",
  refuses: "every stack",
  summary: "A service has neither an image nor a build.",
  why: "There is nothing to start: Compose refuses the file, or the profile of the service.",
  fix: "Write `image` or `build`.",
  bad: `services:
  web:
    ports: ["8080:80"]
`,
  good: `services:
  web:
    image: nginx:1.29
    ports: ["8080:80"]
`,
  sources: ["Measured: `docker compose config` 2.40 refuses it, unless the service is in a profile that is not active"],
  judge: eachService((service, subject) => {
    const { image, build, provider, extends: base, profiles } = service.model;
    if ([image, build, provider, base].some((each) => each !== undefined)) return [];
    const message = 'has neither an image nor a build (write image: "postgres:17" or build: "./folder")';
    // Compose looks at a service of a profile only when the profile is active.
    const isIdle = wasRead(subject) && (profiles ?? []).length > 0;
    return [atService(service, "", message, { severity: isIdle ? "warning" : "error" })];
  }),
});

export const SOURCE_OF_SECRET = rule({
  name: "source-of-secret",
  severity: "error",
  refuses: "every stack",
  summary: "A secret or a config has no source, or more than one.",
  why: "What it contains is not known: Compose refuses the file.",
  fix: "Write one of `file`, `environment` and, for a config, `content`; or `external: true` and none of them.",
  bad: `services:
  web:
    image: nginx:1.29
    secrets: [key]
secrets:
  key:
    file: ./key
    environment: KEY
`,
  good: `services:
  web:
    image: nginx:1.29
    secrets: [key]
secrets:
  key:
    file: ./key
`,
  sources: ["Measured: `docker compose config` 2.40 refuses it"],
  judge: checkSources,
});

export const EMPTY_CONFIG = rule({
  name: "empty-config",
  severity: "error",
  refuses: "typescript",
  summary: "A config has an empty content.",
  why: "Compose takes it for none, and the container gets an empty folder in the place of the file.",
  fix: "Write at least a line break, or give it a `file` that is empty.",
  bad: `services:
  web:
    image: nginx:1.29
    configs: [flags]
configs:
  flags:
    content: ""
`,
  good: `services:
  web:
    image: nginx:1.29
    configs: [flags]
configs:
  flags:
    content: "\\n"
`,
  sources: ["Measured: after `docker compose up` 2.40 the target of the config is a folder in the container"],
  judge: ({ configs, definitions }) =>
    [...configs]
      .filter(([, { content }]) => content === "")
      .map(([name]) =>
        issueAt(
          definitions.configs.get(name) ?? {},
          `${name}.content`,
          "is empty, and Compose makes a folder of it (write at least a line break)",
        ),
      ),
});

function checkSources({ definitions, secrets, configs }: Subject): readonly Issue[] {
  const issues: Issue[] = [];
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
      const message = `the ${kind} needs exactly one source (write ${accepted}, or external: true and none)`;
      issues.push(issueAt(definitions[`${kind}s`].get(name) ?? {}, name, message));
    }
  }
  return issues;
}
