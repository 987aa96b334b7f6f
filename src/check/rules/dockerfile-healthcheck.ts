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
  judge: eachDockerfile((dockerfile) => {
    const stages = dockerfile.text.matchAll(/^[ \t]*(FROM|HEALTHCHECK)[ \t]/gim);
    let before: number | undefined;
    return [...stages].flatMap(({ 1: keyword = "", 0: whole, index }) => {
      const isFirst = keyword.toUpperCase() === "FROM" || before === undefined;
      const earlier = before;
      before = keyword.toUpperCase() === "FROM" ? undefined : index;
      if (isFirst || earlier === undefined) return [];
      const start = index + whole.length - whole.trimStart().length;
      return [atDockerfile(dockerfile, start, "only this HEALTHCHECK counts: there is one before it in the same stage")];
    });
  }),
});
