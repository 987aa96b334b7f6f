import type { CheckedService } from "../../model/checked-stack.ts";
import { isInterpolation } from "../../model/interpolation.ts";
import { restartPolicyOf } from "../../model/restart-policy.ts";
import { imageFacts, imageName, isSure } from "../images.ts";
import { atService, attribute, eachService, eachWait } from "../judging.ts";
import { rule } from "../rule.ts";
import { prepares, restartsForEver, startText, waitingFor } from "../start-order.ts";
import { type Subject, wasRead } from "../subject.ts";
import { earliestUnhealthy, timingOf } from "../timing.ts";

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
  summary: "A service starts as soon as a database, a queue or the like was started, and not when it is ready.",
  why: "`depends_on: [db]` orders the starts and waits for nothing. Whether the first connection succeeds depends on the machine: it is a flake in CI.",
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
  judge: eachWait(({ service, on, target, dependency }) => {
    if (dependency.condition !== "service_started" || target === undefined) return [];
    const role = imageFacts(target)?.role ?? "";
    // What is looked at has a health check that would tell; without one it is advice only.
    const isChecked = timingOf(target) !== undefined;
    if (!SERVERS.includes(role)) return [];
    const what = isChecked ? `${article(role)}'s health check is not waited for` : `${article(role)} is not waited for until it is ready`;
    return [
      atService(service, `dependsOn.${on}`, `"${on}" is only started when this one starts: the ${what}`, {
        severity: isChecked ? "warning" : "info",
      }),
    ];
  }),
});

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

export const ONE_SHOT_NOT_AWAITED = rule({
  name: "one-shot-not-awaited",
  severity: "warning",
  summary: "A service prepares the stack and ends, and nobody waits until it has.",
  why: "What needs the tables or the buckets starts beside it, and finds them half made. `docker compose up --wait` fails on it, too, once it has exited.",
  fix: "`depends_on` with `condition: service_completed_successfully`, in whatever needs it.",
  bad: `services:
  migrate:
    image: acme/api:1.4
    command: ["npm", "run", "migrate"]
  web:
    image: acme/api:1.4
    ports: ["8080:80"]
`,
  good: `services:
  migrate:
    image: acme/api:1.4
    command: ["npm", "run", "migrate"]
  web:
    image: acme/api:1.4
    ports: ["8080:80"]
    depends_on:
      migrate:
        condition: service_completed_successfully
`,
  sources: ["docker/compose#11774", "docker/compose#9273", "bigcapitalhq/bigcapital#1342"],
  judge: eachService((service, subject) => {
    const isTask = service.kind === "task" || prepares(service);
    if (!isTask || subject.services.size < 2 || (service.model.profiles ?? []).length > 0 || isAwaited(service, subject)) return [];
    return [atService(service, "", "prepares the stack and ends, and nothing waits until it has completed")];
  }),
});

function isAwaited({ name }: CheckedService, { services }: Subject): boolean {
  return [...services.values()].some(({ model }) => model.dependsOn?.get(name)?.condition === "service_completed_successfully");
}

export const ONE_SHOT_WITH_HEALTHCHECK = rule({
  name: "one-shot-with-healthcheck",
  severity: "warning",
  summary: "A service that others wait for until it has completed has a health check.",
  why: "It ends before anybody looks, or is called unhealthy while it does its work: its exit code says all there is to say.",
  fix: "Take the health check out; `service_completed_successfully` is enough.",
  bad: `services:
  migrate:
    image: acme/api:1.4
    healthcheck:
      test: ["CMD", "test", "-f", "/tmp/done"]
  web:
    image: acme/api:1.4
    depends_on:
      migrate:
        condition: service_completed_successfully
`,
  good: `services:
  migrate:
    image: acme/api:1.4
  web:
    image: acme/api:1.4
    depends_on:
      migrate:
        condition: service_completed_successfully
`,
  sources: ["docker/compose#11774"],
  judge: eachService((service, subject) => {
    if (timingOf(service) === undefined || !isAwaited(service, subject)) return [];
    return [atService(service, "healthcheck", "others wait until it has completed: its health is not asked for")];
  }),
});

export const WAIT_FOR_IT_IN_COMMAND = rule({
  name: "wait-for-it-in-command",
  severity: "info",
  summary: "wait-for-it.sh runs the command even if what it waits for never comes.",
  why: "After 15 s it gives up and goes on, unless it is called with `--strict`: the service starts without its database.",
  fix: "Add `--strict` and a `--timeout`, or let `depends_on` wait: `condition: service_healthy`.",
  bad: `services:
  web:
    image: acme/api:1.4
    command: ["./wait-for-it.sh", "db:5432", "--", "npm", "start"]
`,
  good: `services:
  web:
    image: acme/api:1.4
    command: ["./wait-for-it.sh", "db:5432", "--strict", "--timeout=60", "--", "npm", "start"]
`,
  sources: ["https://github.com/vishnubob/wait-for-it", "bigcapitalhq/bigcapital#1342"],
  judge: eachService((service) => {
    const [, after = ""] = /wait-for-it(?:\.sh)?\s([^;&|]*)/.exec(startText(service)) ?? [];
    const [options = ""] = after.split(" -- ");
    if (after === "" || /(?:^|\s)(?:--strict|-s)(?:\s|$)/.test(options)) return [];
    const where = service.model.command === undefined ? "entrypoint" : "command";
    return [atService(service, where, "wait-for-it goes on after its time is up, whether the other side is there or not")];
  }),
});

