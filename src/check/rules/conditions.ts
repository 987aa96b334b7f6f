import type { CheckedService } from "../../model/checked-stack.ts";
import type { Dependency } from "../../model/dependency.ts";
import { isSwitchedOff } from "../../model/effective-healthcheck.ts";
import { nearNameAmong } from "../../model/near-name.ts";
import { membersOf } from "../../model/stack.ts";
import { issueOf, knowsAllNames } from "../draft.ts";
import { imageFacts, isSure } from "../images.ts";
import { atService, eachWait, type Wait } from "../judging.ts";
import { rule, type Severity } from "../rule.ts";
import { restartsForEver } from "../start-order.ts";
import { dockerfileOf, type Subject, wasRead } from "../subject.ts";

export const UNKNOWN_DEPENDENCY = rule({
  name: "unknown-dependency",
  severity: "error",
  refuses: "every stack",
  summary: "A service waits for one that is not in the stack.",
  why: "Compose refuses the file.",
  fix: "Write the name of a service of this stack.",
  bad: `services:
  web:
    image: nginx:1.29
    depends_on: [databse]
  database:
    image: postgres:17
`,
  good: `services:
  web:
    image: nginx:1.29
    depends_on: [database]
  database:
    image: postgres:17
`,
  sources: ["Measured: `docker compose config` 2.40 refuses it"],
  judge: (subject) => {
    if (!knowsAllNames(subject)) return [];
    // Those that did not parse as well: their dependencies are names all the same.
    const members = membersOf(subject.stack);
    const names = new Set(members.map(({ name }) => name));
    const nearService = nearNameAmong(names);
    return members.flatMap(({ name, definition, spec: { dependsOn } }) =>
      (Array.isArray(dependsOn) ? dependsOn : []).flatMap(({ on }: Dependency) => {
        if (on === undefined || names.has(on)) return [];
        const near = nearService(on);
        const message = `there is no service "${on}"${near === undefined ? "" : `; did you mean "${near}"?`}`;
        return [issueOf(definition, name, ["dependsOn", on], message)];
      }),
    );
  },
});

export const HEALTHY_WITHOUT_HEALTHCHECK = rule({
  name: "healthy-without-healthcheck",
  severity: "error",
  refuses: "typescript",
  summary: "A service waits until another one is healthy that has no health check.",
  why: 'Without a health check no container ever becomes healthy: `up` fails with "has no healthcheck configured".',
  fix: "Give the service a health check, or wait for `service_started`.",
  bad: `services:
  db:
    image: postgres:17
  web:
    image: nginx:1.29
    depends_on:
      db:
        condition: service_healthy
`,
  good: `services:
  db:
    image: postgres:17
    healthcheck:
      test: ["CMD", "pg_isready", "-h", "127.0.0.1"]
  web:
    image: nginx:1.29
    depends_on:
      db:
        condition: service_healthy
`,
  sources: [
    "https://github.com/docker/compose/blob/main/pkg/compose/convergence.go",
    "Measured: `docker compose config` 2.40 accepts it, `up` fails",
  ],
  judge: eachWait(({ service, on, target, dependency }, subject) => {
    if (dependency.condition !== "service_healthy" || target === undefined || hasTest(target) || isSwitchedOff(target.model.healthcheck))
      return [];
    const path = `dependsOn.${on}`;
    if (!wasRead(subject)) {
      // What an image brings is trusted, unless it is known to bring nothing.
      if (target.probe?.type === "fromImage")
        return imageBringsCheck(target, subject).flatMap(({ message, severity }) =>
          severity === "error" ? [atService(service, path, `"${on}" ${message}`)] : [],
        );
      if (target.model.healthcheck !== undefined) return [];
      return [atService(service, path, `"${on}" has no health check and never becomes healthy`)];
    }
    return imageBringsCheck(target, subject).map(({ message, severity }) =>
      atService(service, path, `"${on}" ${message}`, { severity: unlessOptional(dependency, severity) }),
    );
  }),
});

