import type { CheckedService } from "../../model/checked-stack.ts";
import { isSwitchedOff } from "../../model/effective-healthcheck.ts";
import { isInterpolation } from "../../model/interpolation.ts";
import { imageFacts, imageName, isSure } from "../images.ts";
import { atService, eachWait } from "../judging.ts";
import { imageOfService } from "../probes/image-contents.ts";
import { rule, type Severity } from "../rule.ts";
import { startText } from "../start-order.ts";
import type { Subject } from "../subject.ts";

const HEALTHY_DB = `  db:
    image: postgres:17
    healthcheck:
      test: ["CMD", "pg_isready", "-h", "127.0.0.1"]
`;

/** What keeps state or messages for others, and takes a while until it answers. */
const SERVERS = ["database", "cache", "queue", "search", "vector-db", "object-storage"];

export const SHORT_FORM_RACE = rule({
  name: "short-form-race",
  severity: "warning",
  summary: "A service starts as soon as another one was started that it needs, and not when that is ready.",
  why: "`depends_on: [db]` orders the starts and waits for nothing. Whether the first request succeeds depends on the machine: it is a flake in CI.",
  fix: "Wait for `condition: service_healthy`; the service needs a health check for that.",
  bad: `services:
${HEALTHY_DB}  web:
    image: nginx:1.29
    depends_on: [db]
`,
  good: `services:
${HEALTHY_DB}  web:
    image: nginx:1.29
    depends_on:
      db:
        condition: service_healthy
`,
  sources: ["https://docs.docker.com/compose/how-tos/startup-order/", "docker/compose#11774"],
  judge: eachWait(({ service, on, target, dependency }, subject) => {
    if (dependency.condition !== "service_started" || target === undefined) return [];
    const race = raceOf(target, isShortForm(service.name, on, subject), subject);
    if (race === undefined) return [];
    const { what, severity } = race;
    return [atService(service, `dependsOn.${on}`, `"${on}" is only started when this one starts: ${what}`, { severity })];
  }),
});

/** What is not waited for, and how much that matters: where a health check would tell, it is more than advice. */
function raceOf(target: CheckedService, isShort: boolean, subject: Subject): { what: string; severity: Severity } | undefined {
  const role = imageFacts(target)?.role ?? "";
  const isChecked = hasHealthcheck(target, subject);
  if (SERVERS.includes(role)) {
    const what = isChecked
      ? `the ${article(role)}'s health check is not waited for`
      : `the ${article(role)} is not waited for until it is ready`;
    return { what, severity: isChecked ? "warning" : "info" };
  }
  // What only observes must hold nobody up; a condition that is written down may be meant.
  if (role === "observability" || target.kind === "task") return undefined;
  if (isChecked) return { what: "its health check is not waited for", severity: isShort ? "warning" : "info" };
  const isApplication = target.model.build !== undefined && isShort && !isSwitchedOff(target.model.healthcheck);
  return isApplication
    ? { what: "it is not waited for until it is ready, and has no health check that tells", severity: "info" }
    : undefined;
}

function hasHealthcheck(service: CheckedService, subject: Subject): boolean {
  if (isSwitchedOff(service.model.healthcheck)) return false;
  if (service.model.healthcheck?.test !== undefined || service.dockerfile?.healthcheck !== undefined) return true;
  const { config, facts } = imageOfService(service, subject);
  if (config?.healthcheck !== undefined) return config.healthcheck.type === "CMD";
  return isSure(facts?.ownHealthcheck?.confidence);
}

/** Whether a Compose file names a dependency in a list, which has no room for a condition. */
function isShortForm(service: string, on: string, { stack }: Subject): boolean {
  return (stack.written?.parts ?? []).some(({ document }) => {
    const services = document.get("services");
    const written = services instanceof Map ? services.get(service) : undefined;
    const list = written instanceof Map ? written.get("depends_on") : undefined;
    return Array.isArray(list) && list.includes(on);
  });
}

function article(role: string): string {
  return { "vector-db": "vector database", "object-storage": "object storage", search: "search engine" }[role] ?? role;
}

export const COMPLETED_ON_DAEMON = rule({
  name: "completed-on-daemon",
  severity: "error",
  summary: "A service waits for the completion of one that never ends.",
  why: "Its image runs a server: nothing makes it exit with 0, and the launch hangs.",
  fix: "Wait for `service_healthy`, or give the dependency a command that ends.",
  bad: `services:
  db:
    image: postgres:17
  web:
    image: nginx:1.29
    depends_on:
      db:
        condition: service_completed_successfully
`,
  good: `services:
${HEALTHY_DB}  web:
    image: nginx:1.29
    depends_on:
      db:
        condition: service_healthy
`,
  sources: ["https://github.com/docker/compose/blob/main/pkg/compose/convergence.go"],
  judge: eachWait(({ service, on, target, dependency }) => {
    if (dependency.condition !== "service_completed_successfully" || target === undefined || startText(target) !== "") return [];
    const facts = imageFacts(target);
    if (!SERVERS.includes(facts?.role ?? "") || !isSure(facts?.noHealthcheck) || facts?.listens === undefined) return [];
    return [atService(service, `dependsOn.${on}`, `"${on}" never completes: ${imageName(target)} runs a server until it is stopped`)];
  }),
});