const AUTOHEAL_IMAGE = /(?:^|\/)(?:docker-)?autoheal(?:[:@]|$)/;

export const RESTART_DOES_NOT_HEAL = rule({
  name: "restart-does-not-heal",
  severity: "info",
  summary: "A label asks for a restart when the container is unhealthy, and nothing in the stack does it.",
  why: "Outside of Swarm, unhealthy restarts nothing: restart policies act on exits only.",
  fix: "Add an auto-healer to the stack (it needs the engine's socket), or let the application exit when it can't go on.",
  bad: `services:
  web:
    image: nginx:1.29
    restart: always
    labels:
      autoheal: "true"
`,
  good: `services:
  web:
    image: nginx:1.29
    restart: always
    labels:
      autoheal: "true"
  healer:
    image: willfarrell/autoheal:1.2.0
    volumes: ["/var/run/docker.sock:/var/run/docker.sock"]
`,
  sources: ["docker/compose#4826", "moby/moby#28400"],
  judge: (subject) => {
    const images = [...subject.services.values()].map((service) => imageName(service) ?? "");
    if (images.some((name) => AUTOHEAL_IMAGE.test(name))) return [];
    return eachService((service) =>
      isHealed(service)
        ? [atService(service, "labels", "nothing in this stack restarts it when it is unhealthy, unless an auto-healer runs elsewhere")]
        : [],
    )(subject);
  },
});

function isHealed({ model }: CheckedService): boolean {
  return model.labels?.get("autoheal") === "true";
}

export const AUTOHEAL_LOOP = rule({
  name: "autoheal-loop",
  severity: "warning",
  summary: "An auto-healer restarts a service that may be unhealthy before its image has usually started.",
  why: "It is restarted before it is ready, and again, and again.",
  fix: "Give it a `start_period` as long as a slow start takes.",
  bad: `services:
  db:
    image: mysql:8.4
    labels:
      autoheal: "true"
    healthcheck:
      test: ["CMD", "mysqladmin", "ping", "-h", "127.0.0.1"]
      interval: 2s
`,
  good: `services:
  db:
    image: mysql:8.4
    labels:
      autoheal: "true"
    healthcheck:
      test: ["CMD", "mysqladmin", "ping", "-h", "127.0.0.1"]
      interval: 2s
      start_period: 60s
`,
  sources: ["willfarrell/docker-autoheal#53"],
  judge: eachService((service) => {
    const timing = timingOf(service);
    const startup = imageFacts(service)?.startup;
    if (!isHealed(service) || timing === undefined || startup === undefined || !isSure(startup.confidence)) return [];
    const earliest = earliestUnhealthy(timing);
    if (earliest >= startup.seconds) return [];
    const message = `is restarted when it is unhealthy, which may be ${earliest} s after its start; its image takes up to ${startup.seconds} s`;
    return [atService(service, "healthcheck", message)];
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

export const DEPENDENCY_IN_PROFILE = rule({
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
      if (isMeant || !serves || service.kind === "task" || isAwaited(service, subject) || startText(service) !== "") return [];
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

export const ONE_SHOT_RESTARTED = rule({
  name: "one-shot-restarted",
  severity: "warning",
  summary: "What prepares a stack and ends is started again for ever.",
  why: "After each success it runs again: migrations in a loop, and nobody can wait for its completion.",
  fix: 'Write `restart: "no"` or `on-failure`.',
  bad: `services:
  migrate:
    image: acme/api:1.4
    command: ["npm", "run", "migrate"]
    restart: always
`,
  good: `services:
  migrate:
    image: acme/api:1.4
    command: ["npm", "run", "migrate"]
    restart: on-failure
`,
  sources: ["docker/compose#11774"],
  judge: eachService((service, subject) => {
    const { restart, deploy, ...rest } = service.model;
    if (!wasRead(subject) || !restartsForEver(service) || !prepares({ ...service, model: rest })) return [];
    // Whoever waits for its completion has a finding of its own.
    if (waitingFor(service.name, "service_completed_successfully", subject).length > 0) return [];
    return [atService(service, "restart", "prepares the stack and ends, and is started again each time")];
  }),
});
