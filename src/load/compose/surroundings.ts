import { existsSync, statSync } from "node:fs";
import { devNull } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { parseEnv } from "node:util";
import { StackError } from "../../errors.ts";
import type { Place } from "../../model/place.ts";
import type { Brought } from "./brought.ts";
import { substitute } from "./interpolate.ts";
import { type ComposeDocument, parseYaml } from "./parse-yaml.ts";
import { problem, type Tell } from "./problem.ts";
import { readText } from "./read-text.ts";

/** Where and with which variables a Compose file is read. */
export interface Surroundings {
  /** The folder in which relative paths start, absolute. */
  readonly folder: string;
  /** The variables that have a value. */
  readonly variables: ReadonlyMap<string, string>;
  /** The files of variables of the outermost file; absolute. */
  readonly envFiles: readonly string[];
  /** Files outside of this folder are not read on behalf of another file; absolute. */
  readonly root: string;
  /** The files being read, the outermost first: one that includes itself would never end. */
  readonly open: readonly string[];
  /** What was read of each file, or why it could not be. */
  readonly parsed: Map<string, readonly ComposeDocument[] | StackError>;
  /** Texts that hold instead of what is on disk, by absolute path. */
  readonly texts: ReadonlyMap<string, string>;
  readonly brought: Brought;
  readonly tell: Tell;
}

/**
 * The documents of a file; each file is parsed once.
 *
 * @throws {StackError} where it can't be read.
 */
export function documentsOf(file: string, { parsed, texts, tell }: Surroundings, askedFor?: Place): readonly ComposeDocument[] {
  const known = parsed.get(file) ?? resultOf(() => parseYaml(texts.get(file) ?? readText(file, askedFor), file, tell));
  parsed.set(file, known);
  if (known instanceof StackError) throw known;
  return known;
}

function resultOf<Read>(read: () => Read): Read | StackError {
  try {
    return read();
  } catch (error) {
    if (error instanceof StackError) return error;
    throw error;
  }
}

/** A text with the values of its variables. */
export function substituted(text: string, { variables }: Pick<Surroundings, "variables">, place?: Place): string {
  try {
    return substitute(text, (name) => variables.get(name));
  } catch (cause) {
    if (cause instanceof SyntaxError) throw problem(cause.message, place);
    throw cause;
  }
}

/** A path that a file names, absolute. */
export function locate(path: string, { folder, root }: Surroundings, place?: Place): string {
  if (/^(oci:|git@|https?:|ssh:|git:|github\.com\/)/.test(path)) {
    throw problem(`${path} is not on this machine, and only files are read`, place, { hint: "fetch it and name the file", kind: "file" });
  }
  const file = resolve(folder, path);
  // Where no variables are wanted, not even those of `.env`.
  if (file === devNull) return file;
  if (relative(root, file).startsWith("..")) {
    throw problem(`${path} lies outside of the project ${root}`, place, {
      hint: 'allow it with readCompose(path, { root: "..." })',
      kind: "file",
    });
  }
  return file;
}

/** Variables with those of files beside them; what is set already wins, a later file wins over an earlier one. */
export function withEnvFiles(variables: ReadonlyMap<string, string>, files: readonly string[], place?: Place): ReadonlyMap<string, string> {
  return files.length === 0 ? variables : new Map([...files.flatMap((file) => readVariables(file, place)), ...variables]);
}

/** The `.env` of a folder, where there is one. */
export function dotEnvOf(folder: string): readonly string[] {
  const file = join(folder, ".env");
  return existsSync(file) && statSync(file).isFile() ? [file] : [];
}

/** The folder of a file. */
export const folderOf = dirname;

function readVariables(file: string, place?: Place): [string, string][] {
  if (!existsSync(file)) throw problem(`there is no file ${file}`, place, { kind: "file" });
  return Object.entries(parseEnv(readText(file, place))).map(([name, value]) => [name, value ?? ""]);
}
