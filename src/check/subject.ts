import type { Issue } from "../errors.ts";
import type { CheckedService } from "../model/checked-stack.ts";
import type { ImageContents } from "../model/image-contents.ts";
import type { Draft } from "./draft.ts";

/** What rules judge: a stack with all that was read for it, or Dockerfiles alone beside a stack without services. */
export interface Subject extends Draft {
  /** What does not have the form that the specification asks for. */
  readonly malformed: readonly Issue[];
  /** Of services, the attributes that are left out because they don't have that form. */
  readonly unknown: ReadonlyMap<string, ReadonlySet<string>>;
  /** Probes that can't be done in their images. */
  readonly refused: readonly Issue[];
  /** Each once, however many services are built with it. */
  readonly dockerfiles: readonly DockerfileText[];
  /** The Compose files in which its services stand; none for a stack in TypeScript. */
  readonly composeFiles: readonly ComposeText[];
  /** The configuration files that its containers are given, by mounts, configs and Dockerfiles. */
  readonly givenFiles: readonly FileText[];
  /** The paths of the host that it names and that are not there, by `pathKey`; empty where nobody has looked. */
  readonly absent: ReadonlySet<string>;
  /**
   * What was found in the images of this machine, of what the stack needs there; `undefined` for an image that is not on it.
   * Absent where nobody has looked.
   */
  readonly localImages?: ReadonlyMap<string, ImageContents | undefined> | undefined;
}

/** A file of the user's that is neither a Compose file nor a Dockerfile. */
export interface FileText {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
}

/** A Compose file as it was written. */
export interface ComposeText {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
}

/** A Dockerfile that somebody wrote. */
export interface DockerfileText {
  /** Absolute; absent where it stands inside of a Compose file. */
  readonly file?: string | undefined;
  readonly text: string;
  /** What is built with it; empty where it was looked at for its own sake. */
  readonly builds: readonly DockerfileBuild[];
}

/** A service that is built with a Dockerfile. */
export interface DockerfileBuild {
  readonly service: CheckedService;
  /** The stage that becomes the image. Default: the last. */
  readonly stage?: string | undefined;
}

/** Whether the stack was read from a Compose file. */
export function wasRead({ stack }: Draft): boolean {
  return stack.definition.placeOf !== undefined;
}

/** The Dockerfile that a service is built with; `undefined` where there is none, or none that could be read. */
export function dockerfileOf(service: CheckedService, { dockerfiles }: Subject): DockerfileText | undefined {
  return dockerfiles.find(({ builds }) => builds.some((build) => build.service.name === service.name));
}
