import type { Issue } from "../errors.ts";
import { type Draft, issueAt } from "./draft.ts";

// Its name, and the sources of which `checkSources` speaks.
const ACCEPTED = ["external", "name", "file", "environment", "content"];

/** What exists already can't be described as well: Compose takes its name and nothing else. */
export function checkExternals(draft: Draft): readonly Issue[] {
  const sections = ["networks", "volumes", "secrets", "configs"] as const;
  return sections.flatMap((section) =>
    [...draft[section]].flatMap(([name, model]) => {
      if (model.external !== true) return [];
      const others = Object.entries(model).filter(
        ([key, value]) => value !== undefined && !ACCEPTED.includes(key) && !key.startsWith("x-"),
      );
      return others.map(([key]) =>
        issueAt(
          draft.definitions[section].get(name) ?? {},
          `${name}.${key}`,
          `"external" and "${key}" contradict each other: the ${section.slice(0, -1)} exists already and is not described here`,
        ),
      );
    }),
  );
}
