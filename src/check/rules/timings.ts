import { type Duration, isDuration, seconds } from "../../model/duration.ts";
import { isInterpolation } from "../../model/interpolation.ts";
import type { Healthcheck } from "../../model/schema/healthcheck.ts";
import { show } from "../../model/schema/object.ts";
import type { OrVariable } from "../../model/schema/scalar.ts";
import { atService, attribute, eachService } from "../judging.ts";
import { type Rule, rule } from "../rule.ts";

export const DISABLE_WITH_TEST = rule({
  name: "disable-with-test",
  severity: "warning",
  refuses: "typescript",
  summary: "A health check is switched off, and has a test or a timing.",
  why: "`disable` wins: nothing ever runs, although it looks as if it did.",
  fix: "Take one of the two out.",
  bad: healthcheck(`test: ["CMD", "pg_isready", "-h", "127.0.0.1"]
      disable: true`),
  good: healthcheck(`test: ["CMD", "pg_isready", "-h", "127.0.0.1"]`),
  sources: ["Measured: `docker compose config` 2.40 makes `test: [NONE]` of it, and keeps timings that nothing uses"],
  judge: judgeTimings(disableWithTest),
});

export const ZERO_TIMING = rule({
  name: "zero-timing",
  severity: "warning",
  refuses: "typescript",
  summary: "An interval, a timeout or the number of retries is 0.",
  why: "For Docker 0 means its own default: not never, and not continuously.",
  fix: "Write what is meant, or nothing.",
  bad: healthcheck(`test: ["CMD", "pg_isready", "-h", "127.0.0.1"]
      retries: 0`),
  good: healthcheck(`test: ["CMD", "pg_isready", "-h", "127.0.0.1"]
      retries: 3`),
  sources: ["https://github.com/moby/moby/blob/v26.1.5/daemon/health.go", "Measured: `docker compose config` 2.40 accepts it"],
  judge: judgeTimings(zeroTimings),
});

export const START_INTERVAL_WITHOUT_START_PERIOD = rule({
  name: "start-interval-without-start-period",
  severity: "error",
  refuses: "typescript",
  summary: "A health check has a start interval and no start period.",
  why: "The start interval counts only within the start period. Compose refuses to create the container.",
  fix: "Add a `start_period`, about as long as the start may take.",
  bad: healthcheck(`test: ["CMD", "pg_isready", "-h", "127.0.0.1"]
      start_interval: 1s`),
  good: healthcheck(`test: ["CMD", "pg_isready", "-h", "127.0.0.1"]
      start_period: 30s
      start_interval: 1s`),
  sources: [
    "moby/moby#48874",
    "moby/moby#49900",
    'Measured: `docker compose up` 2.40: "healthcheck.start_interval requires healthcheck.start_period to be set"',
  ],
  judge: judgeTimings(startIntervalAlone),
});

export const START_INTERVAL_GT_START_PERIOD = rule({
  name: "start-interval-gt-start-period",
  severity: "warning",
  refuses: "typescript",
  summary: "The start interval of a health check is longer than its start period.",
  why: "The first look comes only after the start period: no failure is ever overlooked, and nobody is looked at more often.",
  fix: "Shorten `start_interval` to a second or two, or take it out.",
  bad: healthcheck(`test: ["CMD", "pg_isready", "-h", "127.0.0.1"]
      start_period: 5s
      start_interval: 10s`),
  good: healthcheck(`test: ["CMD", "pg_isready", "-h", "127.0.0.1"]
      start_period: 30s
      start_interval: 1s`),
  sources: ["moby/moby#46747"],
  judge: judgeTimings(startIntervalTooLong),
});

export const DURATION_TOO_SHORT = rule({
  name: "duration-too-short",
  severity: "error",
  refuses: "typescript",
  summary: "A timing of a health check is shorter than a millisecond.",
  why: "The engine refuses to create the container.",
  fix: "Write at least `1ms`.",
  bad: healthcheck(`test: ["CMD", "pg_isready", "-h", "127.0.0.1"]
      timeout: 500us`),
  good: healthcheck(`test: ["CMD", "pg_isready", "-h", "127.0.0.1"]
      timeout: 500ms`),
  sources: ["https://docs.docker.com/reference/api/engine/version/v1.45/", "Measured: `docker compose config` 2.40 accepts it"],
  judge: eachService((service) =>
    tooShort(service.model.healthcheck ?? {}).map(([key, value]) =>
      atService(service, `healthcheck.${key}`, `${show(value)} is too short: Docker's least is "1ms"`),
    ),
  ),
});

