import { isInterpolation } from "../../model/interpolation.ts";
import { restartPolicyOf } from "../../model/restart-policy.ts";
import { imageFacts } from "../images.ts";
import { atService, attribute, eachService } from "../judging.ts";
import { rule } from "../rule.ts";
import { restartsForEver, startText, waitingFor } from "../start-order.ts";

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

/** The part of the services that has to be restarted before one that is not is worth a word. */
const MOST = 0.75;

export const RESTART_MISSING = rule({
  name: "restart-missing",
  severity: "info",
  summary: "Most services of the stack are started again after a crash or a reboot; this one is not.",
  why: "After the next reboot of the host the stack comes up without it.",
  fix: "Write the same `restart` as in the others.",
  bad: `services:
  web:
    image: nginx:1.29
    restart: unless-stopped
  api:
    image: acme/api:1.4
    restart: unless-stopped
  worker:
    image: acme/api:1.4
    restart: unless-stopped
  db:
    image: postgres:17
`,
  good: `services:
  web:
    image: nginx:1.29
    restart: unless-stopped
  api:
    image: acme/api:1.4
    restart: unless-stopped
  worker:
    image: acme/api:1.4
    restart: unless-stopped
  db:
    image: postgres:17
    restart: unless-stopped
`,
  sources: ["https://docs.docker.com/engine/containers/start-containers-automatically/"],
  judge: (subject) => {
    const all = [...subject.services.values()];
    if (all.filter(restartsForEver).length < all.length * MOST) return [];
    return eachService((service) => {
      const { restart, deploy, ports, profiles } = service.model;
      const serves = (ports ?? []).length > 0 || imageFacts(service)?.listens !== undefined;
      const isMeant = restart !== undefined || deploy?.restartPolicy !== undefined || (profiles ?? []).length > 0;
      if (
        isMeant ||
        !serves ||
        service.kind === "task" ||
        waitingFor(service.name, "service_completed_successfully", subject).length > 0 ||
        startText(service) !== ""
      )
        return [];
      return [atService(service, "", "is not started again after a crash or a reboot, as most of the stack is")];
    })(subject);
  },
});

export const DEPLOY_RESTART_POLICY_WINS = rule({
  name: "deploy-restart-policy-wins",
  severity: "warning",
  summary: "`restart` and `deploy.restart_policy` say different things.",
  why: "Docker Compose takes `deploy.restart_policy` and ignores `restart`; without a condition in it the service is never restarted.",
  fix: "Write one of them: `restart`, or `deploy.restart_policy` with a `condition`.",
  bad: `services:
  web:
    image: nginx:1.29
    restart: always
    deploy:
      restart_policy:
        delay: 5s
`,
  good: `services:
  web:
    image: nginx:1.29
    restart: always
`,
  sources: ["Measured: the restart policy of the containers that Docker Compose 2.40 creates"],
  judge: eachService((service) => {
    const { restart, deploy } = service.model;
    if (typeof restart !== "string" || deploy?.restartPolicy === undefined || isInterpolation(deploy.restartPolicy.condition)) return [];
    const policy = restartPolicyOf(service.model);
    if (policy === restart) return [];
    const name = attribute(service, "restartPolicy").slice(1, -1);
    return [atService(service, "restart", `"${restart}" is ignored: by deploy.${name} it is "${policy}"`)];
  }),
});
