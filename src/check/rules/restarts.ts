import { atService, eachService } from "../judging.ts";
import { rule } from "../rule.ts";

export const ATTEMPTS_WITHOUT_FAILURE = rule({
  name: "attempts-without-failure",
  severity: "error",
  refuses: "typescript",
  summary: "The attempts of a restart policy are limited, and it is not one for failures.",
  why: "Docker Engine counts attempts after failures only: with every other condition it refuses to create the container.",
  fix: "Write `condition: on-failure`, or take `max_attempts` out.",
  bad: `services:
  web:
    image: nginx:1.29
    deploy:
      restart_policy:
        condition: any
        max_attempts: 3
`,
  good: `services:
  web:
    image: nginx:1.29
    deploy:
      restart_policy:
        condition: on-failure
        max_attempts: 3
`,
  sources: ["Measured: Docker Engine 26.1 refuses it, `docker compose config` 2.40 accepts it"],
  judge: eachService((service) => {
    const { condition, maxAttempts } = service.model.deploy?.restartPolicy ?? {};
    const isRefused = typeof maxAttempts === "number" && maxAttempts > 0 && (condition === undefined || isNamed(condition));
    if (!isRefused) return [];
    const given = condition === undefined ? "no condition" : `condition: "${condition}"`;
    const message = `Docker Engine counts attempts after failures only, and refuses them with ${given}`;
    return [atService(service, "deploy.restartPolicy.maxAttempts", message, { hint: 'write condition: "on-failure", or leave it out' })];
  }),
});

function isNamed(condition: unknown): condition is "none" | "any" {
  return condition === "none" || condition === "any";
}
