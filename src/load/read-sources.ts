import { readFileSync } from "node:fs";
import { StackError } from "../errors.ts";

/** A file of the user's that becomes part of a generated one. */
export interface SourceFile {
  /** The file, absolute. */
  readonly path: string;
  /** Whether it may be missing. */
  readonly optional: boolean;
}

/**
 * The text of files, by their path; without those that are optional and missing.
 *
 * @throws {StackError} `file`, naming all that can't be read.
 */
export function readSources(files: readonly SourceFile[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const issues = files.flatMap(({ path, optional }) => {
    try {
      texts.set(path, readFileSync(path, "utf8"));
      return [];
    } catch (cause) {
      if (optional && (cause as NodeJS.ErrnoException).code === "ENOENT") return [];
      return [{ path: "", source: path, message: `can't be read: ${(cause as Error).message}` }];
    }
  });
  if (issues.length > 0) throw new StackError("file", issues);
  return texts;
}
