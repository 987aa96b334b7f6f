import { type Duration, seconds } from "../model/duration.ts";
import { isInterpolation } from "../model/interpolation.ts";
import type { AnyProbe } from "./catalog.ts";
import { contentsOf } from "./facts/contents.ts";
import { evidenceOf } from "./facts/evidence.ts";
import { meaningOf } from "./meaning.ts";
import { LONGEST_PAUSE } from "./render/patience.ts";
import { type ProbedImage, programsOf, type RenderedProbe, renderProbe } from "./render.ts";

/** What there is to say about a probe in an image. */
export interface Explanation {
  readonly image: string;
  readonly probe: string;
  /** The command as Compose takes it; absent where the probe is refused. */
  readonly test?: readonly string[];
  /** Seconds of a container's life in which the health check of a stack waits inside it for the command to pass. */
  readonly waitsWithin?: number;
  /** Why it was refused, and the ways out. */
  readonly problem?: { readonly message: string; readonly hint: string };
  /** Why this command. */
  readonly why: readonly string[];
  /** Programs of which nobody knows whether they are in the image. */
  readonly assumed: readonly string[];
  /** The programs that the command runs: a list for each way of which one is enough. */
  readonly needs: readonly (readonly string[])[];
  readonly proves: string;
  readonly doesNotProve: string;
  readonly timing?: TimingTable;
}

/** Seconds after the start of the container (or after the failure). */
export interface TimingTable {
  /** The first look. */
  readonly firstLook: number;
  /** From really ready to healthy: the worst case, where a look just missed it. */
  readonly worstToHealthy: number;
  /** From the start to unhealthy, for a container that never becomes ready. */
  readonly worstToUnhealthyFromStart: number;
  /** From a failure in service to unhealthy. */
  readonly worstToUnhealthy: number;
}

/** Explains a probe for an image. */
export function explainProbe(probe: AnyProbe, image: ProbedImage & { readonly name: string }): Explanation {
  const rendered = renderProbe(probe, { ...image, waits: true });
  return {
    image: image.name,
    probe: probe.type,
    ...(rendered.problem === undefined ? {} : { problem: rendered.problem }),
    ...(rendered.test === undefined ? {} : { test: rendered.test.test, timing: timingTable(rendered) }),
    ...(rendered.waitsWithin === undefined ? {} : { waitsWithin: rendered.waitsWithin }),
    why: why(rendered, image),
    assumed: rendered.test?.assumed ?? [],
    needs: programsOf(rendered),
    ...meaningOf(probe.type),
  };
}

function why({ test }: RenderedProbe, { name: image, has: declared = [] }: ProbedImage & { readonly name: string }): readonly string[] {
  if (test === undefined) return [];
  const { ways, assumed } = test;
  const names = ways.map(({ tool }) => tool).join(", ");
  const choice = ways.length === 1 ? `${names} does it` : `the first of ${names} that is there does it`;
  const basis =
    assumed.length === 0
      ? `${declared.length > 0 ? `you say that the image has ${declared.join(", ")}; it` : "the image"} has ${[...new Set(ways.flatMap(({ needs }) => needs))].join(", ") || "the command"}${evidence(image)}`
      : `assumed, as nothing sure is known about the image: ${assumed.join(", ")} in it`;
  return [choice, basis, ...ways.flatMap(({ remark }) => (remark === undefined ? [] : [remark]))];
}

function evidence(image: string): string {
  const row = contentsOf(image)?.row;
  return row === undefined ? "" : evidenceOf(row.variant);
}

// Docker waits an interval before each look, the first one included; start_interval counts within start_period.
function timingTable({ healthcheck, waitsWithin }: RenderedProbe): TimingTable {
  const time = (value: unknown, usual: number): number =>
    value === undefined || isInterpolation(value) ? usual : seconds(value as Duration);
  const interval = time(healthcheck?.interval, 30);
  const timeout = time(healthcheck?.timeout, 30);
  const startPeriod = time(healthcheck?.startPeriod, 0);
  const pause = startPeriod > 0 ? time(healthcheck?.startInterval, 5) : interval;
  const retries = typeof healthcheck?.retries === "number" ? healthcheck.retries : 3;
  return {
    firstLook: pause,
    worstToHealthy: (waitsWithin === undefined ? pause : LONGEST_PAUSE) + timeout,
    worstToUnhealthyFromStart: startPeriod + retries * (interval + timeout),
    worstToUnhealthy: retries * (interval + timeout),
  };
}
