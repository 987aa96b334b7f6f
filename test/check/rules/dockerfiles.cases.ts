import type { RuleCases } from "./case.ts";

/** Cases of rules that judge a Dockerfile. */
export const CASES: RuleCases = {
  "multiple-healthcheck": {
    triggers: [
      {
        title: "the first of two, at its line",
        of: "FROM nginx\nHEALTHCHECK NONE\nRUN true\n  HEALTHCHECK CMD true\n",
        at: [2],
      },
    ],
    misses: [{ title: "one in each stage", of: "FROM nginx AS a\nHEALTHCHECK CMD true\nFROM a\nHEALTHCHECK CMD true\n" }],
  },
};
