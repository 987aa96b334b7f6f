import type { Issue } from "../../errors.ts";
import { show } from "../../model/schema/object.ts";
import { type Draft, issueAt } from "../draft.ts";
import { rule } from "../rule.ts";

export const PLATFORM_NOT_BUILT = rule({
  name: "platform-not-built",
  severity: "error",
  refuses: "every stack",
  summary: "A service runs on a platform that its image is not built for.",
  why: "Compose refuses the file.",
  fix: "Add the platform to `build.platforms`, or take `platform` out.",
  bad: `services:
  web:
    build:
      context: .
      platforms: [linux/amd64]
    platform: linux/arm64
`,
  good: `services:
  web:
    build:
      context: .
      platforms: [linux/amd64, linux/arm64]
    platform: linux/arm64
`,
  sources: ["Measured: `docker compose config` 2.40 refuses it"],
  judge: checkBuildPlatforms,
});

/** Services whose platform is not among those that their image is built for: Compose refuses them. */
function checkBuildPlatforms({ services }: Draft): readonly Issue[] {
  return [...services.values()].flatMap(({ name, definition, model }) => {
    const { platform, build } = model;
    const platforms = build?.platforms ?? [];
    if (typeof platform !== "string" || platforms.length === 0 || platforms.includes(platform)) return [];
    const built = platforms.map(show).join(", ");
    return [issueAt(definition, `${name}.platform`, `${show(platform)} is not among the platforms that are built (${built})`)];
  });
}
