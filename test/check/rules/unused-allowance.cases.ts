import { service, stack } from "stackwright";
import type { RuleCases } from "./case.ts";

const WEB = "services:\n  web:\n    image: nginx:1.29\n";
const ZERO = `${WEB}    healthcheck:\n      test: curl -f http://127.0.0.1/\n      retries: 0\n`;

/** Cases of allowances. */
export const CASES: RuleCases = {
  "unused-allowance": {
    triggers: [
      { title: "nothing is found", of: `${WEB}    # stackwright: allow zero-timing -- why not\n`, at: [4], says: /nothing of it is found/ },
      { title: "without a reason", of: `# stackwright: allow zero-timing\n${ZERO}`, at: [1], says: /without a reason/ },
      {
        title: "a rule that is not there",
        of: `${ZERO}    # stackwright: allow zero-timming -- because\n`,
        says: /did you mean "zero-timing"/,
      },
      {
        title: "a reason that is empty, in TypeScript",
        of: stack("s", [service("a", { image: "x", "x-stackwright": { allow: { "zero-timing": " " } } })]),
        at: ["a.x-stackwright.allow.zero-timing"],
      },
      {
        title: "one of two rules in a comment",
        of: `${WEB}    # stackwright: allow zero-timing, port-conflict -- whatever\n    healthcheck: {test: x, retries: 0}\n`,
        says: /^"port-conflict"/,
        at: [4],
      },
      { title: "a Dockerfile", of: "FROM x\n# stackwright: allow multiple-healthcheck -- because\nHEALTHCHECK NONE\n", at: [2] },
    ],
    misses: [
      { title: "a comment at the end of a line", of: `${ZERO.trimEnd()} # stackwright: allow zero-timing -- Docker's default\n` },
      {
        title: "a comment above the service",
        of: ZERO.replace("  web", "  # stackwright: allow zero-timing -- Docker's default\n\n  web"),
      },
      { title: "a comment above all services", of: `# stackwright: allow zero-timing -- Docker's default\n${ZERO}` },
      { title: "a comment below all services", of: `${ZERO}volumes:\n  # stackwright: allow zero-timing -- Docker's default\n  v:\n` },
      { title: "an extension of the service", of: `${ZERO}    x-stackwright:\n      allow:\n        zero-timing: Docker's default\n` },
      { title: "an extension of the stack", of: `${ZERO}x-stackwright:\n  allow:\n    zero-timing: Docker's default\n` },
      {
        title: "a comment in a Dockerfile",
        of: "# stackwright: allow multiple-healthcheck -- the last counts\nFROM x\nHEALTHCHECK NONE\nHEALTHCHECK CMD x\n",
      },
      { title: "an ordinary comment that mentions the word", of: `${ZERO}    # we allow zero-timing here\n` },
    ],
  },
};
