import { type Dockerfile, isDockerfile } from "../model/dockerfile.ts";
import type { ServiceModel } from "../model/schema/service.ts";
import { programsOfScript } from "./dependency-script.ts";
import { contentsIn, type ProbedImage } from "./probed-image.ts";
import { choose } from "./render/choose.ts";
import type { Refusal } from "./render/refusal.ts";
import { exec, type Way } from "./render/way.ts";

/** A command of a service that waits for its needs. */
export interface StartCommand {
  /** The attribute that it stands in. */
  readonly attribute: "command" | "entrypoint" | "build.dockerfile";
  /** The programs that it runs: a list for each need, of which one is enough. */
  readonly programs: readonly (readonly string[])[];
}

/** The commands of a service that wait for their needs: its own, and those that it has from its described Dockerfile. */
export function startCommands(
  { command, entrypoint }: Pick<ServiceModel, "command" | "entrypoint">,
  described?: Dockerfile,
): readonly StartCommand[] {
  const inherited = described === undefined || entrypoint !== undefined ? [] : lastSteps(described, command !== undefined);
  return [
    ...(["command", "entrypoint"] as const).map((attribute) => [attribute, { command, entrypoint }[attribute]] as const),
    ...inherited.map((words) => ["build.dockerfile", words] as const),
  ].flatMap(([attribute, words]) => {
    const programs = Array.isArray(words) ? programsOfScript(words) : undefined;
    return programs === undefined ? [] : [{ attribute, programs }];
  });
}

/** What the image of a Dockerfile runs, where the service does not say so itself. */
function lastSteps(described: Dockerfile, hasCommand: boolean): readonly unknown[] {
  const { base, steps } = described;
  const last = (type: "cmd" | "entrypoint"): unknown => {
    const step = steps.findLast((each) => each.type === type);
    return step?.type === type ? step.command : undefined;
  };
  const [entrypoint, command] = [last("entrypoint"), last("cmd")];
  // A new entry point drops the command of the image below.
  const below = isDockerfile(base) && entrypoint === undefined ? lastSteps(base, hasCommand || command !== undefined) : [];
  return [entrypoint, hasCommand ? undefined : command, ...below].filter((words) => words !== undefined);
}

/** Why a command that waits for its needs can't do so in an image; `undefined` where it can, or nobody knows. */
export function startRefusal({ programs }: StartCommand, image: ProbedImage): Refusal | undefined {
  const { name } = image;
  const contents = contentsIn(image);
  if (name === undefined || contents === undefined) return undefined;
  const missing = programs.find((tools) => choose(tools.map(wayOf), contents, name, undefined).kind === "refused");
  return missing === undefined
    ? undefined
    : {
        message: `${name} has no ${missing.join(", no ")}, and startAfter needs ${missing.length === 1 ? "it" : "one of them"} there`,
        hint: `take a variant that has it; if it is there all the same, say so: image("${name}", { has: ["${missing[0]}"] })`,
      };
}

function wayOf(tool: string): Way {
  return exec(tool, [tool]);
}

/** The needs for which nobody knows whether one of their programs is in the image. */
export function startAssumes({ programs }: StartCommand, image: ProbedImage): readonly (readonly string[])[] {
  const contents = contentsIn(image);
  const isKnown = (tools: readonly string[]): boolean => contents !== undefined && tools.some((tool) => contents.has.has(tool));
  return contents?.confidence === "assumed" ? programs : programs.filter((tools) => !isKnown(tools));
}
