import { readDockerfile } from "../../dockerfile/read-dockerfile.ts";
import { atDockerfile, eachDockerfile } from "../judging.ts";
import { rule } from "../rule.ts";

export const MULTIPLE_HEALTHCHECK = rule({
  name: "multiple-healthcheck",
  severity: "error",
  summary: "A stage of a Dockerfile has several HEALTHCHECK instructions.",
  why: "Only the last one counts: the others look as if they did something.",
  fix: "Keep one; combine what they check in one command.",
  bad: `FROM nginx:1.29
HEALTHCHECK CMD curl -f http://127.0.0.1/
HEALTHCHECK CMD curl -f http://127.0.0.1/status
`,
  good: `FROM nginx:1.29
HEALTHCHECK CMD curl -f http://127.0.0.1/status
`,
  sources: ["https://docs.docker.com/reference/dockerfile/#healthcheck", "https://github.com/hadolint/hadolint/wiki/DL3012"],
  judge: eachDockerfile((dockerfile) =>
    readDockerfile(dockerfile.text).stages.flatMap(({ healthchecks }) =>
      healthchecks
        .filter(({ onbuild }) => !onbuild)
        .slice(0, -1)
        .map(({ span }) => atDockerfile(dockerfile, span.start, "this HEALTHCHECK does not count: another one follows in the same stage")),
    ),
  ),
});
