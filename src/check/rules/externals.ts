import type { Issue } from "../../errors.ts";
import { type Draft, issueAt } from "../draft.ts";
import { attribute } from "../judging.ts";
import { rule } from "../rule.ts";

export const EXTERNAL_DESCRIBED = rule({
  name: "external-described",
  severity: "error",
  refuses: "every stack",
  summary: "A network, volume, secret or config is external, and is described all the same.",
  why: "What exists already can not be described as well: Compose takes its name, and refuses everything else.",
  fix: "Take `external` out, or the rest.",
  bad: `services:
  web:
    image: nginx:1.29
    volumes: ["data:/data"]
volumes:
  data:
    external: true
    driver: local
`,
  good: `services:
  web:
    image: nginx:1.29
    volumes: ["data:/data"]
volumes:
  data:
    external: true
`,
  sources: ["Measured: `docker compose config` 2.40 refuses it"],
  judge: checkExternals,
});

// Its name, and the sources of which `checkSources` speaks.
const ACCEPTED = ["external", "name", "file", "environment", "content"];

/** What exists already can't be described as well: Compose takes its name and nothing else. */
function checkExternals(draft: Draft): readonly Issue[] {
  const sections = ["networks", "volumes", "secrets", "configs"] as const;
  return sections.flatMap((section) =>
    [...draft[section]].flatMap(([name, model]) => {
      if (model.external !== true) return [];
      const others = Object.entries(model).filter(
        ([key, value]) => value !== undefined && !ACCEPTED.includes(key) && !key.startsWith("x-"),
      );
      const definition = draft.definitions[section].get(name) ?? {};
      return others.map(([key]) =>
        issueAt(
          definition,
          `${name}.${key}`,
          `"external" and ${attribute({ definition }, key)} contradict each other: the ${section.slice(0, -1)} exists already and is not described here`,
        ),
      );
    }),
  );
}
