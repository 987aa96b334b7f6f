import { earliestUnhealthy, latestDetection } from "../../model/health-bounds.ts";
import { imageFacts, isSure } from "../images.ts";
import { atService, attribute, eachService } from "../judging.ts";
import { rule } from "../rule.ts";
import { waitingFor } from "../start-order.ts";
import { timingOf } from "../timing.ts";

const TEST = `      test: ["CMD", "pg_isready", "-h", "127.0.0.1"]`;

/** A database with these lines in its health check, and a service that waits for its health. */
function awaited(lines: string, image = "postgres:17"): string {
  return `services:
  db:
    image: ${image}
    healthcheck:
${TEST}
${lines}
  web:
    image: nginx:1.29
    depends_on:
      db:
        condition: service_healthy
`;
}

/** Seconds from which on a wait for the first look is worth a word. */
const SLOW_LOOK = 30;

export const SLOW_FIRST_GREEN = rule({
  name: "slow-first-green",
  severity: "warning",
  summary: "Others wait for the health of a service that is looked at for the first time only after half a minute.",
  why: "The engine waits an interval before the first look, too. Whoever waits for the service waits that long, even if it is ready after a second.",
  fix: "Look often while it starts, and seldom later: `start_period: 60s`, `start_interval: 1s`, `interval: 30s`.",
  bad: awaited("      interval: 30s"),
  good: awaited("      interval: 30s\n      start_period: 60s\n      start_interval: 1s"),
  sources: ["moby/moby#33410", "https://github.com/moby/moby/blob/v26.1.5/daemon/health.go"],
  judge: eachService((service, subject) => {
    const timing = timingOf(service);
    if (timing === undefined || timing.startPeriod > 0 || timing.interval < SLOW_LOOK) return [];
    const waiting = waitingFor(service.name, "service_healthy", subject);
    if (waiting.length === 0) return [];
    const names = listOf(waiting.map(({ name }) => name));
    const message = `the first look comes after ${timing.interval} s, and ${names} ${waiting.length === 1 ? "waits" : "wait"} for it`;
    const interval = service.model.healthcheck?.interval === undefined ? "healthcheck" : "healthcheck.interval";
    return [atService(service, interval, message)];
  }),
});

export const TIMEOUT_GT_INTERVAL = rule({
  name: "timeout-gt-interval",
  severity: "info",
  summary: "The timeout of a health check is longer than its interval.",
  why: "Probes never overlap: one that hangs holds up the next. The container is called unhealthy much later than the interval suggests.",
  fix: "Shorten the timeout; a probe that is slower than the interval is a failure of its own.",
  bad: awaited("      interval: 5s\n      timeout: 30s"),
  good: awaited("      interval: 10s\n      timeout: 5s"),
  sources: ["https://github.com/moby/moby/blob/v26.1.5/daemon/health.go", "https://github.com/getsentry/self-hosted/blob/master/.env"],
  judge: eachService((service) => {
    const timing = timingOf(service);
    const check = service.model.healthcheck;
    if (timing === undefined || check?.timeout === undefined || timing.timeout <= timing.interval) return [];
    const late = latestDetection(timing);
    const message = `a probe may take ${timing.timeout} s, and one begins every ${timing.interval} s: a hanging service is called unhealthy after ${late} s`;
    return [atService(service, "healthcheck.timeout", message)];
  }),
});

export const START_INTERVAL_GT_INTERVAL = rule({
  name: "start-interval-gt-interval",
  severity: "warning",
  summary: "The start interval of a health check is longer than its interval.",
  why: "While it starts, when others wait for it, the container is looked at less often than later, when nobody does: each look comes later than without a start interval.",
  fix: "Shorten `start_interval` to a second or two, or take it out.",
  bad: awaited("      interval: 5s\n      start_period: 60s\n      start_interval: 10s"),
  good: awaited("      interval: 10s\n      start_period: 60s\n      start_interval: 1s"),
  sources: [
    "https://docs.docker.com/reference/dockerfile/#healthcheck",
    "Measured with Engine 26.1: with interval 2 s, start interval 4 s and start period 10 s looks begin after 4, 8 and 12 s, and then every 2 s",
  ],
  judge: eachService((service) => {
    const timing = timingOf(service);
    const given = service.model.healthcheck?.startInterval;
    if (timing === undefined || given === undefined || timing.startInterval <= timing.interval) return [];
    const message = `is looked at every ${timing.startInterval} s while it starts, and every ${timing.interval} s later`;
    return [atService(service, "healthcheck.startInterval", message)];
  }),
});

