import type { Issue } from "../errors.ts";
import type { CheckedService } from "../model/checked-stack.ts";
import type { Condition } from "../model/dependency.ts";
import { nearName } from "../model/near-name.ts";
import { restartPolicyOf } from "../model/restart-policy.ts";
import { membersOf } from "../model/stack.ts";
import { type Draft, issueAt } from "./draft.ts";

/** Conditions that can never hold, and dependencies on what is not there. */
export function checkConditions({ stack, services }: Draft): readonly Issue[] {
  const members = new Set(membersOf(stack).map((member) => member.name));
  const issues: Issue[] = [];
  for (const { name, definition, model } of services.values()) {
    for (const [on, { condition }] of model.dependsOn ?? []) {
      // A member that is not among the services did not parse, which is an issue already.
      if (members.has(on) && !services.has(on)) continue;
      const message = problem(on, services.get(on), condition, services);
      if (message !== undefined) issues.push(issueAt(definition, `${name}.dependsOn.${on}`, message));
    }
  }
  return issues;
}

function problem(
  on: string,
  target: CheckedService | undefined,
  condition: Condition,
  services: ReadonlyMap<string, CheckedService>,
): string | undefined {
  if (target === undefined) {
    const near = nearName(on, services.keys());
    return `there is no service "${on}"${near === undefined ? "" : `; did you mean "${near}"?`}`;
  }
  if (condition === "service_healthy" && !canBecomeHealthy(target)) return `"${on}" has no health check and never becomes healthy`;
  if (condition === "service_completed_successfully" && restartsForEver(target)) {
    const { restart, deploy } = target.model;
    const policy = deploy?.restartPolicy === undefined ? `restart: "${String(restart)}"` : 'deploy.restartPolicy.condition: "any"';
    return `"${on}" never completes: ${policy} starts it again after success`;
  }
  return undefined;
}

function canBecomeHealthy({ model, probe, dockerfile }: CheckedService): boolean {
  if (probe?.type === "fromImage") return true;
  if (model.healthcheck === undefined) return dockerfile?.healthcheck !== undefined && dockerfile.healthcheck.disable !== true;
  // Without a test of its own a plain health check changes the timings of the image's.
  return (
    model.healthcheck !== undefined &&
    model.healthcheck.disable !== true &&
    !(Array.isArray(model.healthcheck.test) && model.healthcheck.test[0] === "NONE")
  );
}

function restartsForEver({ model }: CheckedService): boolean {
  const policy = restartPolicyOf(model);
  return policy === "always" || policy === "unless-stopped";
}
