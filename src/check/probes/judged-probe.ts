import type { WrittenHealthcheck } from "../../dockerfile/healthcheck.ts";
import type { CheckedService } from "../../model/checked-stack.ts";
import { isInterpolation, type Text } from "../../model/interpolation.ts";
import type { Healthcheck } from "../../model/schema/healthcheck.ts";
import type { AnyProbe } from "../../probe/catalog.ts";
import { type ReadTest, readTest } from "../command/read-test.ts";
import { type Lookup, type Request, requestsOf } from "../command/requests.ts";
import { type Use, usesOf } from "../command/uses.ts";
import { usualText } from "../images.ts";
import { atDockerfile, atService } from "../judging.ts";
import { once } from "../once.ts";
import type { Finding, Rule } from "../rule.ts";
import type { DockerfileText, Subject } from "../subject.ts";
import { imageOfDockerfile, imageOfService, type ProbedImage } from "./image-contents.ts";

/** A command that a container is probed with, in a service or in a Dockerfile, and what is known around it. */
export interface JudgedProbe {
  readonly subject: Subject;
  /** The service that is probed; of a Dockerfile's probe one that is built with it. */
  readonly service: CheckedService | undefined;
  /** The Dockerfile that the probe stands in; absent where it stands in the service. */
  readonly dockerfile: DockerfileText | undefined;
  readonly test: Text | readonly Text[];
  readonly read: ReadTest;
  /** Every command in it. */
  readonly uses: readonly Use[];
  /** Everything that it connects to. */
  readonly requests: readonly Request[];
  readonly image: ProbedImage;
  /** The container's environment, as far as it is written down. */
  readonly lookup: Lookup;
  /** Its timing; of a Dockerfile's probe nothing. */
  readonly timing: Omit<Healthcheck, "test">;
  /** A finding at the place of the command. */
  find(message: string, rest?: Pick<Finding, "hint" | "severity">): Finding;
}

/** Judges one probe after the other: those of the services, then those of the Dockerfiles. */
export function eachProbe(judge: (probe: JudgedProbe) => readonly Finding[]): Rule["judge"] {
  return (subject) => probesIn(subject).flatMap(judge);
}

const USERS_WORDS: ReadonlySet<string> = new Set(["command", "shell", "script"]);

/** The probe of the catalogue whose words these are, which read the answers they ask for, and find the programs they name. */
export function cataloguedIn({ service, dockerfile }: Pick<JudgedProbe, "service" | "dockerfile">): AnyProbe | undefined {
  const probe = dockerfile === undefined ? (service?.probe as AnyProbe | undefined) : undefined;
  return probe === undefined || USERS_WORDS.has(probe.type) ? undefined : probe;
}

const probesIn = once((subject: Subject): readonly JudgedProbe[] => [
  ...[...subject.services.values()].flatMap((service) => probeOfService(service, subject)),
  ...subject.dockerfiles.flatMap((dockerfile) => probesOfDockerfile(dockerfile, subject)),
]);

function probeOfService(service: CheckedService, subject: Subject): readonly JudgedProbe[] {
  const { test, disable, ...timing } = service.model.healthcheck ?? {};
  if (test === undefined || disable === true) return [];
  const image = imageOfService(service, subject);
  const find: JudgedProbe["find"] = (message, rest) => atService(service, "healthcheck.test", message, rest);
  return completed({ subject, service, dockerfile: undefined, test, image, lookup: lookupIn(service, image), timing, find });
}

function probesOfDockerfile(dockerfile: DockerfileText, subject: Subject): readonly JudgedProbe[] {
  const services = dockerfile.builds.length === 0 ? [undefined] : dockerfile.builds.map(({ service }) => service);
  const seen = new Set<number>();
  return services.flatMap((service) => {
    const check = imageOfDockerfile(dockerfile, service).config?.healthcheck;
    if (check === undefined || check.type !== "CMD" || seen.has(check.span.start)) return [];
    seen.add(check.span.start);
    return probeOfDockerfile(check, dockerfile, service, subject);
  });
}

function probeOfDockerfile(
  { command, exec }: WrittenHealthcheck,
  dockerfile: DockerfileText,
  service: CheckedService | undefined,
  subject: Subject,
): readonly JudgedProbe[] {
  const image = imageOfDockerfile(dockerfile, service);
  const find: JudgedProbe["find"] = (message, rest) => atDockerfile(dockerfile, command.span.start, message, rest);
  const test = exec === undefined ? ["CMD-SHELL", command.text] : ["CMD", ...exec];
  return completed({ subject, service, dockerfile, test, image, lookup: lookupIn(service, image), timing: {}, find });
}

function completed(probe: Omit<JudgedProbe, "read" | "uses" | "requests">): readonly JudgedProbe[] {
  const read = readIn(probe.subject, probe.test);
  if (read === undefined) return [];
  return [{ ...probe, ...read, requests: read.uses.flatMap(({ command }) => requestsOf(command, probe.lookup)) }];
}

type Read = Pick<JudgedProbe, "read" | "uses">;

const readings = once((_: Subject) => new Map<string, Read | undefined>());

// Services that are alike have the same probe, and to read it is what a rule on probes mostly does.
function readIn(subject: Subject, test: JudgedProbe["test"]): Read | undefined {
  const known = readings(subject);
  const key = JSON.stringify(test);
  if (!known.has(key)) {
    const read = readTest(test);
    known.set(key, read && { read, uses: usesOf(read.step) });
  }
  return known.get(key);
}

function lookupIn(service: CheckedService | undefined, image: ProbedImage): Lookup {
  return (name) => {
    const value = service?.model.environment?.get(name);
    if (value === undefined) return image.config?.env.get(name);
    return value === null ? undefined : usualText(isInterpolation(value) ? value : String(value));
  };
}
