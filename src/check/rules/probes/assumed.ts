import type { CheckedService } from "../../../model/checked-stack.ts";
import { atService, eachService } from "../../judging.ts";
import { isLookedInto } from "../../local-images.ts";
import { imageOfService } from "../../probes/image-contents.ts";
import { type Finding, rule } from "../../rule.ts";
import type { Subject } from "../../subject.ts";

export const PROBE_ASSUMES = rule({
  name: "probe-assumes",
  severity: "info",
  told: "where files are written",
  summary: "A probe of the catalogue, or `startAfter`, runs in an image of which nobody knows what it contains.",
  why: "The command takes the first program that is there; where none is, every look fails, and the service is never healthy or never starts.",
  fix: "Say what is there, `image(name, { has })`, name the program with `via`, or look into the local image with `check --images`.",
  bad: `import { probe, service, stack } from "stackwright";

export default stack("shop", [service("api", { image: "acme/api:1", healthcheck: probe.http({ port: 80 }) })]);
`,
  good: `import { image, probe, service, stack } from "stackwright";

export default stack("shop", [service("api", { image: image("acme/api:1", { has: ["curl"] }), healthcheck: probe.http({ port: 80 }) })]);
`,
  sources: ["docs/probes.md"],
  judge: eachService((service, subject) =>
    isLookedInto(service, subject) ? [] : [...probeFindings(service, subject), ...startFindings(service, subject)],
  ),
});

function probeFindings(service: CheckedService, subject: Subject): readonly Finding[] {
  const { probe, probeAssumes = [], probeNeeds = [] } = service;
  // What the base of the user's own Dockerfile has is in the image.
  const { has } = imageOfService(service, subject);
  if (probeAssumes.length === 0 || probeNeeds.some((needs) => needs.every(has))) return [];
  const ways = [...new Set(probeNeeds.toSorted((a, b) => a.length - b.length).map((needs) => [...new Set(needs)].join(" and ")))];
  const shown = [...ways.slice(0, SHOWN), ...(ways.length > SHOWN ? ["others"] : [])];
  return [assumption(service, probe === undefined ? "build.dockerfile" : "healthcheck", shown.join(", or "))];
}

/** Of the ways in which several probes are done together there may be scores. */
const SHOWN = 8;

function startFindings(service: CheckedService, subject: Subject): readonly Finding[] {
  const { has } = imageOfService(service, subject);
  return (service.startNeeds ?? []).flatMap(({ attribute, assumed }) => {
    const needs = assumed
      .filter((tools) => !tools.some(has))
      .map((tools) => (tools.length === 1 ? tools[0] : `one of ${tools.join(", ")}`));
    return needs.length === 0 ? [] : [assumption(service, attribute, [...new Set(needs)].join(" and "))];
  });
}

function assumption(service: CheckedService, path: string, programs: string): Finding {
  return atService(service, path, `assumes that the image has ${programs}: nothing sure is known about it`);
}
