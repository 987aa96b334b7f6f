import type { EscapeCharacter } from "./mask.ts";
import type { Instruction } from "./structure.ts";
import { argumentsOf, wordsOf } from "./words.ts";

/** Where a COPY or an ADD puts what it copies; `undefined` where a variable of the build says it. */
export function copyTarget({ joined, keyword }: Instruction, continuation: EscapeCharacter): string | undefined {
  const { rest } = argumentsOf(joined, keyword);
  const words = rest.text.startsWith("[")
    ? (rest.text.match(/[^"',[\]\s]+/g) ?? [])
    : wordsOf(joined, rest, continuation).map(({ text }) => text);
  const target = words.at(-1) ?? "";
  return target.includes("$") ? undefined : target;
}
