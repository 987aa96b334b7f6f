import { readFileSync, statSync } from "node:fs";
import { StackError } from "../../errors.ts";
import { type Place, textOfPlace } from "../../model/place.ts";

/** The most that a file may hold, in bytes; ten thousand services take about half of it. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * The text of a Compose file, or of a file of variables.
 *
 * @param askedFor where another file names it.
 * @throws {StackError} `file` where it can't be read, is too large or is no text.
 */
export function readText(file: string, askedFor?: Place): string {
  const source = textOfPlace(askedFor) ?? file;
  const fail = (message: string, cause?: unknown): StackError => StackError.of("file", message, { source, kind: "file", cause });
  try {
    const { size } = statSync(file);
    if (size > MOST_BYTES)
      throw fail(`${file} is too large: it has ${megabytes(size)} MB, and at most ${megabytes(MOST_BYTES)} MB are read`);
    return textOf(readFileSync(file), file, fail);
  } catch (cause) {
    if (cause instanceof StackError) throw cause;
    throw fail(`can't read ${file}: ${(cause as NodeJS.ErrnoException).code ?? String(cause)}`, cause);
  }
}

function textOf(bytes: Buffer, file: string, fail: (message: string) => StackError): string {
  const nul = bytes.indexOf(0);
  if (nul >= 0) throw fail(`${file} is not a text but binary data (byte ${nul} is 0)`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw fail(`${file} is not a text in UTF-8`);
  }
}

function megabytes(bytes: number): string {
  return String(Math.ceil(bytes / 1024 / 1024));
}