export const HEALTHY_ON_DISABLED = rule({
  name: "healthy-on-disabled",
  severity: "error",
  refuses: "typescript",
  summary: "A service waits until another one is healthy whose health check is switched off.",
  why: 'Without a health check no container ever becomes healthy: `up` fails with "has no healthcheck configured".',
  fix: "Take `disable` out, or wait for `service_started`.",
  bad: `services:
  db:
    image: postgres:17
    healthcheck:
      disable: true
  web:
    image: nginx:1.29
    depends_on:
      db:
        condition: service_healthy
`,
  good: `services:
  db:
    image: postgres:17
    healthcheck:
      disable: true
  web:
    image: nginx:1.29
    depends_on:
      db:
        condition: service_started
`,
  sources: ["Measured: `docker compose config` 2.40 accepts it, `up` fails"],
  judge: eachWait(({ service, on, target, dependency }) => {
    if (dependency.condition !== "service_healthy" || target === undefined || !isSwitchedOff(target.model.healthcheck)) return [];
    return [
      atService(service, `dependsOn.${on}`, `"${on}" has no health check and never becomes healthy`, {
        severity: unlessOptional(dependency, "error"),
      }),
    ];
  }),
});

/** Compose goes on without a dependency that is not required. */
function unlessOptional({ required }: Wait["dependency"], severity: Severity): Severity {
  return required ? severity : "warning";
}

function hasTest({ model, dockerfile }: CheckedService): boolean {
  const { healthcheck } = model;
  if (healthcheck === undefined) return dockerfile?.healthcheck !== undefined && dockerfile.healthcheck.disable !== true;
  return healthcheck.test !== undefined && !(Array.isArray(healthcheck.test) && healthcheck.test.length === 0);
}

/** What speaks against an image, or a build, that brings a health check; nothing where it is known to bring one. */
function imageBringsCheck(target: CheckedService, subject: Subject): readonly { message: string; severity: Severity }[] {
  const dockerfile = dockerfileOf(target, subject);
  if (dockerfile !== undefined) {
    if (/^[ \t]*HEALTHCHECK[ \t]/im.test(dockerfile.text)) return [];
    return [{ message: "has no health check, and its Dockerfile brings none unless the image below does", severity: "warning" }];
  }
  if (target.model.build !== undefined) return [];
  const facts = imageFacts(target);
  if (facts?.ownHealthcheck !== undefined) return [];
  if (isSure(facts?.noHealthcheck)) {
    return [{ message: "has no health check and never becomes healthy: its image brings none", severity: "error" }];
  }
  return [{ message: "has no health check, and its image is not known to bring one", severity: "warning" }];
}

export const COMPLETED_ON_RESTARTING = rule({
  name: "completed-on-restarting",
  severity: "error",
  refuses: "typescript",
  summary: "A service waits for the completion of one that is started again after success.",
  why: "Compose waits for a container that has exited and stays so. With `restart: always` or `unless-stopped` it never does: the launch hangs.",
  fix: 'Write `restart: "no"`, or `on-failure`, which does not restart after success.',
  bad: `services:
  migrate:
    image: alpine:3.22
    restart: always
  web:
    image: nginx:1.29
    depends_on:
      migrate:
        condition: service_completed_successfully
`,
  good: `services:
  migrate:
    image: alpine:3.22
    restart: on-failure
  web:
    image: nginx:1.29
    depends_on:
      migrate:
        condition: service_completed_successfully
`,
  sources: ["https://github.com/docker/compose/blob/main/pkg/compose/convergence.go", "Measured: `docker compose config` 2.40 accepts it"],
  judge: eachWait(({ service, on, target, dependency }) => {
    if (dependency.condition !== "service_completed_successfully" || target === undefined || !restartsForEver(target)) return [];
    const { restart, deploy } = target.model;
    const policy = deploy?.restartPolicy === undefined ? `restart: "${String(restart)}"` : 'deploy.restartPolicy.condition: "any"';
    return [atService(service, `dependsOn.${on}`, `"${on}" never completes: ${policy} starts it again after success`)];
  }),
});
