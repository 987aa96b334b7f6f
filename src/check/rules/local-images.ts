import type { Issue } from "../../errors.ts";
import { atService, eachService } from "../judging.ts";
import { imageToLookInto, programsOf } from "../local-images.ts";
import { rule } from "../rule.ts";

export const IMAGE_NOT_LOOKED_INTO = rule({
  name: "image-not-looked-into",
  severity: "warning",
  summary:
    "`check --images` was to look into an image for what its probe, or `startAfter`, needs, and could not: it is not on this machine.",
  why: "Whether the programs are there is not proved. Of a service that is built, or whose image a variable names, the same is said as advice.",
  fix: "Pull the image, or build it, on this machine, and check again.",
  bad: `services:
  web:
    image: acme/absent:1
    healthcheck:
      test: ["CMD", "/check"]
`,
  good: `services:
  web:
    image: busybox:1.37
    healthcheck:
      test: ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1/"]
`,
  sources: ["docs/probes.md"],
  judge: eachService((service, { localImages }) => {
    if (localImages === undefined || programsOf(service).length === 0) return [];
    const image = imageToLookInto(service);
    if (image !== undefined) {
      if (!localImages.has(image) || localImages.get(image) !== undefined) return [];
      const { message, hint } = notOnThisMachine(image);
      return [atService(service, "image", message, { hint })];
    }
    const isBuilt = service.model.build !== undefined;
    const why = isBuilt ? "it is built" : "a variable says which one it is";
    return [atService(service, isBuilt ? "build" : "image", `its image was not looked into: ${why}`, { severity: "info" })];
  }),
});

/** What is said of an image that can't be looked into. */
export function notOnThisMachine(image: string): Required<Pick<Issue, "message" | "hint">> {
  return {
    message: `${image} is not on this machine: it can't be looked into`,
    hint: `docker pull ${image}, or build it under this name, and check again`,
  };
}
