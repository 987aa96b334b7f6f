import { seconds } from "../model/duration.ts";
import { isInterpolation } from "../model/interpolation.ts";
import type { Healthcheck, Timing } from "../model/schema/healthcheck.ts";
import type { AnyProbe } from "./catalog.ts";
import { contentsOf } from "./facts/contents.ts";
import { splitImage } from "./facts/image-name.ts";
import { contentsIn, type ProbedImage } from "./probed-image.ts";
import { PATIENT_START_INTERVAL, patient } from "./render/patience.ts";
import type { Refusal } from "./render/refusal.ts";
import { type Test, testOf } from "./render/test.ts";
import { isHeavy, timingOf } from "./render/timing-of.ts";
import { limitBelow } from "./render/way.ts";
import { DEFAULT_TIMING } from "./timing.ts";

/** A rendered probe: a health check, or why there can be none. */
export interface RenderedProbe {
  /** Absent where the image's own health check stays as it is, and where there is a problem. */
  readonly healthcheck?: Healthcheck;
  readonly problem?: Refusal;
  /** Seconds of the container's life in which the health check waits for the probe to pass; absent where it never does. */
  readonly waitsWithin?: number;
  /** The command alone, and how it came about; absent for `fromImage` and `none`. */
  readonly test?: Extract<Test, { kind: "test" }>;
}

/** The programs that a rendered probe runs: a list for each way of which one is enough. */
export function programsOf({ test, waitsWithin }: RenderedProbe): readonly (readonly string[])[] {
  if (test === undefined) return [];
  const isScript = waitsWithin !== undefined || test.test[0] === "CMD-SHELL";
  return test.needs.map((needs) => (isScript && !needs.includes("sh") ? ["sh", ...needs] : needs));
}

/** The health check that does a probe inside an image. */
export function renderProbe(probe: AnyProbe, image: ProbedImage | string | undefined): RenderedProbe {
  if (probe.type === "none") return { healthcheck: { disable: true } };
  if (probe.type === "fromImage") return Object.keys(probe.timing).length === 0 ? {} : { healthcheck: probe.timing as Healthcheck };
  const timing = timingOf(probe);
  // What a variable will say is not known yet.
  const timeout = timing.timeout === undefined || isInterpolation(timing.timeout) ? DEFAULT_TIMING.timeout : timing.timeout;
  const probed: ProbedImage = typeof image === "string" ? { name: image } : (image ?? {});
  const { name, has, waits = false } = probed;
  const contents = contentsIn(probed);
  const known = name === undefined ? undefined : contentsOf(name);
  const test = testOf(probe, {
    limit: limitBelow(seconds(timeout)),
    name,
    contents,
    image: name === undefined ? undefined : splitImage(name),
  });
  if (test.kind === "refused") return { problem: test.refusal };
  const young =
    waits && isShellSure(test, [...(known?.has ?? []), ...(has ?? [])]) && !AS_WRITTEN.has(probe.type) && !isHeavy(probe)
      ? startPeriodOf(timing)
      : 0;
  if (young === 0) return { healthcheck: { test: [...test.test], ...timing }, test };
  const command = patient(test.test, young, seconds(timeout));
  const startInterval = probe.timing.startInterval ?? PATIENT_START_INTERVAL;
  return { healthcheck: { test: [...command], ...timing, startInterval }, waitsWithin: young, test };
}

// Who says that an image has curl has not said that it has a shell.
function isShellSure({ test: [form] }: Extract<Test, { kind: "test" }>, programs: readonly string[]): boolean {
  return form === "CMD-SHELL" || programs.includes("sh");
}

/** A user's own command is run as it was written. */
const AS_WRITTEN: ReadonlySet<string> = new Set(["command", "shell", "script"]);

function startPeriodOf({ startPeriod }: Timing): number {
  return startPeriod === undefined || isInterpolation(startPeriod) ? 0 : Math.floor(seconds(startPeriod));
}