/** Seconds that newer engines wait within the start period where no start interval is given; older ones wait an interval. */
const ENGINE_START_INTERVAL = 5;

export const START_PERIOD_WITHOUT_LOOK = rule({
  name: "start-period-without-look",
  severity: "info",
  summary: "The start period of a health check is over before the first look.",
  why: "It overlooks the failures of looks that begin within it, and none does: the first failure counts.",
  fix: "Write a longer `start_period`, or a `start_interval` that is a fraction of it.",
  bad: awaited("      interval: 30s\n      start_period: 5s"),
  good: awaited("      interval: 30s\n      start_period: 60s\n      start_interval: 1s"),
  sources: ["https://docs.docker.com/reference/dockerfile/#healthcheck", "https://github.com/moby/moby/blob/v26.1.5/daemon/health.go"],
  judge: eachService((service) => {
    const timing = timingOf(service);
    if (timing === undefined || timing.startPeriod === 0) return [];
    const isGiven = service.model.healthcheck?.startInterval !== undefined;
    const first = isGiven ? timing.startInterval : Math.min(ENGINE_START_INTERVAL, timing.interval);
    // A start interval that is longer than the start period has a rule of its own.
    if (isGiven ? first !== timing.startPeriod : first < timing.startPeriod) return [];
    return [
      atService(
        service,
        "healthcheck.startPeriod",
        `is over after ${timing.startPeriod} s, and the first look comes after ${first} s at the soonest`,
      ),
    ];
  }),
});

export const BOOT_BUDGET_TOO_SMALL = rule({
  name: "boot-budget-too-small",
  severity: "warning",
  summary: "A service is called unhealthy before its image has usually started.",
  why: 'Compose gives up on the first "unhealthy" of a service that others wait for: the launch fails on a slow machine or with an empty volume.',
  fix: "Give it a `start_period` as long as a slow start takes: failures in it do not count, and a success ends it.",
  bad: awaited("      interval: 2s\n      retries: 3", "mysql:8.4").replace(
    '"pg_isready", "-h", "127.0.0.1"',
    '"mysqladmin", "ping", "-h", "127.0.0.1"',
  ),
  good: awaited("      interval: 2s\n      retries: 3\n      start_period: 60s", "mysql:8.4").replace(
    '"pg_isready", "-h", "127.0.0.1"',
    '"mysqladmin", "ping", "-h", "127.0.0.1"',
  ),
  sources: [
    "https://github.com/docker/compose/blob/main/pkg/compose/convergence.go",
    "https://github.com/testcontainers/testcontainers-node",
  ],
  judge: eachService((service, subject) => {
    const timing = timingOf(service);
    const startup = imageFacts(service)?.startup;
    if (timing === undefined || startup === undefined || !isSure(startup.confidence)) return [];
    const earliest = earliestUnhealthy(timing);
    if (earliest >= startup.seconds || waitingFor(service.name, "service_healthy", subject).length === 0) return [];
    const message = `may be called unhealthy ${earliest} s after its start, and its image takes up to ${startup.seconds} s`;
    return [
      atService(service, "healthcheck", message, {
        hint: `write ${attribute(service, "startPeriod").slice(1, -1)}: ${startup.seconds}s or more`,
      }),
    ];
  }),
});

/** Seconds in which a failure should be noticed. */
const SLOW_DETECTION = 300;

