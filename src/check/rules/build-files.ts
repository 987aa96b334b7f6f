import { atService, attribute, eachService } from "../judging.ts";
import { rule } from "../rule.ts";

export const TWO_DOCKERFILES = rule({
  name: "two-dockerfiles",
  severity: "error",
  refuses: "every stack",
  summary: "A build has a Dockerfile and the text of one.",
  why: "An image is built with one Dockerfile: Compose refuses the file.",
  fix: "Take `dockerfile` or `dockerfile_inline` out.",
  bad: `services:
  web:
    build:
      context: .
      dockerfile: web.Dockerfile
      dockerfile_inline: FROM busybox:1.37
`,
  good: `services:
  web:
    build:
      context: .
      dockerfile_inline: FROM busybox:1.37
`,
  sources: ["Measured: `docker compose config` 2.40 refuses it"],
  judge: eachService((service) => {
    const { dockerfile, dockerfileInline } = service.model.build ?? {};
    if (dockerfile === undefined || dockerfileInline === undefined) return [];
    const names = `"dockerfile" and ${attribute(service, "dockerfileInline")}`;
    return [atService(service, "build.dockerfileInline", `${names} contradict each other: an image is built with one Dockerfile`)];
  }),
});
