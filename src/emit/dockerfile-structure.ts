import { createRequire } from "node:module";
import { maskForParser, type Span } from "./dockerfile-mask.ts";
import type { EscapeCharacter } from "./healthcheck-line.ts";

/** An instruction of a Dockerfile: its keyword in capitals and the offsets of its text, `end` excluded. */
export interface Instruction {
  readonly keyword: string;
  readonly start: number;
  readonly end: number;
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
  readonly stages: readonly StageText[];
}

/** Finds the stages and instructions of a Dockerfile, as BuildKit reads it. */
export function readDockerfile(text: string): DockerfileStructure {
  const { DockerfileParser } = loadParser();
  const continuation = DockerfileParser.parse(text).getEscapeCharacter() === "`" ? "`" : "\\";
  const { masked, heredocs } = maskForParser(text, continuation);
  const parsed = DockerfileParser.parse(masked);
  const offsets = lineOffsets(masked);
  const stages: { name: string | undefined; instructions: Instruction[] }[] = [];
  const names = parsed.getFROMs().map((each) => each.getBuildStage() ?? undefined);
  for (const instruction of parsed.getInstructions()) {
    const { start, end } = instruction.getRange();
    const keyword = instruction.getKeyword();
    if (keyword === "FROM") stages.push({ name: names[stages.length], instructions: [] });
    stages.at(-1)?.instructions.push({
      keyword,
      start: (offsets[start.line] ?? 0) + start.character,
      end: withHeredocs((offsets[end.line] ?? 0) + end.character, masked, heredocs),
    });
  }
  const lastDirective = parsed.getDirectives().at(-1)?.getRange().end.line;
  return {
    continuation,
    afterDirectives: lastDirective === undefined ? bomLength(text) : (offsets[lastDirective + 1] ?? text.length),
    stages,
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
