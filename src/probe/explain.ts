import { type Bounds, endOfQuickLooks, firstLook, latestDetection, latestUnhealthy, toHealthy } from "../model/health-bounds.ts";
import { healthTiming } from "../model/health-timing.ts";
import type { AnyProbe } from "./catalog.ts";
import { contentsOf } from "./facts/contents.ts";
import { evidenceOf } from "./facts/evidence.ts";
import { splitImage } from "./facts/image-name.ts";
import { meaningOf } from "./meaning.ts";
import type { ProbedImage } from "./probed-image.ts";
import { LONGEST_PAUSE } from "./render/patience.ts";
import { programsOf, type RenderedProbe, renderProbe } from "./render.ts";

/** What there is to say about a probe in an image. */
export interface Explanation {
  readonly image: string;
  readonly probe: string;
  /** The command as Compose takes it; absent where the probe is refused. */
  readonly test?: readonly string[];
  /** The command as it is generated, which waits inside a young container; absent where it never waits. */
  readonly waitingTest?: readonly string[];
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
  /** From really ready to healthy, for a container that is ready until this second of its life, or (`null`) after that. */
  readonly toHealthy: readonly (Bounds & { readonly readyUntil: number | null })[];
  /** From the start to unhealthy, for a container that never becomes ready: the worst case. */
  readonly worstToUnhealthyFromStart: number;
  /** From a failure in service, after the look that passed last, to unhealthy: the worst case. */
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
    ...(rendered.waitsWithin === undefined
      ? {}
      : { waitsWithin: rendered.waitsWithin, waitingTest: rendered.healthcheck?.test as readonly string[] }),
    why: why(rendered, image),
    assumed: rendered.test?.assumed ?? [],
    needs: programsOf(rendered),
    ...meaningOf(probe.type),
  };
}

function why({ test }: RenderedProbe, image: ProbedImage & { readonly name: string }): readonly string[] {
  if (test === undefined) return [];
  const { ways, assumed } = test;
  const names = ways.map(({ tool }) => tool).join(", ");
  const choice = ways.length === 1 ? `${names} does it` : `the first of ${names} that is there does it`;
  const needs = [...new Set(ways.flatMap((way) => way.needs))];
  const basis =
    assumed.length === 0
      ? grounds(needs, image)
      : [`assumed, as nothing sure is known about the image${beyondFacts(image.name)}: ${assumed.join(", ")} in it`];
  return [choice, ...basis, ...ways.flatMap(({ remark }) => (remark === undefined ? [] : [remark]))];
}

/** From which version on more is known; nothing where that is not the reason. */
function beyondFacts(name: string): string {
  const contents = contentsOf(name);
  const since = contents?.confidence === "assumed" ? (contents.row?.variant.since ?? []) : [];
  return since.length === 0 ? "" : ` (what is known of ${splitImage(name).repository} holds from ${since.join(".")} on)`;
}

/** What is known of the programs: by the user's word, or by the facts of the image. */
function grounds(needs: readonly string[], { name, has: declared = [] }: ProbedImage & { readonly name: string }): readonly string[] {
  if (needs.length === 0) return ["the image has the command"];
  const contents = contentsOf(name);
  const documented = needs.filter((program) => !declared.includes(program) && contents?.has.has(program) === true);
  const said = needs.filter((program) => !documented.includes(program));
  const evidence = contents?.row === undefined ? "" : evidenceOf(contents.row.variant);
  return [
    ...(said.length === 0 ? [] : [`you say that the image has ${said.join(", ")}`]),
    ...(documented.length === 0 ? [] : [`the image has ${documented.join(", ")}${evidence}`]),
  ];
}

function timingTable({ healthcheck = {}, waitsWithin }: RenderedProbe): TimingTable {
  const timing = healthTiming(healthcheck);
  const until = endOfQuickLooks(timing);
  const waiting = { ...timing, startInterval: Math.max(timing.startInterval, waitsWithin === undefined ? 0 : LONGEST_PAUSE) };
  return {
    firstLook: firstLook(timing),
    toHealthy: [
      ...(until > 0 ? [{ readyUntil: until, ...toHealthy(waiting, "before") }] : []),
      { readyUntil: null, ...toHealthy(timing, "after") },
    ],
    worstToUnhealthyFromStart: latestUnhealthy(timing),
    worstToUnhealthy: latestDetection(timing),
  };
}
