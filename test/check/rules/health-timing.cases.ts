import { probe, service, stack } from "stackwright";
import type { Timing } from "../../../src/model/schema/healthcheck.ts";
import type { RuleCases } from "./case.ts";

/** A database of an image with these timings, and a service that waits for its health. */
function awaited(timings: string, image = "postgres:17", condition = "service_healthy"): string {
  return `services:
  db:
    image: ${image}
    healthcheck: {test: ["CMD", "ready"], ${timings}}
  web:
    image: nginx:1.29
    depends_on: {db: {condition: ${condition}}}
`;
}

/** Cases of the timings of health checks. */
export const CASES: RuleCases = {
  "slow-first-green": {
    triggers: [
      { title: "the engine's own interval, 30 s", of: awaited(""), at: ["db.healthcheck"], says: /after 30 s, and "web" waits for it/ },
      { title: "a variable whose default is long", of: awaited("interval: '${EVERY:-1m}'"), at: ["db.healthcheck.interval"] },
    ],
    misses: [
      { title: "nobody waits for its health", of: awaited("", "postgres:17", "service_started") },
      { title: "a start period, in which it is looked at sooner", of: awaited("start_period: 30s, start_interval: 1s, interval: 60s") },
      { title: "a variable without default", of: awaited("interval: '${EVERY}'") },
      { title: "a probe of Stackwright, which looks often at first", of: probed() },
    ],
  },
  "timeout-gt-interval": {
    triggers: [
      { title: "six times as long", of: awaited("interval: 5s, timeout: 30s"), at: ["db.healthcheck.timeout"], says: /after 105 s/ },
    ],
    misses: [
      { title: "as long", of: awaited("interval: 5s, timeout: 5s") },
      { title: "the engine's own timeout", of: awaited("interval: 5s") },
    ],
  },
  "start-interval-gt-interval": {
    triggers: [
      {
        title: "twice as long",
        of: awaited("interval: 5s, start_period: 60s, start_interval: 10s"),
        at: ["db.healthcheck.start_interval"],
        says: /every 10 s while it starts, and every 5 s later/,
      },
      { title: "longer than the engine's own interval", of: awaited("start_period: 2m, start_interval: 45s") },
      { title: "of a probe of Stackwright", of: probed({ interval: "1s", startInterval: "3s" }) },
    ],
    misses: [
      { title: "as long", of: awaited("interval: 5s, start_period: 60s, start_interval: 5s") },
      { title: "the engine's own start interval", of: awaited("interval: 1s, start_period: 60s") },
      { title: "a probe of Stackwright that is looked at very often", of: probed({ interval: "100ms" }) },
    ],
  },
  "start-period-without-look": {
    triggers: [
      {
        title: "shorter than every engine's first pause",
        of: awaited("interval: 30s, start_period: 3s"),
        at: ["db.healthcheck.start_period"],
      },
      { title: "as long as the interval", of: awaited("interval: 2s, start_period: 2s"), says: /first look comes after 2 s/ },
      { title: "as long as the start interval", of: awaited("interval: 9s, start_period: 7s, start_interval: 7s") },
    ],
    misses: [
      { title: "a start period in which newer engines look", of: awaited("interval: 30s, start_period: 6s") },
      { title: "a look just before its end", of: awaited("interval: 30s, start_period: 7s, start_interval: 6900ms") },
      { title: "none", of: awaited("interval: 30s, start_period: 0s") },
      { title: "a start interval that contradicts it, which is another rule's", of: awaited("start_period: 3s, start_interval: 4s") },
    ],
  },
  "boot-budget-too-small": {
    triggers: [
      {
        title: "a database that takes up to 30 s",
        of: awaited("interval: 5s, retries: 5", "mariadb:11.8"),
        says: /25 s after its start, .* up to 30 s/,
      },
      {
        title: "a start period that is too short",
        of: awaited("interval: 1s, retries: 3, start_period: 5s", "mysql:8.4"),
        says: /7 s after/,
      },
    ],
    misses: [
      { title: "a start period that is long enough", of: awaited("interval: 1s, retries: 1, start_period: 30s", "mysql:8.4") },
      { title: "an image that starts sooner", of: awaited("interval: 5s, retries: 2") },
      { title: "an image of whose start we are not sure", of: awaited("interval: 1s, retries: 1", "couchbase:community-8") },
      { title: "nobody waits for its health", of: awaited("interval: 1s", "mysql:8.4", "service_started") },
    ],
  },
  "detection-too-slow": {
    triggers: [
      { title: "20 retries of 40 s", of: awaited("interval: 20s, timeout: 20s, retries: 20"), says: /after 800 s: 20 × \(20 s \+ 20 s\)/ },
    ],
    misses: [{ title: "five minutes", of: awaited("interval: 30s, timeout: 30s, retries: 5") }],
  },
  "interval-too-short": {
    triggers: [
      { title: "every second", of: awaited("interval: 1s"), at: ["db.healthcheck.interval"] },
      {
        title: "many services every 3 s",
        of: many(7, "3s"),
        at: ["a0.healthcheck.interval"],
        says: /7 health checks .* 2\.3 processes a second/,
      },
    ],
    misses: [
      { title: "every two seconds", of: awaited("interval: 2s") },
      { title: "every second, only while it starts", of: awaited("interval: 10s, start_period: 30s, start_interval: 1s") },
      { title: "many services every 10 s", of: many(7, "10s") },
    ],
  },
  "retries-1": {
    triggers: [{ title: "one", of: awaited("retries: 1"), at: ["db.healthcheck.retries"] }],
    misses: [{ title: "0, which means 3", of: awaited("retries: 0") }],
  },
  "retries-used-as-start-period": {
    triggers: [{ title: "30 of them", of: awaited("interval: 2s, retries: 30"), at: ["db.healthcheck.retries"], says: /for 60 s/ }],
    misses: [
      { title: "ten in a row, which are soon over", of: awaited("interval: 2s, retries: 10") },
      { title: "a start period beside them", of: awaited("interval: 10s, retries: 10, start_period: 10s") },
    ],
  },
  "timeout-lt-probe-cost": {
    triggers: [
      {
        title: "a client on the JVM, by its path",
        of: "services:\n  k:\n    image: apache/kafka:4.1.0\n    healthcheck: {test: /opt/kafka/bin/kafka-topics.sh --list, timeout: 5s}\n",
        at: ["k.healthcheck.timeout"],
        says: /^"kafka-topics\.sh" is a heavy client, and has 5 s: give it at least 10 s/,
      },
    ],
    misses: [
      {
        title: "the engine's own timeout, 30 s",
        of: "services:\n  k:\n    image: apache/kafka:4.1.0\n    healthcheck: {test: /opt/kafka/bin/kafka-topics.sh --list}\n",
      },
      {
        title: "another service of that name",
        of: 'services:\n  k:\n    image: x\n    healthcheck: {test: "curl -f http://kafka-ui:8080/", timeout: 2s}\n',
      },
    ],
  },
  "start-period-hides-crash": {
    triggers: [{ title: "ten minutes for PostgreSQL", of: awaited("start_period: 10m"), at: ["db.healthcheck.start_period"] }],
    misses: [
      { title: "ten minutes for what takes long", of: awaited("start_period: 10m", "cassandra:5") },
      { title: "five minutes", of: awaited("start_period: 5m") },
    ],
  },
};

function probed(timing: Timing = {}) {
  const db = service("db", { image: "postgres:17", healthcheck: probe.postgres(timing) });
  return stack("s", [service("web", { image: "nginx:1.29", dependsOn: [db.healthy()] })]);
}

function many(count: number, interval: string): string {
  const services = Array.from({ length: count }, (_, index) => `  a${index}: {image: x, healthcheck: {test: x, interval: ${interval}}}\n`);
  return `services:\n${services.join("")}`;
}
