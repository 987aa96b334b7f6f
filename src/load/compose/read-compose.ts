import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { StackError } from "../../errors.ts";
import type { Stack } from "../../model/stack.ts";
import { requireEnvFiles } from "./env-files.ts";
import { loadFiles } from "./load-files.ts";
import { type ComposeDocument, parseYaml } from "./parse-yaml.ts";
import { projectName } from "./project-name.ts";
import { dotEnvOf, type Surroundings, withEnvFiles } from "./surroundings.ts";
import { toStack } from "./to-stack.ts";

export interface ReadOptions {
  /** The folder in which relative paths start. Default: the folder of the first file. */
  readonly projectDirectory?: string | undefined;
  /** The variables with which `include` and `extends` are resolved. Default: those of the process. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Files of variables beside `environment`. Default: `.env` in the project directory, where it is there. */
  readonly envFiles?: readonly string[] | undefined;
  /** The stack's name. Default: what Compose would choose. */
  readonly name?: string | undefined;
  /** Files outside of this folder are not included or extended. Default: the project around the first file. */
  readonly root?: string | undefined;
  /** Texts that hold instead of what is on disk, by the absolute path of the file. Default: none. */
  readonly texts?: ReadonlyMap<string, string> | undefined;
}

/**
 * Reads a Compose file, or several laid over each other, into a stack like one written in TypeScript.
 *
 * Variables stay variables; only where the files themselves depend on them (`include`, `extends`) they are looked up.
 *
 * @throws {StackError} `file` or `invalid-stack`, with the file, line and column.
 */
export function readCompose(paths: string | readonly string[], options: ReadOptions = {}): Stack {
  const files = (typeof paths === "string" ? [paths] : paths).map((path) => resolve(path));
  const [first] = files;
  if (first === undefined) throw StackError.of("usage", "there is no Compose file to read");
  const folder = resolve(options.projectDirectory ?? dirname(first));
  const envFiles = options.envFiles?.map((file) => resolve(file)) ?? dotEnvOf(folder);
  const given = Object.entries(options.environment ?? process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const surroundings: Surroundings = {
    folder,
    envFiles,
    variables: withEnvFiles(new Map(given), envFiles),
    root: resolve(options.root ?? rootAround(folder, files)),
    open: [],
    parsed: new Map([...(options.texts ?? [])].map(([file, text]): [string, readonly ComposeDocument[]] => [file, parseYaml(text, file)])),
    brought: { values: 0 },
  };
  const { document, parts } = loadFiles(files, surroundings);
  if (document.size === 0) throw StackError.of("invalid-stack", "is empty: it describes no stack", { source: first });
  requireEnvFiles(document, surroundings);
  return toStack(options.name ?? projectName(document, surroundings), document, first, { parts });
}

/** The repository or package around a folder; the folder itself where there is none. All files that were named lie in it. */
function rootAround(folder: string, files: readonly string[]): string {
  const marked = upwards(folder).find((each) => [".git", "package.json"].some((mark) => existsSync(join(each, mark)))) ?? folder;
  const isInside = (root: string): boolean => files.every((file) => !relative(root, file).startsWith(".."));
  return upwards(marked).find(isInside) ?? marked;
}

function upwards(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...upwards(parent)];
}
