import { findStage } from "../dockerfile/find-stage.ts";
import type { EscapeCharacter } from "../dockerfile/mask.ts";
import { type Instruction, readStructure } from "../dockerfile/structure.ts";
import { StackError } from "../errors.ts";

export interface PatchOptions {
  /** The stage, by its name. Default: the last, which is the image. */
  readonly stage?: string | undefined;
}

/**
 * The text of a Dockerfile with a `HEALTHCHECK` line in one of its stages; every byte outside of that stage's
 * `HEALTHCHECK` instructions is kept. The last of them is replaced, as it is the one that counts, and those before it
 * are taken out; where there is none, the line follows the stage's last instruction.
 *
 * @throws {StackError} `invalid-stack` where there is no such stage, and for a here-document without an end.
 * @see https://docs.docker.com/reference/dockerfile/#healthcheck
 */
export function patchHealthcheck(text: string, line: string, { stage }: PatchOptions = {}): string {
  const { stages, continuation, isOpen } = readStructure(text);
  if (isOpen)
    throw StackError.of("invalid-stack", "the Dockerfile ends in the middle of a here-document", {
      hint: "write its delimiter on the last line",
    });
  const { instructions } = findStage(stages, stage);
  const present = instructions.filter(({ keyword }) => keyword === "HEALTHCHECK");
  const others = stages.flatMap((each) => each.instructions).filter((each) => !present.includes(each));
  const own = isMostlyLowerCase(others) ? line.replace("HEALTHCHECK", "healthcheck") : line;
  const last = present.at(-1);
  if (last === undefined) return insertLine(text, own, instructions, continuation);
  // From the end, so that the offsets before stay true.
  const patched = text.slice(0, last.start) + own + text.slice(last.end);
  return present.slice(0, -1).reduceRight(withoutInstruction, patched);
}

/** The text with a comment below its parser directives, above everything else. */
export function withHeader(text: string, header: string): string {
  const { afterDirectives } = readStructure(text);
  const before = text.slice(0, afterDirectives);
  const open = before !== "" && !/[\n\ufeff]$/.test(before);
  const end = lineEnd(text);
  return before + (open ? end : "") + header.replaceAll("\n", end) + text.slice(afterDirectives);
}

/** Whether the keywords are written in small letters; `docker build --check` warns where one is not like most others. */
function isMostlyLowerCase(instructions: readonly Instruction[]): boolean {
  const keywords = instructions.map(({ joined }) => /^\S*/.exec(joined.text)?.[0] ?? "");
  const lower = keywords.filter((keyword) => keyword === keyword.toLowerCase());
  return lower.length > keywords.filter((keyword) => keyword === keyword.toUpperCase()).length;
}

function insertLine(text: string, line: string, instructions: readonly Instruction[], continuation: EscapeCharacter): string {
  const last = instructions.at(-1);
  const place = last === undefined ? text.length : endOfLine(text, last.end);
  if (last !== undefined && isOpenAtEnd(text.slice(last.start), continuation)) {
    if (last.keyword !== "FROM") return `${text.slice(0, last.start)}${line}${lineEnd(text)}${text.slice(last.start)}`;
    throw StackError.of("invalid-stack", "the Dockerfile ends in the middle of its FROM instruction", {
      hint: `take the "${continuation}" at its end out`,
    });
  }
  // Behind the line end that is there, which stays with its line: the lines of a file may end differently.
  const end = /^\r?\n/.exec(text.slice(place, place + 2))?.[0];
  if (end === undefined) return `${text}${lineEnd(text)}${line}`;
  return `${text.slice(0, place + end.length)}${line}${end}${text.slice(place + end.length)}`;
}

/** Whether what would follow the text would still belong to its last instruction. */
function isOpenAtEnd(rest: string, continuation: EscapeCharacter): boolean {
  const lines = rest.split("\n").filter((each) => !/^\s*(#|$)/.test(each));
  return (continuation === "`" ? /(^|[^`])`[ \t\r]*$/ : /(^|[^\\])\\[ \t\r]*$/).test(lines.at(-1) ?? "");
}

function withoutInstruction(text: string, { start, end }: Instruction): string {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const next = endOfLine(text, end);
  return text.slice(0, lineStart) + text.slice(text.startsWith("\r", next) ? next + 2 : next + 1);
}

/** The offset of the line end that follows, or of the end of the text. */
function endOfLine(text: string, from: number): number {
  const rest = /\r?\n/.exec(text.slice(from));
  return rest === null ? text.length : from + rest.index;
}

/** How the lines of a text end. */
function lineEnd(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? "\n";
}
