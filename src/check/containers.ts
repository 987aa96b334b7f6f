import type { Issue } from "../errors.ts";
import { composeText } from "../model/interpolation.ts";
import { show } from "../model/schema/object.ts";
import { type Draft, issueAt } from "./draft.ts";

/** What Compose refuses about containers: a name for two of them, a platform that is not built. */
export function checkContainers({ services }: Draft): readonly Issue[] {
  const issues: Issue[] = [];
  const owners = new Map<string, string>();
  for (const { name, definition, model } of services.values()) {
    const { containerName, platform, build } = model;
    if (containerName !== undefined) {
      // The same variable twice is the same name twice.
      const container = composeText(containerName);
      const owner = owners.get(container);
      if (owner !== undefined)
        issues.push(issueAt(definition, `${name}.containerName`, `${show(container)} is the container of "${owner}" already`));
      owners.set(container, name);
    }
    const platforms = build?.platforms ?? [];
    if (typeof platform !== "string" || platforms.length === 0 || platforms.includes(platform)) continue;
    const built = platforms.map(show).join(", ");
    issues.push(issueAt(definition, `${name}.platform`, `${show(platform)} is not among the platforms that are built (${built})`));
  }
  return issues;
}
