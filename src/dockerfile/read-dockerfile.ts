import { expandWord, type Variables } from "./expand.ts";
import { findStage, stageOfName } from "./find-stage.ts";
import { readHealthcheck, type WrittenHealthcheck } from "./healthcheck.ts";
import type { EscapeCharacter } from "./mask.ts";
import { type Instruction, readStructure, type StageText } from "./structure.ts";
import { argumentsOf, partOf, type Word, wordsOf } from "./words.ts";

/** A Dockerfile of the user's: its stages, and which of them the image is made of. */
export interface WrittenDockerfile {
  readonly text: string;
  readonly continuation: EscapeCharacter;
  /** The build arguments that stand before the first stage. */
  readonly globals: Variables;
  /** The build arguments that the build is given. */
  readonly given: Variables;
  readonly stages: readonly WrittenStage[];
  /** The stages that the image is made of: the one that is built, the one it is based on, and so on; empty without stages. */
  readonly chain: readonly WrittenStage[];
  /** The image below the chain; `undefined` where its name depends on a value that only the build knows. */
  readonly base: string | undefined;
}

/** A stage: what it is based on, and what it does. */
export interface WrittenStage {
  readonly index: number;
  readonly name: string | undefined;
  readonly instructions: readonly Instruction[];
  /** The image or stage after `FROM`, variables and all. */
  readonly from: Word;
  /** The same with its variables replaced; `undefined` where that takes a value that only the build knows. */
  readonly base: string | undefined;
  /** The earlier stage that it is based on. */
  readonly parent: WrittenStage | undefined;
  readonly healthchecks: readonly WrittenHealthcheck[];
}

export interface ReadOptions {
  /** The stage that is built, by its name. Default: the last. */
  readonly target?: string | undefined;
  /** The build arguments that are given, which win over the defaults; `undefined` for one whose value is not known. */
  readonly args?: Variables | undefined;
}

/**
 * Reads a Dockerfile.
 *
 * @throws {StackError} `invalid-stack` for a target that is none of its stages.
 */
export function readDockerfile(text: string, { target, args = new Map() }: ReadOptions = {}): WrittenDockerfile {
  const structure = readStructure(text);
  const { continuation } = structure;
  const globals = globalVariables(structure.globals, args, continuation);
  const stages: WrittenStage[] = [];
  for (const stage of structure.stages) stages.push(readStage(stage, stages, globals, continuation));
  const built = stages.length === 0 && target === undefined ? undefined : findStage(stages, target);
  const chain = built === undefined ? [] : chainOf(built);
  return { text, continuation, globals, given: args, stages, chain, base: chain.at(-1)?.base };
}

/** The stage that `COPY --from=` or a mount names; `undefined` where it is an image, or nothing. */
export function stageNamed(stages: readonly WrittenStage[], name: string): WrittenStage | undefined {
  return stageOfName(stages, name) ?? (/^\d+$/.test(name) ? stages[Number(name)] : undefined);
}

// The platforms are the builder's, and known to it alone.
const PLATFORM_ARGUMENTS = ["TARGET", "BUILD"].flatMap((side) =>
  ["PLATFORM", "OS", "OSVERSION", "ARCH", "VARIANT"].map((part) => [side + part, undefined] as const),
);

function globalVariables(globals: readonly Instruction[], args: Variables, continuation: EscapeCharacter): Variables {
  const variables = new Map<string, string | undefined>(PLATFORM_ARGUMENTS);
  for (const instruction of globals) declareArguments(instruction, { variables, given: args, outer: new Map(), continuation });
  return variables;
}

export interface Declaration {
  /** The variables so far; the arguments are added. The last instruction wins, be it an `ARG` or an `ENV`. */
  readonly variables: Map<string, string | undefined>;
  readonly given: Variables;
  /** What an argument without default takes over. */
  readonly outer: Variables;
  readonly continuation: EscapeCharacter;
}

/** Adds the variables of an `ARG` instruction. */
export function declareArguments({ keyword, joined }: Instruction, { variables, given, outer, continuation }: Declaration): void {
  if (keyword !== "ARG") return;
  for (const { text } of wordsOf(joined, argumentsOf(joined, keyword).rest, continuation)) {
    const [, name = "", value] = /^(\w+)(?:=([\s\S]*))?$/.exec(text) ?? [];
    if (given.has(name)) variables.set(name, given.get(name));
    else if (value !== undefined) variables.set(name, expandWord(value, variables, continuation));
    else if (outer.has(name) || !variables.has(name)) variables.set(name, outer.get(name));
  }
}

function readStage(
  { name, instructions }: StageText,
  before: readonly WrittenStage[],
  globals: Variables,
  continuation: EscapeCharacter,
): WrittenStage {
  const [from] = instructions;
  const source = from === undefined ? undefined : argumentsOf(from.joined, "FROM").rest;
  const word = source === undefined || from === undefined ? undefined : wordsOf(from.joined, source, continuation)[0];
  const base = word === undefined ? undefined : expandWord(word.text, globals, continuation);
  return {
    index: before.length,
    name,
    instructions,
    from: word ?? partOf({ text: "", spanOf: () => ({ start: 0, end: 0 }) }, 0, 0),
    base,
    parent: before.findLast((stage) => stage.name !== undefined && stage.name.toLowerCase() === base?.toLowerCase()),
    healthchecks: instructions.flatMap((instruction) => readHealthcheck(instruction) ?? []),
  };
}

function chainOf(stage: WrittenStage): readonly WrittenStage[] {
  const chain = [stage];
  for (let below = stage.parent; below !== undefined; below = below.parent) chain.push(below);
  return chain;
}
