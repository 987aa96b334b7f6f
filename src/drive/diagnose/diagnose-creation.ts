import { harmless } from "../harmless.ts";
import { CREATE_CAUSES, type Creation, stepLines } from "./create-causes.ts";
import { type Culprit, firstFinding } from "./culprit.ts";
import { worded } from "./file-words.ts";
import { escaped } from "./words.ts";
import { type WrittenIn, writtenOf } from "./written.ts";

/** What the stack says of a service, as far as creating it may fail. */
export interface CreatedService extends WrittenIn {
  readonly name: string;
  readonly image?: string | undefined;
  readonly builds: boolean;
  /** Whether the image that it builds is there all the same: it is not the one whose build failed. Default: false. */
  readonly isBuilt?: boolean;
  /** The folder from which its image is built, as the stack writes it. */
  readonly context?: string | undefined;
  /** Names by which it could be meant: its container, the networks and volumes that it uses, its files of variables. */
  readonly uses: readonly string[];
}

/** Names why containers could not be created, and the service at fault: the first one that what Compose printed points at. */
export function diagnoseCreation(creation: Creation, services: readonly CreatedService[], stack: string): Culprit {
  const { cause, message, hint } = firstFinding(CREATE_CAUSES, creation) ?? { cause: "create-failed", message: "", hint: "" };
  const service = guiltyService(creation, services, cause === "build-failed", message);
  return {
    service: service?.name ?? stack,
    failure: "create-failed",
    cause,
    message,
    evidence: [...(cause === "build-failed" ? stepLines(creation) : []), ...errorLines(creation)],
    hint: worded(hint, service),
    ...writtenOf(service),
  };
}

function guiltyService(
  creation: Creation,
  services: readonly CreatedService[],
  isBuild: boolean,
  message: string,
): CreatedService | undefined {
  if (isBuild) return guiltyBuild(creation, services, message);
  const byName = (name: string | undefined): CreatedService | undefined => services.find((service) => service.name === name);
  const pulled = byName(/^ (\S+) (?:Error|Pulling)/m.exec(creation.errors)?.[1]);
  const failed = /^ Container (\S+)-\d+ +(?:Error|Conflict|Restart *$)/m.exec(creation.errors)?.[1];
  const meant = services.find(({ uses }) => uses.some((name) => mentions(message, name)));
  // A message speaks of many things: a container that could not be created is whose it is.
  return byName(/^ (\S+) Error/m.exec(creation.errors)?.[1]) ?? ofContainer(failed, services) ?? meant ?? pulled;
}

// Compose puts the name of the project before those of networks and volumes.
function mentions(message: string, name: string): boolean {
  return name !== "" && new RegExp(`(?<![\\w.-])(?:[\\w-]*_)?${escaped(name)}(?![\\w-])`).test(message);
}

/** BuildKit names a target only where it builds several: what has its image already is not built without being asked for. */
function guiltyBuild({ errors, output }: Creation, services: readonly CreatedService[], message: string): CreatedService | undefined {
  const all = services.filter(({ builds }) => builds);
  const target = /^target (\S+):/m.exec(errors)?.[1];
  const named = all.find(({ name }) => name === target) ?? all.find(({ context }) => isContext(context, message));
  if (named !== undefined) return named;
  const missing = all.filter(({ isBuilt = false }) => !isBuilt);
  const built = missing.length === 0 ? all : missing;
  const steps = [...output.matchAll(/^#\d+ \[(\S+) +(?:[\w-]+ )?\d+\/\d+\]/gm)].map((match) => match[1]);
  const stepped = steps.map((step) => built.find(({ name }) => name === step)).findLast((service) => service !== undefined);
  return built.length === 1 ? built[0] : (stepped ?? built[0]);
}

function isContext(context: string | undefined, message: string): boolean {
  const folder = context?.replace(/^(?:\.{1,2}\/)+/, "").replace(/\/$/, "");
  return folder !== undefined && /\w/.test(folder) && message.includes(`/${folder}" not found`);
}

// The names of projects and services may have hyphens both: the longest that fits.
function ofContainer(name: string | undefined, services: readonly CreatedService[]): CreatedService | undefined {
  const fitting = services.filter((service) => name?.endsWith(`-${service.name}`));
  return fitting.sort((a, b) => b.name.length - a.name.length)[0];
}

const LINES_SHOWN = 8;

function errorLines({ errors }: Creation): readonly string[] {
  const lines = errors
    .split("\n")
    .filter((line) => line.trim() !== "" && !/^ (?:Container|Network|Volume|Image) |Pulling *$|^-+$|^ +\d+ \|/.test(line));
  return lines.slice(-LINES_SHOWN).map((line) => `error ${harmless(line.trim())}`);
}
