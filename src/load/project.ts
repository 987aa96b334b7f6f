import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { StackError } from "../errors.ts";
import { composeFilesIn, composePaths } from "./compose-paths.ts";

/** A stack's module that was found, not loaded yet. */
export interface StackModule {
  /** The module, absolute. */
  readonly file: string;
  /** Compose files that are laid over it, in their order; absolute. */
  readonly overrides?: readonly string[];
  /** The package that the stack belongs to: `generated/` lies there. Absolute. */
  readonly root: string;
}

const MODULE_NAMES = ["stack.ts", "stack.mts", "stack.js", "stack.mjs"];
const MODULE_EXTENSIONS = [".ts", ".mts", ".js", ".mjs"];
const EXTENSIONS = [...MODULE_EXTENSIONS, ".yaml", ".yml"];

/** The stack modules of a project: `stacks/NAME/stack.ts` in its root and in each package of its workspace, sorted. */
export function findStackModules(cwd: string): readonly StackModule[] {
  const root = projectRoot(cwd);
  return [root, ...workspacePackages(root)].flatMap(modulesOfPackage);
}

/** The stack module at a path: the module itself, the folder that it lies in, or a Compose file with those over it. */
export function stackModuleAt(path: string, cwd: string): StackModule {
  const [first = path, ...over] = composePaths(path);
  const full = existing(first, cwd);
  const files = statSync(full).isDirectory() ? filesIn(full, path) : [full, ...over.map((each) => existing(each, cwd))];
  const [file = full, ...overrides] = files;
  if (!EXTENSIONS.includes(extname(file))) {
    throw StackError.of("usage", `${path} is neither a stack's module nor a Compose file (accepted: ${EXTENSIONS.join(", ")})`);
  }
  const folder = dirname(file);
  const conventional = basename(dirname(folder)) === "stacks";
  const root = conventional ? dirname(dirname(folder)) : projectRoot(folder);
  return { file, root, ...(overrides.length === 0 ? {} : { overrides }) };
}

function existing(path: string, cwd: string): string {
  const full = resolve(cwd, path);
  if (!existsSync(full)) throw StackError.of("usage", `there is no file or folder ${path}`);
  return full;
}

function filesIn(folder: string, path: string): readonly string[] {
  const module = moduleIn(folder);
  const files = module === undefined ? composeFilesIn(folder) : [module];
  if (files.length === 0) throw StackError.of("usage", `there is no ${MODULE_NAMES.join(", ")} and no compose.yaml in ${path}`);
  return files;
}

/** Whether an argument names a path and not a stack. */
export function isPath(argument: string): boolean {
  return /[/\\]/.test(argument) || argument === "." || EXTENSIONS.includes(extname(argument));
}

/** The nearest folder upwards that has `stacks/` or is the root of a workspace; else the nearest package; else `cwd`. */
export function projectRoot(cwd: string): string {
  const folders = upwards(resolve(cwd));
  const isRoot = (folder: string): boolean => existsSync(join(folder, "stacks")) || workspacePatterns(folder).length > 0;
  return folders.find(isRoot) ?? folders.find((folder) => existsSync(join(folder, "package.json"))) ?? resolve(cwd);
}

function upwards(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...upwards(parent)];
}

function modulesOfPackage(root: string): readonly StackModule[] {
  return foldersIn(join(root, "stacks")).flatMap((folder) => {
    const file = moduleIn(folder);
    return file === undefined ? [] : [{ file, root }];
  });
}

function moduleIn(folder: string): string | undefined {
  return MODULE_NAMES.map((name) => join(folder, name)).find((file) => existsSync(file));
}

function foldersIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== "node_modules");
  return entries.map((entry) => join(folder, entry.name)).sort();
}

/** Packages of an npm, yarn or pnpm workspace; of its patterns a trailing `*` or `**` is understood. */
function workspacePackages(root: string): readonly string[] {
  const packages = workspacePatterns(root).flatMap((pattern) => {
    const path = join(root, pattern.replace(/\/\*{1,2}$/, ""));
    return pattern.endsWith("*") ? foldersIn(path) : [path];
  });
  return packages.filter((folder) => existsSync(join(folder, "package.json")));
}

function workspacePatterns(folder: string): readonly string[] {
  return [...npmWorkspaces(folder), ...pnpmWorkspaces(folder)].filter((pattern) => !pattern.startsWith("!"));
}

function npmWorkspaces(folder: string): readonly string[] {
  const text = readIfThere(join(folder, "package.json"));
  if (text === undefined) return [];
  try {
    const { workspaces } = JSON.parse(text) as { workspaces?: string[] | { packages?: string[] } };
    return Array.isArray(workspaces) ? workspaces : (workspaces?.packages ?? []);
  } catch (cause) {
    throw StackError.of("usage", `${join(folder, "package.json")} is not JSON: ${(cause as Error).message}`, { cause });
  }
}

// A list of quoted or bare strings below `packages:`; nothing else of that file concerns us.
function pnpmWorkspaces(folder: string): readonly string[] {
  const text = readIfThere(join(folder, "pnpm-workspace.yaml")) ?? "";
  const list = /^packages:\s*\n((?:\s+-.*\n?|\s*#.*\n?|\s*\n)*)/m.exec(text)?.[1] ?? "";
  return [...list.matchAll(/^\s+-\s*["']?([^"'#\n]+?)["']?\s*(?:#.*)?$/gm)].map((match) => match[1] ?? "");
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