export const DETECTION_TOO_SLOW = rule({
  name: "detection-too-slow",
  severity: "info",
  summary: "A service that hangs is called unhealthy only after more than five minutes.",
  why: "Until then everybody takes it for healthy: proxies send requests to it, and a launch waits.",
  fix: "Fewer retries, a shorter interval or timeout; what the start needs belongs into `start_period`.",
  bad: awaited("      interval: 30s\n      timeout: 60s\n      retries: 10"),
  good: awaited("      interval: 10s\n      timeout: 5s\n      retries: 5"),
  sources: ["https://github.com/moby/moby/blob/v26.1.5/daemon/health.go"],
  judge: eachService((service, subject) => {
    const timing = timingOf(service);
    if (timing === undefined || latestDetection(timing) <= SLOW_DETECTION) return [];
    if (waitingFor(service.name, "service_healthy", subject).length === 0) return [];
    const { retries, interval, timeout } = timing;
    const message = `a hanging service is called unhealthy only after ${latestDetection(timing)} s: ${retries} × (${interval} s + ${timeout} s)`;
    return [atService(service, "healthcheck", message)];
  }),
});

/** The seconds between two probes below which they cost more than they tell, and the most probes a second in a stack. */
const SHORT_INTERVAL = 2;
const MOST_PROBES = 2;

export const INTERVAL_TOO_SHORT = rule({
  name: "interval-too-short",
  severity: "warning",
  summary: "A container is probed every second or so for as long as it runs, or a stack more than twice a second.",
  why: "Each probe is a process that the engine starts inside of the container: runc, containerd and the program itself cost CPU the whole day.",
  fix: "Look often only while it starts: `start_period: 30s`, `start_interval: 1s`, `interval: 10s`.",
  bad: awaited("      interval: 1s"),
  good: awaited("      interval: 10s\n      start_period: 30s\n      start_interval: 1s"),
  sources: ["moby/moby#39102", "moby/moby#39388"],
  judge: (subject) => {
    const timed = [...subject.services.values()].flatMap((service) => {
      const timing = timingOf(service);
      return timing === undefined ? [] : [{ service, interval: timing.interval }];
    });
    const short = timed.filter(({ interval }) => interval < SHORT_INTERVAL);
    const findings = short.map(({ service, interval }) =>
      atService(service, "healthcheck.interval", `is probed every ${interval} s for as long as it runs`),
    );
    const rate = timed.reduce((sum, { interval }) => sum + 1 / interval, 0);
    const [most] = timed.toSorted((a, b) => a.interval - b.interval);
    if (findings.length > 0 || rate <= MOST_PROBES || most === undefined) return findings;
    const message = `the ${timed.length} health checks of the stack start ${rate.toFixed(1)} processes a second`;
    return [atService(most.service, "healthcheck.interval", message)];
  },
});

export const RETRIES_1 = rule({
  name: "retries-1",
  severity: "info",
  summary: "A single failed probe makes a container unhealthy.",
  why: "One blip, a slow disk or a garbage collection, and a proxy or an auto-healer acts on it.",
  fix: "Leave `retries` out (3), or write 2 or more.",
  bad: awaited("      retries: 1"),
  good: awaited("      retries: 2"),
  sources: ["ls1intum/Apollon#621"],
  judge: eachService((service) => {
    if (timingOf(service)?.retries !== 1) return [];
    return [atService(service, "healthcheck.retries", "one failed probe is enough to make it unhealthy")];
  }),
});

/** The number of retries from which on they stand for something else. */
const MANY_RETRIES = 10;
/** Seconds for which a failure may go unnoticed. */
const LONG_FAILURE = 60;

export const RETRIES_USED_AS_START_PERIOD = rule({
  name: "retries-used-as-start-period",
  severity: "info",
  summary: "Many retries take the place of a start period.",
  why: 'They count later, too: a service that hangs stays "healthy" for all of them.',
  fix: "Write a `start_period` for the start, and `retries: 3`.",
  bad: awaited("      interval: 5s\n      retries: 20"),
  good: awaited("      interval: 5s\n      retries: 3\n      start_period: 100s"),
  sources: ["https://github.com/moby/moby/blob/v26.1.5/daemon/health.go"],
  judge: eachService((service) => {
    const timing = timingOf(service);
    if (timing === undefined || timing.retries < MANY_RETRIES || timing.startPeriod > 0) return [];
    if (timing.retries * timing.interval < LONG_FAILURE) return [];
    const message = `${timing.retries} retries give the start its time, and later hide a failure for ${timing.retries * timing.interval} s`;
    return [atService(service, "healthcheck.retries", message)];
  }),
});

