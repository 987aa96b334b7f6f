import { atService, eachService } from "../judging.ts";
import { rule } from "../rule.ts";
import { prepares, restartsForEver, startText, waitingFor } from "../start-order.ts";
import { wasRead } from "../subject.ts";
import { timingOf } from "../timing.ts";

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
    if (
      !isTask ||
      subject.services.size < 2 ||
      (service.model.profiles ?? []).length > 0 ||
      waitingFor(service.name, "service_completed_successfully", subject).length > 0
    )
      return [];
    return [atService(service, "", "prepares the stack and ends, and nothing waits until it has completed")];
  }),
});

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
    if (timingOf(service) === undefined || waitingFor(service.name, "service_completed_successfully", subject).length === 0) return [];
    return [atService(service, "healthcheck", "others wait until it has completed: its health is not asked for")];
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
