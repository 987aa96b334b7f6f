import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { type Issue, StackError } from "../../errors.ts";
import type { Stack } from "../../model/stack.ts";
import { requireEnvFiles } from "./env-files.ts";
import { loadFiles } from "./load-files.ts";
import { attempt, collected, type Told } from "./problem.ts";
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
 * What is wrong with a part of it is told by `checkStack`, together with everything else that is wrong.
 *
 * @throws {StackError} `file` or `invalid-stack`, with the file, line and column, where no stack can be made of it at all.
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
  const told = collected();
  const surroundings: Surroundings = {
    folder,
    envFiles,
    variables: withEnvFiles(new Map(given), envFiles),
    root: resolve(options.root ?? rootAround(folder, files)),
    open: [],
    parsed: new Map(),
    texts: options.texts ?? new Map(),
    brought: { values: 0, isWhole: true },
    tell: told.tell,
  };
  const loaded = attempt(told.tell, () => loadFiles(files, surroundings));
  const [worst] = told.errors;
  if (worst !== undefined && (loaded === undefined || loaded.document.size === 0))
    throw new StackError(worst.code, issuesOf(told), { cause: worst });
  if (loaded === undefined || loaded.document.size === 0)
    throw StackError.of("invalid-stack", "is empty: it describes no stack", { source: first });
  requireEnvFiles(loaded.document, surroundings);
  const stack = toStack(options.name ?? projectName(loaded.document, surroundings), loaded, first, told.tell);
  return told.errors.length === 0 ? stack : { ...stack, unread: { issues: issuesOf(told), isWhole: surroundings.brought.isWhole } };
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

function issuesOf({ errors }: Told): readonly Issue[] {
  return errors.flatMap(({ issues }) => issues);
}
