import type { CheckedService } from "../model/checked-stack.ts";
import type { Condition } from "../model/dependency.ts";
import { isInterpolation } from "../model/interpolation.ts";
import { restartPolicyOf } from "../model/restart-policy.ts";
import { usualText } from "./images.ts";
import type { Subject } from "./subject.ts";

/** The services that wait for one, on a condition. */
export function waitingFor(name: string, condition: Condition, { services }: Subject): readonly CheckedService[] {
  return [...services.values()].filter(({ model }) => model.dependsOn?.get(name)?.condition === condition);
}

/** Whether a service is started again after success, so that it never completes. */
export function restartsForEver({ model }: CheckedService): boolean {
  const policy = restartPolicyOf(model);
  return policy === "always" || policy === "unless-stopped";
}

/** What a service runs, as far as it says so itself: its entry point and its command in one line; "" where the image says it. */
export function startText({ model: { entrypoint, command } }: CheckedService): string {
  const words = [entrypoint, command].flatMap((part) => (part === undefined || part === null ? [] : Array.isArray(part) ? part : [part]));
  return words.map((word) => (typeof word === "string" ? word : isInterpolation(word) ? (usualText(word) ?? "") : "")).join(" ");
}

/** Words in names and commands of what prepares a stack and ends. */
const PREPARES = /(?:^|[\s/:_.-])(?:migrate|migrations?|migrator|seed|seeder|createbuckets|initdb|db[-_]init)(?=$|[\s:_.-])/i;

/** Words of what works for others as long as it runs, whatever it works on. */
const SERVES = /worker|queue|consumer|scheduler|watch|serve/i;

/** Whether a service prepares something and ends, as far as its name, its command and its restart policy tell. */
export function prepares(service: CheckedService): boolean {
  const { ports, healthcheck, expose } = service.model;
  if (restartsForEver(service) || ports?.length || expose?.length || healthcheck?.test !== undefined) return false;
  // "migrate && serve" goes on: what comes last counts.
  const last =
    startText(service)
      .split(/&&|;|\n/)
      .at(-1) ?? "";
  const ownText = startText(service) === "" ? service.name : last;
  return PREPARES.test(ownText) && !SERVES.test(`${service.name} ${ownText}`);
}
