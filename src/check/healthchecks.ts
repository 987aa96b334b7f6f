import type { Issue } from "../errors.ts";
import { isDuration, seconds } from "../model/duration.ts";
import type { Healthcheck } from "../model/schema/healthcheck.ts";
import { show } from "../model/schema/object.ts";
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

function contradiction(check: Healthcheck): string | undefined {
  if (check.disable === true && check.test !== undefined) return '"disable" and "test" contradict each other';
  if (check.startInterval !== undefined && check.startPeriod === undefined)
    return '"startInterval" has no effect without "startPeriod", and Compose refuses it at launch';
  return undefined;
}

// A period of 0 is none; where a variable stands its value is not known yet.
function tooShort({ interval, timeout, startPeriod, startInterval }: Healthcheck): readonly (readonly [string, unknown])[] {
  return Object.entries({ interval, timeout, startPeriod, startInterval }).filter(([, value]) => {
    const length = isDuration(value) ? seconds(value) : undefined;
    return length !== undefined && length > 0 && length < 0.001;
  });
}
