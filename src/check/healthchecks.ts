import type { Issue } from "../errors.ts";
import { type Duration, isDuration, seconds } from "../model/duration.ts";
import { isInterpolation } from "../model/interpolation.ts";
import type { Healthcheck } from "../model/schema/healthcheck.ts";
import { show } from "../model/schema/object.ts";
import type { OrVariable } from "../model/schema/scalar.ts";
import { type Draft, issueAt } from "./draft.ts";

/** Timings that contradict each other. */
export function checkHealthchecks({ services }: Draft): readonly Issue[] {
  return [...services.values()].flatMap(({ name, definition, model }) => {
    // The start period of the image does not count: Compose looks only at what is written in its file.
    if (model.healthcheck === undefined) return [];
    const message = contradiction(model.healthcheck);
    const contradictions = message === undefined ? [] : [issueAt(definition, `${name}.healthcheck`, message)];
    const short = tooShort(model.healthcheck).map(([key, value]) =>
      issueAt(definition, `${name}.healthcheck.${key}`, `${show(value)} is too short: Docker's least is "1ms"`),
    );
    return [...contradictions, ...short];
  });
}

/** What contradicts itself in a health check; `undefined` where nothing does. */
export function contradiction(check: Healthcheck): string | undefined {
  if (check.disable === true && check.test !== undefined) return '"disable" and "test" contradict each other';
  const zero = (["interval", "timeout", "startInterval"] as const).find((name) => below(check[name], Number.MIN_VALUE));
  if (zero !== undefined) return `"${zero}" is 0, which Docker takes for its own default`;
  if (check.retries === 0) return '"retries" is 0, which Docker takes for its own default, 3';
  if (check.startInterval === undefined) return undefined;
  if (check.startPeriod === undefined || below(check.startPeriod, 0.001))
    return '"startInterval" has no effect without "startPeriod", and Compose refuses it at launch';
  const { startInterval, startPeriod } = check;
  if (!isInterpolation(startInterval) && below(startPeriod, seconds(startInterval)))
    return `"startInterval", ${startInterval}, is longer than "startPeriod", ${String(startPeriod)}`;
  return undefined;
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
