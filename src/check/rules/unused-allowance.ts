import { rule } from "../rule.ts";

export const UNUSED_ALLOWANCE = rule({
  name: "unused-allowance",
  severity: "warning",
  summary: "A finding is allowed that is not there, of a rule that does not exist, or without a reason.",
  why: "What is allowed for no known reason, or no longer needed, hides the next finding of the same kind.",
  fix: "Take the allowance out, or say why: `# stackwright: allow RULE -- REASON`.",
  bad: `services:
  # stackwright: allow zero-timing
  db:
    image: postgres:17
    healthcheck:
      test: ["CMD", "pg_isready", "-h", "127.0.0.1"]
      retries: 0
`,
  good: `services:
  # stackwright: allow zero-timing -- Docker's own default is what we want
  db:
    image: postgres:17
    healthcheck:
      test: ["CMD", "pg_isready", "-h", "127.0.0.1"]
      retries: 0
`,
  sources: ["https://eslint.org/docs/latest/use/configure/rules#report-unused-eslint-disable-comments"],
  // What is not needed is known only when all other rules have judged: `judge` finds it.
  judge: () => [],
});