/** What contradicts itself in a health check that is put into a Dockerfile; `undefined` where nothing does. */
export function contradiction(check: Healthcheck): string | undefined {
  const quoted = (name: string): string => `"${name}"`;
  return [disableWithTest, zeroTimings, startIntervalAlone, startIntervalTooLong].flatMap((find) => find(check, quoted))[0]?.[1];
}

/** What is wrong with a health check, and at which attribute; `name` gives an attribute's name as its author writes it. */
type Find = (check: Healthcheck, name: (attribute: string) => string) => readonly (readonly [attribute: string, message: string])[];

function disableWithTest({ disable, test, ...rest }: Healthcheck, name: (attribute: string) => string): ReturnType<Find> {
  const isNone = Array.isArray(test) && test[0] === "NONE";
  if (disable !== true && !isNone) return [];
  if (disable === true && test !== undefined && !isNone) return [["disable", '"disable" and "test" contradict each other']];
  const timings = TIMINGS.filter((each) => rest[each] !== undefined);
  return timings.map((each) => [each, `${name(each)} has no effect where the health check is switched off`]);
}

const TIMINGS = ["interval", "timeout", "retries", "startPeriod", "startInterval"] as const;

function zeroTimings(check: Healthcheck, name: (attribute: string) => string): ReturnType<Find> {
  const zero = (["interval", "timeout", "startInterval"] as const).filter((each) => below(check[each], Number.MIN_VALUE));
  const timings = zero.map((each) => [each, `${name(each)} is 0, which Docker takes for its own default`] as const);
  return check.retries === 0 ? [...timings, ["retries", '"retries" is 0, which Docker takes for its own default, 3']] : timings;
}

function startIntervalAlone(check: Healthcheck, name: (attribute: string) => string): ReturnType<Find> {
  const { startInterval, startPeriod } = check;
  // A start interval of 0 is none.
  if (startInterval === undefined || below(startInterval, Number.MIN_VALUE)) return [];
  if (startPeriod !== undefined && !below(startPeriod, 0.001)) return [];
  const message = `${name("startInterval")} has no effect without ${name("startPeriod")}, and Compose refuses it at launch`;
  return [["startInterval", message]];
}

function startIntervalTooLong(check: Healthcheck, name: (attribute: string) => string): ReturnType<Find> {
  const { startInterval, startPeriod } = check;
  if (startInterval === undefined || isInterpolation(startInterval) || startPeriod === undefined || below(startPeriod, 0.001)) return [];
  if (!below(startPeriod, seconds(startInterval))) return [];
  const message = `${name("startInterval")}, ${startInterval}, is longer than ${name("startPeriod")}, ${String(startPeriod)}`;
  return [["startInterval", message]];
}

function judgeTimings(find: Find): Rule["judge"] {
  return eachService((service) =>
    // The start period of the image does not count: Compose looks only at what is written in its file.
    find(service.model.healthcheck ?? {}, (name) => attribute(service, name)).map(([name, message]) =>
      atService(service, `healthcheck.${name}`, message),
    ),
  );
}

// A period of 0 is none; where a variable stands its value is not known yet.
function tooShort({ interval, timeout, startPeriod, startInterval }: Healthcheck): readonly (readonly [string, unknown])[] {
  return Object.entries({ interval, timeout, startPeriod, startInterval }).filter(([, value]) => {
    const length = isDuration(value) ? seconds(value) : undefined;
    return length !== undefined && length > 0 && length < 0.001;
  });
}

// What a variable will say is not known yet.
function below(value: OrVariable<Duration> | undefined, limit: number): boolean {
  return value !== undefined && !isInterpolation(value) && seconds(value) < limit;
}

/** A service with these lines in its health check, as an example. */
function healthcheck(lines: string): string {
  return `services:
  db:
    image: postgres:17
    healthcheck:
      ${lines}
`;
}
