import { Composer, type CST, type Document, Lexer, Parser } from "yaml";
import type { Place } from "../../model/place.ts";
import { problem } from "./problem.ts";

/** The documents of a file as YAML sees them, and where an offset of its text is. */
export interface YamlFile {
  readonly documents: readonly Document[];
  readonly placeAt: (offset: number) => Place;
}

/** How deep lists and maps may nest: far beyond any real file, far below what fills the call stack. */
export const MOST_DEPTH = 200;

/** How many line breaks, commas, colons, brackets, quotes and the like a file may have: these cost time and memory, long texts don't. */
const MOST_MARKS = 1_000_000;

const MOST_DOCUMENTS = 1000;

/** The marks of YAML; the indicators that are common in texts count where they begin something. */
const MARKS = /[\n,[\]{}"']|[:?-]\s|\s[!&*]/g;

/**
 * Takes a file's text apart into nodes that know their offsets; what would take too long is refused before it does.
 *
 * @throws {StackError} `invalid-stack` at the line and column.
 */
export function yamlDocuments(text: string, file: string): YamlFile {
  const start: Place = { file, line: 1, column: 1 };
  if (marksIn(text) > MOST_MARKS)
    throw problem(
      `has more entries than a Compose file can hold (at most ${MOST_MARKS} line breaks, brackets, quotes and the like)`,
      start,
    );
  const starts = lineStarts(text);
  const placeAt = (offset: number): Place => {
    const line = lineOf(offset, starts);
    return { file, line, column: offset - (starts[line - 1] ?? 0) + 1 };
  };
  const composer = new Composer({ schema: "failsafe", version: "1.2", uniqueKeys: false, logLevel: "silent" });
  const documents: Document[] = [];
  for (const document of composer.compose(tokensOf(text, placeAt), false, text.length)) {
    if (documents.push(document as Document) > MOST_DOCUMENTS)
      throw problem(`has more documents than a Compose file can hold (at most ${MOST_DOCUMENTS})`, start);
    const [error] = document.errors;
    if (error !== undefined) throw problem(`is not YAML: ${error.message.split("\n")[0]}`, placeAt(error.pos[0]), { kind: "yaml" });
  }
  return { documents, placeAt };
}

// The library's own counter misses the line breaks behind a bracket that is never closed.
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The number, from 1, of the line in which an offset is. */
function lineOf(offset: number, starts: readonly number[]): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return high;
}

function marksIn(text: string): number {
  let marks = 0;
  MARKS.lastIndex = 0;
  while (MARKS.test(text)) marks++;
  return marks;
}

function* tokensOf(text: string, placeAt: (offset: number) => Place): Generator<CST.Token> {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      // One that ends the reading is enough: a broken file may have as many as it has characters.
      if (token.type === "error") throw problem(`is not YAML: ${token.message}`, placeAt(token.offset), { kind: "yaml" });
      yield token;
    }
    if (parser.stack.length > MOST_DEPTH) throw problem("is nested too deeply to be a Compose file", placeAt(parser.offset));
  }
  yield* parser.end();
}