/** A start period, in seconds, that is too long for an image that starts within this time. */
const LONG_PERIOD = 300;
const FAST_START = 10;

export const START_PERIOD_HIDES_CRASH = rule({
  name: "start-period-hides-crash",
  severity: "info",
  summary: "The start period is minutes long, and the image starts within seconds.",
  why: "For all of the start period no failure counts: a start that goes wrong is noticed minutes later.",
  fix: "Give it about three times as long as the start takes.",
  bad: awaited("      start_period: 10m"),
  good: awaited("      start_period: 1m"),
  sources: ["https://github.com/moby/moby/blob/v26.1.5/daemon/health.go"],
  judge: eachService((service) => {
    const timing = timingOf(service);
    const startup = imageFacts(service)?.startup;
    if (timing === undefined || timing.startPeriod <= LONG_PERIOD || startup === undefined) return [];
    if (!isSure(startup.confidence) || startup.seconds > FAST_START) return [];
    const message = `no failure counts for ${timing.startPeriod} s, and the image usually starts within ${startup.seconds} s`;
    return [atService(service, "healthcheck.startPeriod", message)];
  }),
});

interface HeavyClient {
  readonly program: RegExp;
  /** Seconds that it should have: cypher-shell was seen to take 12.5 on a busy machine, rabbitmq-diagnostics takes 2 of CPU. */
  readonly seconds: number;
}

const HEAVY_CLIENTS: readonly HeavyClient[] = [
  { program: /(?:^|[\s/])cypher-shell(?=\s|$)/, seconds: 15 },
  { program: /(?:^|[\s/])kafka-[a-z-]+(?:\.sh)?(?=\s|$)/, seconds: 10 },
  { program: /(?:^|[\s/])(?:cqlsh|nodetool|localstack)(?=\s|$)/, seconds: 10 },
  { program: /(?:^|[\s/])rabbitmq(?:-diagnostics|ctl)(?=\s|$)/, seconds: 5 },
];

export const TIMEOUT_LT_PROBE_COST = rule({
  name: "timeout-lt-probe-cost",
  severity: "warning",
  summary: "A probe that starts a heavy client has less time than that client needs on a busy machine.",
  why: "It is killed before it can answer: a service that works is called unhealthy whenever the machine has much to do.",
  fix: "Give it more time, and look more seldom; or ask the port or an HTTP endpoint instead.",
  bad: `services:
  bus:
    image: rabbitmq:4
    healthcheck:
      test: ["CMD", "rabbitmq-diagnostics", "-q", "ping"]
      timeout: 3s
`,
  good: `services:
  bus:
    image: rabbitmq:4
    healthcheck:
      test: ["CMD", "rabbitmq-diagnostics", "-q", "ping"]
      timeout: 10s
`,
  sources: ["reconurge/flowsint#209", "localstack/localstack#11259"],
  judge: eachService((service) => {
    const timing = timingOf(service);
    const words = [service.model.healthcheck?.test ?? []].flat().filter((word) => typeof word === "string");
    const found = HEAVY_CLIENTS.flatMap(({ program, seconds }) => {
      const [match] = program.exec(words.join(" ")) ?? [];
      return match === undefined ? [] : [{ name: match.replace(/^[\s/]/, ""), seconds }];
    });
    const [client] = found;
    if (timing === undefined || client === undefined || timing.timeout >= client.seconds) return [];
    const message = `"${client.name}" is a heavy client, and has ${timing.timeout} s: give it at least ${client.seconds} s`;
    return [atService(service, "healthcheck.timeout", message)];
  }),
});

/** Names in a sentence: "a", "a and b", "a, b and 2 more". */
function listOf(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  if (quoted.length <= 2) return quoted.join(" and ");
  return `${quoted.slice(0, 2).join(", ")} and ${quoted.length - 2} more`;
}