export const DEPENDENCY_CYCLE_VIA_HEALTH = rule({
  name: "dependency-cycle-via-health",
  severity: "warning",
  summary: "A service waits for the health of one whose probe calls the first.",
  why: "The probe can't succeed before the one that waits has started, which waits for the probe.",
  fix: "Probe the service itself, on 127.0.0.1.",
  bad: `services:
  api:
    image: acme/api:1.4
    healthcheck:
      test: ["CMD", "curl", "-f", "http://web:8080/api/health"]
  web:
    image: nginx:1.29
    depends_on:
      api:
        condition: service_healthy
`,
  good: `services:
  api:
    image: acme/api:1.4
    healthcheck:
      test: ["CMD", "curl", "-f", "http://127.0.0.1:8080/health"]
  web:
    image: nginx:1.29
    depends_on:
      api:
        condition: service_healthy
`,
  sources: ["https://docs.docker.com/compose/how-tos/startup-order/"],
  judge: eachWait(({ service, on, target, dependency }) => {
    const test = target?.model.healthcheck?.test;
    if (dependency.condition !== "service_healthy" || target === undefined || test === undefined) return [];
    const words = [test]
      .flat()
      .filter((word) => typeof word === "string")
      .join(" ");
    const isCalled = [`//${service.name}:`, `//${service.name}/`].some((address) => `${words} `.replaceAll('"', "/").includes(address));
    return isCalled ? [atService(target, "healthcheck.test", `calls "${service.name}", which waits until "${on}" is healthy`)] : [];
  }),
});

export const LOG_SHIPPER_GATES_DB = rule({
  name: "log-shipper-gates-db",
  severity: "info",
  summary: "A database waits until something that observes it is healthy.",
  why: "A logger or a collector of metrics that does not come up keeps the whole stack from starting.",
  fix: "Wait for `service_started`, or not at all.",
  bad: `services:
  db:
    image: postgres:17
    depends_on:
      vector:
        condition: service_healthy
  vector:
    image: timberio/vector:0.50.0-alpine
    healthcheck:
      test: ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8686/health"]
`,
  good: `services:
  db:
    image: postgres:17
    depends_on: [vector]
  vector:
    image: timberio/vector:0.50.0-alpine
    healthcheck:
      test: ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8686/health"]
`,
  sources: ["https://github.com/supabase/supabase/blob/master/docker/docker-compose.yml"],
  judge: eachWait(({ service, on, target, dependency }) => {
    if (dependency.condition !== "service_healthy" || target === undefined || !dependency.required) return [];
    if (!keepsData(service) || imageFacts(target)?.role !== "observability") return [];
    return [atService(service, `dependsOn.${on}`, `the database does not start without "${on}", which only observes it`)];
  }),
});

function keepsData(service: CheckedService): boolean {
  return imageFacts(service)?.role === "database" || /^supabase\/postgres(?::|$)/.test(imageName(service) ?? "");
}

export const PROFILE_GATED_DEPENDENCY = rule({
  name: "profile-gated-dependency",
  severity: "warning",
  summary: "A service waits for one that takes part only with a profile, or that has no container.",
  why: 'Without the profile Compose refuses the stack ("depends on undefined service"); what has `scale: 0` is not waited for at all.',
  fix: "Give both the same profile, or write `required: false`.",
  bad: `services:
  db:
    image: postgres:17
    profiles: [storage]
  web:
    image: nginx:1.29
    depends_on: [db]
`,
  good: `services:
  db:
    image: postgres:17
    profiles: [storage]
  web:
    image: nginx:1.29
    profiles: [storage]
    depends_on: [db]
`,
  sources: ["Measured: `docker compose config` and `up` 2.40"],
  judge: eachWait(({ service, on, target, dependency }) => {
    if (target === undefined || !dependency.required) return [];
    const { profiles = [], scale, deploy } = target.model;
    const path = `dependsOn.${on}`;
    if ((scale ?? deploy?.replicas) === 0) return [atService(service, path, `"${on}" has no container, and is not waited for`)];
    const own = new Set((service.model.profiles ?? []).map(String));
    if (profiles.length === 0 || profiles.some(isInterpolation)) return [];
    // Every profile that takes this one along has to take the other one along, too.
    const isCovered = own.size > 0 && [...own].every((profile) => profiles.map(String).includes(profile));
    if (isCovered) return [];
    return [
      atService(
        service,
        path,
        `"${on}" takes part only with a profile (${profiles.map(String).join(", ")}): without it Compose refuses the stack`,
      ),
    ];
  }),
});
