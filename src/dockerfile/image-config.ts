import { posix } from "node:path";
import { expandWord } from "./expand.ts";
import { readHealthcheck, type WrittenHealthcheck } from "./healthcheck.ts";
import type { EscapeCharacter } from "./mask.ts";
import { declareArguments, type WrittenDockerfile, type WrittenStage } from "./read-dockerfile.ts";
import type { Instruction } from "./structure.ts";
import { triggerOf } from "./trigger.ts";
import { argumentsOf, jsonWords, wordsOf } from "./words.ts";

/** What the instructions of a Dockerfile leave in its image; `undefined` is what the base image has, unless it says otherwise. */
export interface ImageConfig {
  /** What `ENV` sets; `undefined` for a value that only the build knows. */
  readonly env: ReadonlyMap<string, string | undefined>;
  readonly user: Setting | undefined;
  readonly workdir: Setting | undefined;
  /** Ports with their protocol: `80/tcp`. */
  readonly exposed: readonly string[];
  readonly shell: readonly string[] | undefined;
  readonly entrypoint: StartCommand | undefined;
  readonly cmd: StartCommand | undefined;
  /** The one that counts: the last of the last stage that has one. */
  readonly healthcheck: WrittenHealthcheck | undefined;
}

/** A value, and the instruction that set it. */
export interface Setting {
  /** `undefined` where only the build knows it. */
  readonly value: string | undefined;
  readonly instruction: Instruction;
}

/** What runs in the container. */
export interface StartCommand {
  readonly form: "exec" | "shell";
  /** What is executed; in the shell form, the shell and the text. */
  readonly words: readonly string[];
  readonly instruction: Instruction;
}

/** What the image of a Dockerfile is, as far as the Dockerfile says it. */
export function imageConfig(dockerfile: WrittenDockerfile): ImageConfig {
  const config: Draft = { ...EMPTY, env: new Map(), exposed: [] };
  // A stage inherits the arguments of the one that it is based on, too.
  const variables = new Map<string, string | undefined>();
  for (const stage of dockerfile.chain.toReversed()) addStage(config, stage, dockerfile, variables);
  return config;
}

type Draft = { -readonly [Key in keyof ImageConfig]: ImageConfig[Key] } & {
  env: Map<string, string | undefined>;
  exposed: string[];
  cmd: (StartCommand & { readonly stage: WrittenStage }) | undefined;
};

const DEFAULT_SHELL = ["/bin/sh", "-c"];

const EMPTY = { user: undefined, workdir: undefined, shell: undefined, entrypoint: undefined, cmd: undefined, healthcheck: undefined };

function addStage(config: Draft, stage: WrittenStage, dockerfile: WrittenDockerfile, variables: Map<string, string | undefined>): void {
  const { globals, given, continuation } = dockerfile;
  const expand: Expand = (word) => expandWord(word, variables, continuation);
  // Its environment is that of the image below, which wins over the arguments that were declared there.
  for (const [name, value] of config.env) variables.set(name, value);
  const triggers = stage.parent?.instructions.flatMap((instruction) => triggerOf(instruction) ?? []) ?? [];
  for (const instruction of [...triggers, ...stage.instructions]) {
    declareArguments(instruction, { variables, given, outer: globals, continuation });
    const set = environmentOf(instruction, continuation).map(([name, value]) => [name, expand(value)] as const);
    for (const [name, value] of set) for (const target of [variables, config.env]) target.set(name, value);
    addInstruction(config, instruction, { stage, dockerfile, expand });
  }
}

type Expand = (word: string) => string | undefined;

interface Surroundings {
  readonly stage: WrittenStage;
  readonly dockerfile: WrittenDockerfile;
  readonly expand: Expand;
}

function addInstruction(config: Draft, instruction: Instruction, { stage, dockerfile, expand }: Surroundings): void {
  const { keyword, joined } = instruction;
  const { rest } = argumentsOf(joined, keyword);
  switch (keyword) {
    case "USER":
      config.user = { value: expand(rest.text), instruction };
      return;
    case "WORKDIR":
      config.workdir = { value: folderBelow(folderBefore(config, dockerfile), expand(rest.text)), instruction };
      return;
    case "EXPOSE":
      config.exposed.push(...wordsOf(joined, rest, dockerfile.continuation).flatMap(({ text }) => portsOf(expand(text))));
      return;
    case "SHELL":
      config.shell = jsonWords(rest.text) ?? config.shell;
      return;
    case "ENTRYPOINT":
      config.entrypoint = startCommand(instruction, rest.text, config.shell);
      // The base's command was meant for the base's entry point.
      if (config.cmd?.stage !== stage) config.cmd = undefined;
      return;
    case "HEALTHCHECK":
      config.healthcheck = readHealthcheck(instruction);
      return;
    case "CMD":
      config.cmd = { ...startCommand(instruction, rest.text, config.shell), stage };
      return;
  }
}

/** The names and values of an `ENV`; its old form, without `=`, has one of each. */
function environmentOf(
  { keyword, joined }: Instruction,
  continuation: EscapeCharacter,
): readonly (readonly [name: string, value: string])[] {
  if (keyword !== "ENV") return [];
  const { rest } = argumentsOf(joined, keyword);
  const words = wordsOf(joined, rest, continuation);
  const [first] = words;
  if (first === undefined) return [];
  if (!first.text.includes("=")) return [[first.text, rest.text.slice(first.text.length).trim()]];
  return words.map(({ text }) => {
    const sign = text.indexOf("=");
    return [text.slice(0, sign), text.slice(sign + 1)] as const;
  });
}

function startCommand(instruction: Instruction, text: string, shell: readonly string[] = DEFAULT_SHELL): StartCommand {
  const exec = jsonWords(text);
  return { form: exec === undefined ? "shell" : "exec", words: exec ?? [...shell, text], instruction };
}

/** The folder that a relative one starts from; that of a base image is not known. */
function folderBefore({ workdir }: Draft, { base }: WrittenDockerfile): string | undefined {
  return workdir === undefined && base === "scratch" ? "/" : workdir?.value;
}

function folderBelow(before: string | undefined, folder: string | undefined): string | undefined {
  if (folder === undefined || folder.startsWith("/") || /^[A-Za-z]:/.test(folder)) return folder;
  return before === undefined ? undefined : posix.join(before, folder);
}

/** The ports of a word of `EXPOSE`, with their protocol; a range is as many ports. */
function portsOf(word: string | undefined): readonly string[] {
  const [, first, last = first, protocol = "tcp"] = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(\w+))?$/.exec(word ?? "") ?? [];
  const count = Math.min(Number(last) - Number(first) + 1, 65_536);
  return first === undefined
    ? []
    : Array.from({ length: Math.max(count, 0) }, (_, index) => `${Number(first) + index}/${protocol.toLowerCase()}`);
}
