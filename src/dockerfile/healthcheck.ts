import type { Span } from "./mask.ts";
import type { Instruction } from "./structure.ts";
import { triggerOf } from "./trigger.ts";
import { argumentsOf, type Flag, jsonWords, partOf, type Word } from "./words.ts";

/** A `HEALTHCHECK` instruction as it is written. @see https://docs.docker.com/reference/dockerfile/#healthcheck */
export interface WrittenHealthcheck {
  /** The instruction. */
  readonly span: Span;
  /** Whether it is one for images that are based on this one. */
  readonly onbuild: boolean;
  /** `--interval` and its like, in the order in which they stand, those that are wrong included. */
  readonly options: readonly Flag[];
  /** `NONE` or `CMD`, in capitals; the build refuses whatever else stands there. */
  readonly type: string;
  /** What follows: the command. */
  readonly command: Word;
  /** The words of the exec form; `undefined` where a shell gets the command. */
  readonly exec: readonly string[] | undefined;
}

/** Reads a `HEALTHCHECK`, or the one in an `ONBUILD`; `undefined` for other instructions. */
export function readHealthcheck(instruction: Instruction): WrittenHealthcheck | undefined {
  const trigger = triggerOf(instruction);
  const { keyword, joined } = trigger ?? instruction;
  if (keyword !== "HEALTHCHECK") return undefined;
  const { flags, rest } = argumentsOf(joined, keyword);
  const [type = ""] = /^\S*/.exec(rest.text) ?? [];
  const command = partOf(joined, rest.index + type.length, rest.index + rest.text.length);
  const { start, end } = instruction;
  return {
    span: { start, end },
    onbuild: trigger !== undefined,
    options: flags,
    type: type.toUpperCase(),
    command,
    exec: jsonWords(command.text),
  };
}
