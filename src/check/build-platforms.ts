import type { Issue } from "../errors.ts";
import { show } from "../model/schema/object.ts";
import { type Draft, issueAt } from "./draft.ts";

/** Services whose platform is not among those that their image is built for: Compose refuses them. */
export function checkBuildPlatforms({ services }: Draft): readonly Issue[] {
  return [...services.values()].flatMap(({ name, definition, model }) => {
    const { platform, build } = model;
    const platforms = build?.platforms ?? [];
    if (typeof platform !== "string" || platforms.length === 0 || platforms.includes(platform)) return [];
    const built = platforms.map(show).join(", ");
    return [issueAt(definition, `${name}.platform`, `${show(platform)} is not among the platforms that are built (${built})`)];
  });
}
