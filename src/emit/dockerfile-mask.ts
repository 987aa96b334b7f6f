import type { EscapeCharacter } from "./healthcheck-line.ts";

/** A part of a text: offsets, `end` excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text with its heredocs blanked out, and where they stand: from the first line of a body to its last delimiter. */
export interface MaskedDockerfile {
  readonly masked: string;
  readonly heredocs: readonly Span[];
}

/**
 * The text with everything replaced, character by character, that dockerfile-ast 0.7 takes for something else than BuildKit
 * does, so that every offset stays true: heredocs (several in one instruction, with a file descriptor, after a continuation),
 * `<<` inside of quotes, a carriage return inside of a line, exotic blanks before a keyword, and a doubled escape
 * character at the end of a line, which continues nothing.
 */
export function maskForParser(text: string, continuation: EscapeCharacter): MaskedDockerfile {
  const plain = maskCharacters(text, continuation);
  const continued = continuation === "`" ? /`[ \t]*\r?$/ : /\\[ \t]*\r?$/;
  const masked: string[] = [];
  const heredocs: Span[] = [];
  let offset = 0;
  let instruction = "";
  let awaited: Heredoc[] = [];
  for (const line of plain.split("\n")) {
    const next = offset + line.length + 1;
    const [first] = awaited;
    if (first !== undefined) {
      masked.push(blanks(line));
      if (isDelimiter(line, first)) awaited = awaited.slice(1);
      const open = heredocs.pop();
      heredocs.push({ start: open?.start ?? offset, end: offset + line.trimEnd().length });
    } else {
      masked.push(line.replaceAll("<<", "xx"));
      if (!isSkipped(line, instruction)) {
        instruction += line.replace(continued, "");
        if (!continued.test(line)) {
          awaited = heredocsOf(instruction);
          instruction = "";
          if (awaited.length > 0) heredocs.push({ start: next, end: next });
        }
      }
    }
    offset = next;
  }
  return { masked: masked.join("\n"), heredocs };
}

function maskCharacters(text: string, continuation: EscapeCharacter): string {
  const doubled = continuation === "`" ? /``+(?=[ \t]*\r?$)/gm : /\\\\+(?=[ \t]*\r?$)/gm;
  return text
    .replaceAll(/\r(?!\n)/g, " ")
    .replaceAll(/^[^\S\n\ufeff]+(?=\S)/gm, (blank) => blank.replaceAll(/[^\t ]/g, " "))
    .replaceAll(doubled, (match) => "x".repeat(match.length));
}

// Comments, and empty lines inside of an instruction, are as if they were not there.
function isSkipped(line: string, instruction: string): boolean {
  return /^\s*#/.test(line) || (instruction !== "" && line.trim() === "");
}

function blanks(line: string): string {
  return line.replaceAll(/[^\r]/g, " ");
}

interface Heredoc {
  readonly delimiter: string;
  /** Whether tabs may stand before the delimiter: `<<-`. */
  readonly indented: boolean;
}

function isDelimiter(line: string, { delimiter, indented }: Heredoc): boolean {
  const bare = line.replace(/\r$/, "");
  return (indented ? bare.replace(/^\t+/, "") : bare) === delimiter;
}

/** The heredocs of an instruction, in the order in which their bodies follow. */
function heredocsOf(instruction: string): Heredoc[] {
  if (!/^\ufeff?\s*(onbuild\s+)*(run|copy|add)\s/i.test(instruction)) return [];
  return wordsOf(instruction).flatMap((word) => {
    const [, dash, name = ""] = /^\d*<<(-?)([^<]*)$/.exec(word) ?? [];
    const delimiter = name.replaceAll(/["']/g, "");
    return delimiter === "" ? [] : [{ delimiter, indented: dash === "-" }];
  });
}

/** Words as a shell splits them, their quotes kept. */
function wordsOf(text: string): readonly string[] {
  return text.match(/(?:\\[\s\S]|"(?:\\[\s\S]|[^"\\])*"|'[^']*'|[^\s\\"']|["'\\])+/g) ?? [];
}
