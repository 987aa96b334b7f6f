import { isInterpolation } from "../../model/interpolation.ts";
import { splitImage } from "../../probe/facts/image-name.ts";
import { imageName } from "../images.ts";
import { atService, eachService } from "../judging.ts";
import { rule, type Severity } from "../rule.ts";

/** Tags that mean another image every time. */
const MOVING = /^(?:latest|stable|edge|test|nightly|dev|beta|canary|lts|main|master)(?:-|$)/;

export const IMAGE_UNPINNED = rule({
  name: "image-unpinned",
  severity: "info",
  summary: "An image without a version, or with a tag that moves.",
  why: "What runs tomorrow is not what was tested today: `mariadb:lts` lost `mysqladmin`, and with it every health check, overnight.",
  fix: "Write a version, `postgres:17.6`, or a digest.",
  bad: `services:
  db:
    image: mariadb:lts
`,
  good: `services:
  db:
    image: mariadb:11.8
`,
  sources: ["https://github.com/hadolint/hadolint/wiki/DL3007", "Budibase/budibase#13832"],
  judge: eachService((service, { services }) => {
    const { image } = service.model;
    const name = imageName(service);
    // What a variable says is pinned elsewhere, and what the stack builds itself is no one else's.
    if (name === undefined || name === "" || name.includes("@") || isInterpolation(image)) return [];
    if ([...services.values()].some(({ model }) => model.build !== undefined && model.image === name)) return [];
    const { tag } = splitImage(name);
    if (!MOVING.test(tag)) return [];
    return [atService(service, "image", name.endsWith(`:${tag}`) ? `the tag "${tag}" moves` : `"${name}" has no version: it is "latest"`)];
  }),
});

interface Gone {
  readonly image: RegExp;
  readonly severity: Severity;
  /** What became of it, as the rest of a sentence that begins with its name. */
  readonly now: string;
  readonly instead: string;
}

/** Images that can't be pulled any more, or get no repairs. */
const GONE: readonly Gone[] = [
  {
    image: /^minio\/(?:minio|mc)(?=[:@]|$)/,
    severity: "error",
    now: "was taken off Docker Hub in September 2026",
    instead: "quay.io/minio/... (frozen), a build from source, or another object storage",
  },
  {
    // `latest` of some is still there.
    image: /^bitnami\/[\w-]+:(?!latest$)/,
    severity: "error",
    now: "was taken off Docker Hub in autumn 2025, as all of Bitnami's images with a version",
    instead: "the project's own image; bitnamilegacy/... is frozen",
  },
  {
    image: /^openjdk(?=[:@]|$)/,
    severity: "warning",
    now: "is deprecated on Docker Hub and gets no security updates",
    instead: "eclipse-temurin, amazoncorretto or another JDK",
  },
  {
    image: /^mailhog\/mailhog(?=[:@]|$)/,
    severity: "warning",
    now: "has had no release since 2020",
    instead: "axllent/mailpit, which listens on the same ports",
  },
];

export const IMAGE_GONE_OR_MOVED = rule({
  name: "image-gone-or-moved",
  severity: "error",
  summary: "An image that was taken off its registry, or is not maintained any more.",
  why: "What is not in a cache can't be pulled: the launch fails on every new machine. What is not maintained keeps its holes.",
  fix: "Take the image that the message names.",
  bad: `services:
  storage:
    image: minio/minio:RELEASE.2025-09-07T16-13-09Z
`,
  good: `services:
  storage:
    image: quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z
`,
  sources: ["makeplane/plane#9829", "bitnami/containers#83267", "https://hub.docker.com/_/openjdk", "https://github.com/mailhog/MailHog"],
  judge: eachService((service) => {
    const name = imageName(service)?.replace(/^(?:docker\.io\/)?(?:library\/)?/, "") ?? "";
    const gone = GONE.find(({ image }) => image.test(name));
    if (gone === undefined) return [];
    return [atService(service, "image", `"${name}" ${gone.now}`, { severity: gone.severity, hint: `instead: ${gone.instead}` })];
  }),
});
