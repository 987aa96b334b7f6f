import type { Issue } from "../errors.ts";
import { type Duration, seconds } from "../model/duration.ts";
import { isInterpolation } from "../model/interpolation.ts";
import type { Healthcheck } from "../model/schema/healthcheck.ts";
import type { OrVariable } from "../model/schema/scalar.ts";
import { type Draft, issueAt } from "./draft.ts";

/** Timings that contradict each other. */
export function checkHealthchecks({ services }: Draft): readonly Issue[] {
  return [...services.values()].flatMap(({ name, definition, model }) => {
    // The start period of the image does not count: Compose looks only at what is written in its file.
    if (model.healthcheck === undefined) return [];
    const message = contradiction(model.healthcheck);
    return message === undefined ? [] : [issueAt(definition, `${name}.healthcheck`, message)];
  });
}

function contradiction(check: Healthcheck): string | undefined {
  if (check.disable === true && check.test !== undefined) return '"disable" and "test" contradict each other';
  const zero = (["interval", "timeout", "startInterval"] as const).find((name) => below(check[name], 0.001));
  if (zero !== undefined) return `"${zero}" is below 1ms: Docker takes 0s for its own default and refuses the rest`;
  if (check.retries === 0) return '"retries" is 0, which Docker takes for its own default, 3';
  if (check.startInterval === undefined) return undefined;
  if (check.startPeriod === undefined || below(check.startPeriod, 0.001))
    return '"startInterval" has no effect without "startPeriod", and Compose refuses it at launch';
  const { startInterval, startPeriod } = check;
  if (!isInterpolation(startInterval) && below(startPeriod, seconds(startInterval)))
    return `"startInterval", ${startInterval}, is longer than "startPeriod", ${String(startPeriod)}`;
  return undefined;
}

// What a variable will say is not known yet.
function below(value: OrVariable<Duration> | undefined, limit: number): boolean {
  return value !== undefined && !isInterpolation(value) && seconds(value) < limit;
}
