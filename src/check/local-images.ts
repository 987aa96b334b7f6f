import type { CheckedService } from "../model/checked-stack.ts";
import type { ImageContents } from "../model/image-contents.ts";
import { scriptsOfImage } from "../probe/inputs.ts";
import { programsMissed, programsNamed } from "./command/programs.ts";
import { readTest } from "./command/read-test.ts";
import { atService } from "./judging.ts";
import { isMounted } from "./mounted.ts";
import type { Finding } from "./rule.ts";
import { isProvided } from "./rules/targets.ts";
import type { Subject } from "./subject.ts";

/** What the probes of a stack, and what waits in its containers, may need, by the image that has to have it. */
export function contentsWanted({ services }: Pick<Subject, "services">): ReadonlyMap<string, ImageContents> {
  const wanted = new Map<string, ImageContents>();
  for (const service of services.values()) {
    const image = imageToLookInto(service);
    const programs = programsOf(service);
    if (image === undefined || programs.length === 0) continue;
    const before = wanted.get(image);
    wanted.set(image, {
      programs: new Set([...(before?.programs ?? []), ...programs]),
      scripts: new Set([...(before?.scripts ?? []), ...scriptsOf(service)]),
    });
  }
  return wanted;
}

// What is mounted or granted is there, whatever the image has.
function scriptsOf(service: CheckedService): readonly string[] {
  return scriptsOfImage(service.probe).filter((script) => !isProvided(script, service));
}

/** The image of a service, where it has one whose name is known; what is built is not it. */
export function imageToLookInto({ model: { build, image } }: CheckedService): string | undefined {
  return build === undefined && typeof image === "string" ? image : undefined;
}

/** All programs that a service may need in its image. */
export function programsOf({ model, probeNeeds = [], startNeeds = [] }: CheckedService): readonly string[] {
  const starts = startNeeds.flatMap(({ programs }) => programs.flat());
  if (probeNeeds.flat().length > 0) return [...probeNeeds.flat(), ...starts];
  const read = readTest(model.healthcheck?.test);
  return [...(read === undefined ? [] : programsNamed(read.step)), ...starts];
}

/** What the images that were looked into lack. */
export function missingInImages({ services, localImages }: Subject): readonly Finding[] {
  return [...services.values()].flatMap((service) => {
    const image = imageToLookInto(service);
    const found = image === undefined ? undefined : localImages?.get(image);
    if (found === undefined) return [];
    const mounted = programsOf(service).filter((program) => isMounted(service, program));
    const scripts = scriptsOf(service).filter((script) => !found.scripts.has(script));
    return [
      ...missingFor(service, `${image}`, new Set([...found.programs, ...mounted])),
      ...scripts.map((script) => atService(service, "healthcheck", `${image} has no ${script}, which the probe runs`, { hint: BRING })),
    ];
  });
}

const BRING = "copy the script into the image, correct its path, or let a config or a mount bring it";

/** Whether a service's image was looked into, so that what its probe needs is known to be there, or not. */
export function isLookedInto(service: CheckedService, { localImages }: Pick<Subject, "localImages">): boolean {
  const image = imageToLookInto(service);
  return image !== undefined && localImages?.get(image) !== undefined;
}

function missingFor(service: CheckedService, image: string, found: ReadonlySet<string>): readonly Finding[] {
  const lacking = (attribute: string, programs: readonly string[], what: string): readonly Finding[] =>
    programs.length === 0 ? [] : [atService(service, attribute, `${image} has no ${programs.join(", no ")}, which ${what} needs`)];
  const starts = (service.startNeeds ?? []).flatMap(({ attribute, programs }) =>
    programs.flatMap((tools) => lacking(attribute, tools.some((tool) => found.has(tool)) ? [] : tools, "startAfter")),
  );
  return [...lacking("healthcheck", missedBy(service, found), "the probe"), ...starts];
}

/** What a probe misses: one of the catalogue, or a command that was written by hand. */
function missedBy({ model, probeNeeds = [] }: CheckedService, found: ReadonlySet<string>): readonly string[] {
  if (probeNeeds.flat().length > 0) return missingOf(probeNeeds, found);
  const read = readTest(model.healthcheck?.test);
  return read === undefined ? [] : programsMissed(read.step, found);
}

/** The programs that are missing: of the first way, where none of the ways is there as a whole. */
export function missingOf(ways: readonly (readonly string[])[], found: ReadonlySet<string>): readonly string[] {
  const missing = ways.map((needs) => needs.filter((program) => !found.has(program)));
  return missing.some((each) => each.length === 0) ? [] : (missing[0] ?? []);
}
