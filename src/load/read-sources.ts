import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { type Issue, StackError } from "../errors.ts";

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
 * @throws {StackError} `file`, naming all that can't be read, or not be copied byte by byte: what is generated is UTF-8.
 */
export function readSources(files: readonly SourceFile[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const issues = files.flatMap(({ path, optional }) => {
    try {
      const bytes = readFileSync(path);
      texts.set(path, bytes.toString("utf8"));
      return isUtf8(bytes) ? [] : [notUtf8(path, bytes)];
    } catch (cause) {
      if (optional && (cause as NodeJS.ErrnoException).code === "ENOENT") return [];
      return [{ path: "", source: path, message: `can't be read: ${(cause as Error).message}` }];
    }
  });
  if (issues.length > 0) throw new StackError("file", issues);
  return texts;
}

function notUtf8(path: string, bytes: Buffer): Issue {
  const line =
    bytes
      .toString("latin1")
      .split("\n")
      .findIndex((each) => !isUtf8(Buffer.from(each, "latin1"))) + 1;
  return {
    path: "",
    source: `${path}:${line}:1`,
    message: "has bytes that are not UTF-8, which a generated copy can't keep: save it as UTF-8",
  };
}
