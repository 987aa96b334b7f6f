import { type ImageConfig, imageConfig } from "../dockerfile/image-config.ts";
import { readDockerfile, type WrittenDockerfile, type WrittenStage } from "../dockerfile/read-dockerfile.ts";
import type { Instruction } from "../dockerfile/structure.ts";
import { StackError } from "../errors.ts";
import type { CheckedService } from "../model/checked-stack.ts";
import { isInterpolation } from "../model/interpolation.ts";
import { usualText } from "./images.ts";
import { eachDockerfile } from "./judging.ts";
import { once } from "./once.ts";
import type { Finding, Rule } from "./rule.ts";
import type { DockerfileBuild, DockerfileText } from "./subject.ts";

/** A Dockerfile as one build reads it. */
export interface ReadBuild {
  /** What is built; `undefined` where the Dockerfile is looked at for its own sake. */
  readonly service: CheckedService | undefined;
  readonly written: WrittenDockerfile;
  readonly config: ImageConfig;
}

/** Judges one Dockerfile after the other, as each of its builds reads it; what holds for several of them is said once. */
export function eachBuild(judge: (build: ReadBuild, dockerfile: DockerfileText) => readonly Finding[]): Rule["judge"] {
  return eachDockerfile((dockerfile) => {
    const findings = readBuilds(dockerfile).flatMap((build) => judge(build, dockerfile));
    const keys = findings.map(({ source, path, message }) => JSON.stringify([source, source === undefined ? path : "", message]));
    return findings.filter((_, index) => keys.indexOf(keys[index] ?? "") === index);
  });
}

/** A Dockerfile as each of its builds reads it, without those whose target is none of its stages. */
export function readBuilds(dockerfile: DockerfileText): readonly ReadBuild[] {
  return readingOf(dockerfile).builds;
}

/** A Dockerfile as the build of a service reads it; `undefined` where the stage that it asks for isn't there. */
export function buildOf(dockerfile: DockerfileText, service: CheckedService | undefined): ReadBuild | undefined {
  return readBuilds(dockerfile).find((build) => build.service?.name === service?.name);
}

/** The stages of a Dockerfile, whatever is built of it. */
export function stagesIn(dockerfile: DockerfileText): readonly WrittenStage[] {
  return readingOf(dockerfile).stages;
}

/** The instructions of all stages. */
export function instructionsIn(dockerfile: DockerfileText): readonly Instruction[] {
  return stagesIn(dockerfile).flatMap(({ instructions }) => instructions);
}

interface Reading {
  readonly stages: readonly WrittenStage[];
  readonly builds: readonly ReadBuild[];
}

const readingOf = once(
  (dockerfile: DockerfileText): Reading => ({
    stages: readDockerfile(dockerfile.text).stages,
    builds: readAll(dockerfile),
  }),
);

function readAll({ text, builds }: DockerfileText): readonly ReadBuild[] {
  const wanted: readonly (DockerfileBuild | undefined)[] = builds.length === 0 ? [undefined] : builds;
  return wanted.flatMap((build) => {
    try {
      const written = readDockerfile(text, { target: build?.stage, args: argumentsOf(build?.service) });
      return [{ service: build?.service, written, config: imageConfig(written) }];
    } catch (error) {
      if (error instanceof StackError) return [];
      throw error;
    }
  });
}

function argumentsOf(service: CheckedService | undefined): ReadonlyMap<string, string | undefined> {
  const given = [...(service?.model.build?.args ?? [])];
  return new Map(
    given.map(([name, value]) => [name, value === null ? undefined : usualText(isInterpolation(value) ? value : String(value))]),
  );
}
