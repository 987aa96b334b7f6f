import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readCompose } from "../../src/load/compose/read-compose.ts";
import type { Stack } from "../../src/model/stack.ts";

/** A Compose project of the corpus, and how Compose must be called for it. */
export interface CorpusEntry {
  readonly path: string;
  readonly files: readonly string[];
  readonly folder: string;
  readonly envFiles: readonly string[];
  readonly allProfiles: boolean;
  readonly error: string;
}

/** Where the corpus lies; it is no part of the project. */
export const CORPUS = resolve(process.env["STACKWRIGHT_CORPUS"] ?? "../shared/corpus");

/** The entries of an index of the corpus; none where the corpus is not there. */
export function corpusEntries(index: "index.tsv" | "index-invalid.tsv"): readonly CorpusEntry[] {
  const file = join(CORPUS, index);
  if (!existsSync(file)) return [];
  const [head = "", ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
  const columns = head.split("\t");
  return lines.map((line) => {
    const cells = line.split("\t");
    return entryOf((column) => cells[columns.indexOf(column)] ?? "");
  });
}

/** The stack of an entry. */
export function readEntry({ files, folder, envFiles }: CorpusEntry): Stack {
  return readCompose(files, { projectDirectory: folder, environment: {}, ...(envFiles.length === 0 ? {} : { envFiles }), root: CORPUS });
}

/** Entries by what they are made of: those of one project are judged once. */
export function grouped(entries: readonly CorpusEntry[]): Map<string, CorpusEntry[]> {
  const groups = new Map<string, CorpusEntry[]>();
  for (const entry of entries) groups.set(keyOf(entry), [...(groups.get(keyOf(entry)) ?? []), entry]);
  return groups;
}

function keyOf({ files, folder, envFiles, allProfiles }: CorpusEntry): string {
  return JSON.stringify([files, folder, envFiles, allProfiles]);
}

function entryOf(cell: (column: string) => string): CorpusEntry {
  const path = cell("path");
  const repository = join(CORPUS, path.slice(0, path.indexOf("/")));
  const list = (column: string): string[] =>
    cell(column)
      .split(",")
      .filter((each) => each !== "" && each !== "-");
  const files = list("compose_files");
  const envFiles = list("env_file_needed");
  return {
    path,
    files: files.length > 0 ? files.map((file) => join(repository, file)) : [join(CORPUS, path)],
    folder: files.length > 0 ? join(repository, cell("project_dir")) : join(CORPUS, path, ".."),
    envFiles: (envFiles.length > 0 ? envFiles : list("auto_dotenv")).map((file) => join(repository, file)),
    allProfiles: cell("all_profiles") === "ok",
    error: cell("error"),
  };
}
