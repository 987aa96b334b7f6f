import { readFileSync, statSync } from "node:fs";
import { StackError } from "../../errors.ts";
import type { Place } from "../../model/definition.ts";
import { sourceOf } from "./problem.ts";

/** The most that a Compose file may hold, in bytes; ten thousand services take about three quarters of it. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * The text of a Compose file.
 *
 * @param askedFor where another file names it.
 * @throws {StackError} `file` where it can't be read, is too large or is no text.
 */
export function readText(file: string, askedFor?: Place): string {
  const source = sourceOf(askedFor) ?? file;
  const fail = (message: string, cause?: unknown): StackError => StackError.of("file", message, { source, cause });
  try {
    const { size } = statSync(file);
    if (size > MOST_BYTES)
      throw fail(`${file} is too large for a Compose file (${megabytes(size)} MB, at most ${megabytes(MOST_BYTES)} MB are read)`);
    return textOf(readFileSync(file), file, fail);
  } catch (cause) {
    if (cause instanceof StackError) throw cause;
    throw fail(`can't read ${file}: ${(cause as NodeJS.ErrnoException).code ?? String(cause)}`, cause);
  }
}

function textOf(bytes: Buffer, file: string, fail: (message: string) => StackError): string {
  const nul = bytes.indexOf(0);
  if (nul >= 0) throw fail(`${file} is not a Compose file but binary data (byte ${nul} is 0)`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw fail(`${file} is not a Compose file: its text is not UTF-8`);
  }
}

function megabytes(bytes: number): string {
  return String(Math.ceil(bytes / 1024 / 1024));
}
