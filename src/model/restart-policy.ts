import type { CheckedService } from "./checked-stack.ts";
import type { Restart } from "./schema/process.ts";

const NAMES = { none: "no", "on-failure": "on-failure", any: "always" } as const;

/**
 * The restart policy with which Docker Compose creates the containers of a service: what stands in `deploy.restart_policy`
 * replaces `restart`, even where it says no condition, which then means "no". Its delay and window count in Swarm only.
 * What a variable will say is not known: "no" stands for it.
 */
export function restartPolicyOf({ restart, deploy }: Pick<CheckedService["model"], "restart" | "deploy">): Restart {
  const policy = deploy?.restartPolicy;
  if (policy === undefined) return typeof restart === "string" ? restart : "no";
  const { condition, maxAttempts } = policy;
  const name = typeof condition === "string" ? NAMES[condition] : "no";
  return name === "on-failure" && typeof maxAttempts === "number" && maxAttempts > 0 ? `on-failure:${maxAttempts}` : name;
}
