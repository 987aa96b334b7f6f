import { type Command, type Dockerfile, isDockerfile } from "../model/dockerfile.ts";
import { isInterpolation } from "../model/interpolation.ts";
import type { ServiceModel } from "../model/schema/service.ts";
import { programsOfScript, WORDS_BEFORE_COMMAND } from "./dependency-script.ts";
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
  /** Whether nothing is there for it to start when the needs are met. */
  readonly startsNothing: boolean;
}

/** The commands of a service that wait for their needs: its own, and those that it has from its described Dockerfile. */
export function startCommands(
  { command, entrypoint }: Pick<ServiceModel, "command" | "entrypoint">,
  described?: Dockerfile,
): readonly StartCommand[] {
  const image = described === undefined || entrypoint !== undefined ? {} : commandsOf(described);
  const inherited = command ?? image.command;
  return [
    startCommand("command", command, undefined),
    startCommand("entrypoint", entrypoint, command),
    startCommand("build.dockerfile", image.entrypoint, inherited),
    ...(command === undefined ? [startCommand("build.dockerfile", image.command, undefined)] : []),
  ].filter((each) => each !== undefined);
}

type Written = Exclude<ServiceModel["command"], undefined> | Command;

/** @param handedOn the command that its words get as further words, where it is an entry point. */
function startCommand(
  attribute: StartCommand["attribute"],
  words: Written | undefined,
  handedOn: Written | undefined,
): StartCommand | undefined {
  const list: readonly unknown[] = Array.isArray(words) ? words : [];
  const programs = programsOfScript(list);
  if (programs === undefined) return undefined;
  const isHandedOn = handedOn !== undefined && (isInterpolation(handedOn) || handedOn.length > 0);
  const startsNothing = list.length === WORDS_BEFORE_COMMAND && !isHandedOn;
  return { attribute, programs, startsNothing };
}

/** What the image of a Dockerfile runs. */
function commandsOf({ base, steps }: Dockerfile): { readonly entrypoint?: Command | undefined; readonly command?: Command | undefined } {
  const last = (type: "cmd" | "entrypoint"): Command | undefined => {
    const step = steps.findLast((each) => each.type === type);
    return step?.type === "cmd" || step?.type === "entrypoint" ? step.command : undefined;
  };
  const entrypoint = last("entrypoint");
  // A new entry point drops the command of the image below.
  const below = isDockerfile(base) && entrypoint === undefined ? commandsOf(base) : {};
  return { entrypoint: entrypoint ?? below.entrypoint, command: last("cmd") ?? below.command };
}

/** Why a command that waits for its needs can't do so, or not in an image; `undefined` where it can, or nobody knows. */
export function startRefusal({ programs, startsNothing }: StartCommand, image: ProbedImage): Refusal | undefined {
  if (startsNothing) {
    return {
      message: "startAfter has no command to start, and none is handed on to it: an entry point drops the image's own command",
      hint: 'write the command, startAfter([...], ["node", "server.mjs"]), or beside it as "command"',
    };
  }
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
