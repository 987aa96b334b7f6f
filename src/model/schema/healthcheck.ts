import * as z from "zod";
import { isInterpolation, type Text } from "../interpolation.ts";
import { chosen, parseWithin } from "./forms.ts";
import { attributes, show } from "./object.ts";
import { count, duration, flag, listOf, type OrVariable, text } from "./scalar.ts";

const timing = {
  /** Time from the end of one probe to the start of the next. Default: 30s; probes of Stackwright 10s. @see https://docs.docker.com/reference/compose-file/services/#healthcheck */
  interval: duration.optional(),
  /** Time after which a probe counts as failed. Default: 30s; probes of Stackwright 5s. @see https://docs.docker.com/reference/compose-file/services/#healthcheck */
  timeout: duration.optional(),
  /** Failures in a row that make the container unhealthy. Default: 3. @see https://docs.docker.com/reference/compose-file/services/#healthcheck */
  retries: count.optional(),
  /** Time after the start in which failures do not count. Default: 0s; probes of Stackwright 30s. @see https://docs.docker.com/reference/compose-file/services/#healthcheck */
  startPeriod: duration.optional(),
  /** Interval within `startPeriod`, from Engine 25. Default: 5s; probes of Stackwright 500ms. @see https://docs.docker.com/reference/compose-file/services/#healthcheck */
  startInterval: duration.optional(),
};

type TestList = readonly [OrVariable<"CMD" | "CMD-SHELL">, Text, ...Text[]] | readonly [OrVariable<"NONE">];

// The first word says how the others are run; Compose refuses any other.
const testList = listOf(text).superRefine((words, context) => {
  const message = wrongTest(words);
  if (message !== undefined) context.issues.push({ code: "custom", input: words, message });
});

const test: z.ZodType<Text | Text[], Text | TestList> = chosen((value) => (Array.isArray(value) ? testList : text), text, testList);

function wrongTest(words: readonly Text[]): string | undefined {
  const [first] = words;
  const how = '(write ["CMD", "pg_isready"], ["CMD-SHELL", "pg_isready || exit 1"] or ["NONE"])';
  // Compose takes an empty list, and words after the script: the rules speak of them.
  if (first === undefined || isInterpolation(first)) return undefined;
  if (!["CMD", "CMD-SHELL", "NONE"].includes(first)) return `a test can't begin with ${show(first)} ${how}`;
  if (first === "NONE" && words.length > 1) return '"NONE" switches the health check off and stands alone (write ["NONE"])';
  if (first === "CMD-SHELL" && words.length < 2) return '"CMD-SHELL" is followed by one text, the script; there are 0';
  if (first === "CMD" && words.length < 2) return `"CMD" is followed by a command, and there is none ${how}`;
  return undefined;
}

const timingSchema = attributes(timing);

/** When a container is probed. @see https://docs.docker.com/reference/compose-file/services/#healthcheck */
export interface Timing extends z.input<typeof timingSchema> {}

export const healthcheckSchema = attributes({
  /** The probe: `["CMD", ...]`, `["CMD-SHELL", "..."]`, `["NONE"]`, or a string for the container's shell. Default: the image's. @see https://docs.docker.com/reference/compose-file/services/#healthcheck */
  test: test.optional(),
  ...timing,
  /** Whether the image's own health check is switched off. Default: false. @see https://docs.docker.com/reference/compose-file/services/#healthcheck */
  disable: flag.optional(),
});

/** A health check as the Compose Specification writes it. @see https://docs.docker.com/reference/compose-file/services/#healthcheck */
export interface HealthcheckSpec extends z.input<typeof healthcheckSchema> {}

/** A health check after parsing. */
export interface Healthcheck extends z.output<typeof healthcheckSchema> {}

/** A health check by meaning, made by `probe.*`; the right command for the image is chosen when the stack is checked. */
export interface Probe<Type extends string = string> {
  readonly kind: "probe";
  readonly type: Type;
  readonly timing: Timing;
}

/** Whether a value is a probe. */
export function isProbe(value: unknown): value is Probe {
  return typeof value === "object" && value !== null && (value as Partial<Probe>).kind === "probe";
}

const probeSchema = z.custom<Probe>(isProbe).transform((probe, context) => {
  parseWithin(timingSchema, probe.timing, context);
  return probe;
});

/** A probe or a plain health check. */
export const probeOrHealthcheck: z.ZodType<Probe | Healthcheck, Probe | HealthcheckSpec> = chosen(
  (value) => (isProbe(value) ? probeSchema : healthcheckSchema),
  healthcheckSchema,
);
