import type { Issue } from "../errors.ts";
import type { Healthcheck } from "../model/schema/healthcheck.ts";
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

/** What contradicts itself in a health check; `undefined` where nothing does. */
export function contradiction(check: Healthcheck): string | undefined {
  if (check.disable === true && check.test !== undefined) return '"disable" and "test" contradict each other';
  if (check.startInterval !== undefined && check.startPeriod === undefined)
    return '"startInterval" has no effect without "startPeriod", and Compose refuses it at launch';
  return undefined;
}
