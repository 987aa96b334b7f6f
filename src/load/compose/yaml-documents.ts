import { Composer, type CST, type Document, Lexer, LineCounter, Parser } from "yaml";
import type { Place } from "../../model/definition.ts";
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
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const composer = new Composer({ schema: "failsafe", version: "1.2", uniqueKeys: false, logLevel: "silent" });
  const documents: Document[] = [];
  for (const document of composer.compose(tokensOf(text, lines, placeAt), false, text.length)) {
    if (documents.push(document as Document) > MOST_DOCUMENTS)
      throw problem(`has more documents than a Compose file can hold (at most ${MOST_DOCUMENTS})`, start);
    const [error] = document.errors;
    if (error !== undefined) throw problem(`is not YAML: ${error.message.split("\n")[0]}`, placeAt(error.pos[0]));
  }
  return { documents, placeAt };
}

function marksIn(text: string): number {
  let marks = 0;
  MARKS.lastIndex = 0;
  while (MARKS.test(text)) marks++;
  return marks;
}

function* tokensOf(text: string, lines: LineCounter, placeAt: (offset: number) => Place): Generator<CST.Token> {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      // One that ends the reading is enough: a broken file may have as many as it has characters.
      if (token.type === "error") throw problem(`is not YAML: ${token.message}`, placeAt(token.offset));
      yield token;
    }
    if (parser.stack.length > MOST_DEPTH) throw problem("is nested too deeply to be a Compose file", placeAt(parser.offset));
  }
  yield* parser.end();
}
