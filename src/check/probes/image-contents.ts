import type { ImageConfig } from "../../dockerfile/image-config.ts";
import type { CheckedService } from "../../model/checked-stack.ts";
import { isImage } from "../../model/image.ts";
import { isInterpolation } from "../../model/interpolation.ts";
import { membersOf } from "../../model/stack.ts";
import { type Contents, contentsOf, factsOf } from "../../probe/facts/contents.ts";
import type { ImageFacts, VariantFacts } from "../../probe/facts/fact.ts";
import { splitImage } from "../../probe/facts/image-name.ts";
import { buildOf } from "../dockerfile-builds.ts";
import { imageName } from "../images.ts";
import { once } from "../once.ts";
import type { Severity } from "../rule.ts";
import { type DockerfileText, dockerfileOf, type Subject } from "../subject.ts";
import { type Bringing, mayBring } from "./dockerfile-brings.ts";

/** What is known of the image in which a probe runs. */
export interface ProbedImage {
  /** The image that is started, or the one below what is built; `undefined` where only the launch or the build knows it. */
  readonly name: string | undefined;
  /** The name without its tag; empty where it isn't known. */
  readonly repository: string;
  readonly tag: string;
  /** Whether something is built on top of it. */
  readonly isBuilt: boolean;
  readonly facts: ImageFacts | undefined;
  /** What the Dockerfile makes of it; absent where there is none, or none that could be read. */
  readonly config: ImageConfig | undefined;
  /** What its programs are those of; `unknown` where nobody knows. */
  readonly base: VariantFacts["base"];
  /** Whether a Dockerfile may put a program into it. */
  mayBring(program: string): boolean;
  /** Whether a Dockerfile takes a program out of it again. */
  removes(program: string): boolean;
  /** How badly the absence of a program weighs; `undefined` where it is there, or nobody knows. */
  lacks(program: string): Severity | undefined;
  /** Whether a program is known to be there. */
  has(program: string): boolean;
}

/** The image of a service. */
export function imageOfService(service: CheckedService, subject: Subject): ProbedImage {
  return imagesIn(subject)(service);
}

const imagesIn = once((subject: Subject) => once((service: CheckedService) => imageIn(service, subject)));

function imageIn(service: CheckedService, subject: Subject): ProbedImage {
  const dockerfile = dockerfileOf(service, subject);
  if (dockerfile !== undefined) return imageOfDockerfile(dockerfile, service);
  const name = imageName(service);
  const declared = declaredIn(service, subject);
  return known(name, { isBuilt: false, config: undefined, bringing: undefined, declared, isSure: !isInterpolation(service.model.image) });
}

/** The image that a Dockerfile makes, built as a service asks for. */
export function imageOfDockerfile(dockerfile: DockerfileText, service: CheckedService | undefined): ProbedImage {
  const build = buildOf(dockerfile, service);
  if (build === undefined) return UNKNOWN;
  const { written, config } = build;
  const isSure = written.chain.at(-1)?.from.text === written.base;
  return known(written.base, {
    isBuilt: true,
    config,
    bringing: (program) => mayBring(written, program),
    declared: [],
    isSure,
  });
}

/** What a Dockerfile starts, in one text; empty where it says nothing. */
export function startOfImage({ config }: Pick<ProbedImage, "config">): string {
  return [config?.entrypoint, config?.cmd].flatMap((command) => command?.words ?? []).join(" ");
}

interface Circumstances {
  readonly isBuilt: boolean;
  readonly config: ImageConfig | undefined;
  /** Whether the Dockerfile puts a program into the image. */
  readonly bringing: ((program: string) => Bringing) | undefined;
  readonly declared: readonly string[];
  /** Whether the name holds in every launch: no variable could make it another one. */
  readonly isSure: boolean;
}

function known(name: string | undefined, { isBuilt, config, bringing, declared, isSure }: Circumstances): ProbedImage {
  if (name === undefined) return { ...UNKNOWN, isBuilt, config };
  const looked = contentsOf(name);
  const contents = looked?.confidence === "assumed" ? undefined : looked;
  return {
    name,
    base: contents?.row?.variant.base ?? "unknown",
    mayBring: (program) => bringing?.(program) === "maybe" || bringing?.(program) === "unlikely",
    removes: (program) => bringing?.(program) === "removed",
    ...splitImage(name),
    isBuilt,
    facts: factsOf(name),
    config,
    has: (program) => declared.includes(program) || (contents?.has.has(program) === true && bringing?.(program) !== "removed"),
    lacks: (program) => {
      const brought = bringing?.(program) ?? "no";
      if (brought === "removed") return "warning";
      if (declared.includes(program) || contents?.lacks.has(factName(program)) !== true) return undefined;
      if (brought === "maybe") return undefined;
      const weight = weightOf(contents);
      return weight === "error" && (brought === "unlikely" || !isSure) ? "warning" : weight;
    },
  };
}

const UNKNOWN: ProbedImage = {
  name: undefined,
  repository: "",
  tag: "",
  isBuilt: true,
  base: "unknown",
  mayBring: () => true,
  removes: () => false,
  facts: undefined,
  config: undefined,
  lacks: () => undefined,
  has: () => false,
};

function weightOf({ confidence }: Contents): Severity | undefined {
  if (confidence === "verified" || confidence === "high") return "error";
  return confidence === "medium" ? "warning" : undefined;
}

// The table knows Python by one of its names, and what netcat is called.
const FACT_NAMES: ReadonlyMap<string, string> = new Map(Object.entries({ python: "python3", netcat: "nc", ash: "busybox" }));

function factName(program: string): string {
  return FACT_NAMES.get(program) ?? program;
}

const membersIn = once(({ stack }: Subject) => new Map(membersOf(stack).map((member) => [member.name, member])));

function declaredIn({ name }: CheckedService, subject: Subject): readonly string[] {
  const image = membersIn(subject).get(name)?.spec.image;
  return isImage(image) ? image.has : [];
}
