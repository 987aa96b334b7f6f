import { createRequire } from "node:module";
import { type JoinedText, joinLines } from "./joined-text.ts";
import { type EscapeCharacter, maskForParser, type Span } from "./mask.ts";

/** An instruction of a Dockerfile: its keyword in capitals and the offsets of its text, `end` excluded. */
export interface Instruction extends Span {
  readonly keyword: string;
  /** The instruction in one piece, as BuildKit reads it, without its heredocs. */
  readonly joined: JoinedText;
  /** The lines of its heredocs, delimiters included; empty where there are none. */
  readonly heredocs: string;
}

/** A stage: `FROM` and the instructions that follow it. */
export interface StageText {
  /** The name after `AS`; `undefined` where there is none. */
  readonly name: string | undefined;
  readonly instructions: readonly Instruction[];
}

/** Where things stand in the text of a Dockerfile. */
export interface DockerfileStructure {
  readonly continuation: EscapeCharacter;
  /** Offset of the first line that is not a parser directive: comments may stand from here on. */
  readonly afterDirectives: number;
  /** What stands before the first `FROM`: build arguments for the names of images. */
  readonly globals: readonly Instruction[];
  readonly stages: readonly StageText[];
  /** Whether a here-document in it has no end. */
  readonly isOpen: boolean;
}

/** Finds the stages and instructions of a Dockerfile, as BuildKit reads it. */
export function readStructure(text: string): DockerfileStructure {
  const { DockerfileParser } = loadParser();
  const continuation = DockerfileParser.parse(text).getEscapeCharacter() === "`" ? "`" : "\\";
  const { masked, heredocs, isOpen } = maskForParser(text, continuation);
  const parsed = DockerfileParser.parse(masked);
  const offsets = lineOffsets(masked);
  const globals: Instruction[] = [];
  const stages: { name: string | undefined; instructions: Instruction[] }[] = [];
  const names = parsed.getFROMs().map((each) => each.getBuildStage() ?? undefined);
  for (const instruction of parsed.getInstructions()) {
    const range = instruction.getRange();
    const start = (offsets[range.start.line] ?? 0) + range.start.character;
    const head = (offsets[range.end.line] ?? 0) + range.end.character;
    const end = withHeredocs(head, masked, heredocs);
    const keyword = instruction.getKeyword();
    if (keyword === "FROM") stages.push({ name: names[stages.length], instructions: [] });
    const joined = joinLines(text, { start, end: head }, continuation);
    (stages.at(-1)?.instructions ?? globals).push({ keyword, start, end, joined, heredocs: text.slice(head, end).replace(/^\r?\n/, "") });
  }
  const lastDirective = parsed.getDirectives().at(-1)?.getRange().end.line;
  return {
    continuation,
    afterDirectives: lastDirective === undefined ? bomLength(text) : (offsets[lastDirective + 1] ?? text.length),
    globals,
    stages,
    isOpen,
  };
}

// Loaded at the first Dockerfile: most stacks have none to read, and it would cost every command line 40 ms.
function loadParser(): typeof import("dockerfile-ast") {
  return createRequire(import.meta.url)("dockerfile-ast") as typeof import("dockerfile-ast");
}

/** The end of an instruction, the heredocs that belong to it included. */
function withHeredocs(end: number, text: string, heredocs: readonly Span[]): number {
  return heredocs.find(({ start }) => start > end && text.slice(end, start).trim() === "")?.end ?? end;
}

/** The length of the byte order mark that a text begins with, or 0. */
function bomLength(text: string): number {
  return text.startsWith("\ufeff") ? 1 : 0;
}

function lineOffsets(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}
