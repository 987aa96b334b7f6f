import { existsSync, readFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { type Issue, StackError } from "../errors.ts";
import { nearName } from "../model/near-name.ts";
import { placeOfText, textOfPlace } from "../model/place.ts";
import { isStack, type Stack } from "../model/stack.ts";
import { isComposeFile } from "./compose-paths.ts";
import { importModule } from "./import-module.ts";
import { locateIssue } from "./locate-issues.ts";
import { findStackModules, isPath, projectRoot, type StackModule, stackModuleAt } from "./project.ts";

/** A stack and where it came from. */
export interface LoadedStack extends StackModule {
  readonly stack: Stack;
}

/** Texts of Compose files that hold instead of what is on disk, by their absolute path. */
export type Texts = ReadonlyMap<string, string>;

/**
 * The stacks that the arguments name, by name or by path; all of the project where there are none.
 *
 * @throws {StackError} `usage` for an unknown stack, `invalid-stack` for a module that can't be loaded.
 */
export async function loadStacks(names: readonly string[], cwd: string): Promise<readonly LoadedStack[]> {
  if (names.length > 0) return Promise.all(names.map((name) => loadStack(name, cwd)));
  const found = findStackModules(cwd);
  if (found.length === 0) throw noStacks(cwd);
  return Promise.all(found.map((each) => loadModule(each)));
}

/** A stack that can't be read, and what is wrong with it. */
export interface UnreadStack {
  /** As it was asked for: its name, or the path of its module. */
  readonly name: string;
  readonly root: string;
  readonly error: StackError;
}

/**
 * The stacks that the arguments name, one by one: one that can't be read does not keep the others from being looked at.
 *
 * @throws {StackError} `usage` for an unknown stack.
 */
export async function loadEach(names: readonly string[], cwd: string, texts?: Texts): Promise<readonly (LoadedStack | UnreadStack)[]> {
  const found = names.length > 0 ? [] : findStackModules(cwd);
  if (names.length === 0 && found.length === 0) throw noStacks(cwd);
  const root = projectRoot(cwd);
  const wanted = [
    ...names.map((name) => ({ name, root, load: () => loadStack(name, cwd, texts) })),
    ...found.map((module) => ({ name: relative(cwd, module.file), root: module.root, load: () => loadModule(module) })),
  ];
  return Promise.all(
    wanted.map(async ({ name, root, load }) => {
      try {
        return await load();
      } catch (error) {
        if (!(error instanceof StackError) || error.code === "usage") throw error;
        return { name, root, error };
      }
    }),
  );
}

/** The one stack that the argument names. */
export async function loadStack(name: string, cwd: string, texts?: Texts): Promise<LoadedStack> {
  if (isPath(name)) return loadModule(stackModuleAt(name, cwd), texts);
  const found = findStackModules(cwd);
  if (found.length === 0) throw noStacks(cwd);
  // The folder usually has the stack's name: then only one module has to be loaded.
  const [likely] = found.filter(({ file }) => folderName(file) === name);
  const loaded = likely === undefined ? undefined : await loadModule(likely);
  if (loaded?.stack.name === name) return loaded;
  const all = await Promise.allSettled(found.map((each) => loadModule(each)));
  const others = all.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  const match = others.find(({ stack }) => stack.name === name);
  if (match !== undefined) return match;
  // The stack may be in a module that can't be loaded: then that is what has to be said.
  const broken = all.find((each) => each.status === "rejected");
  if (broken !== undefined) throw broken.reason;
  throw unknownStack(name, others, cwd);
}

function unknownStack(name: string, found: readonly LoadedStack[], cwd: string): StackError {
  const names = found.map(({ stack }) => stack.name);
  const inFolder = found.find(({ file }) => folderName(file) === name);
  const meant = inFolder?.stack.name ?? nearName(name, names);
  const where = inFolder === undefined ? "" : `, the stack of ${relative(cwd, inFolder.file)}`;
  const near = meant === undefined ? "" : `; did you mean "${meant}"${where}?`;
  return StackError.of("usage", `there is no stack "${name}"${near} (found: ${names.join(", ")}; the path of a stack's module works too)`);
}

/** Loads a stack's module, or reads a Compose file. */
export async function loadModule({ file, overrides = [], root }: StackModule, texts?: Texts): Promise<LoadedStack> {
  if (isComposeFile(file)) {
    // Parsing YAML is needed for nothing else.
    const { readCompose } = await import("./compose/read-compose.ts");
    return { stack: readCompose([file, ...overrides], { texts }), file, root };
  }
  const exported = await exportsOf(file, root);
  if (isStack(exported.default)) return { stack: exported.default, file, root };
  const message = exported.default === undefined ? "the module has no default export" : "the module's default export is not a stack";
  throw StackError.of("invalid-stack", `${message} (write: export default stack("name", [...]))`, { source: file, kind: "module" });
}

async function exportsOf(file: string, root: string): Promise<{ readonly default?: unknown }> {
  try {
    return await importModule(file, root);
  } catch (cause) {
    if (cause instanceof StackError) throw withPlace(cause, file);
    throw StackError.of("invalid-stack", `the module can't be loaded: ${reasonOf(cause)}`, {
      source: placeIn(cause, file),
      kind: "module",
      cause,
    });
  }
}

/** An error that a call of the DSL threw, at the place of that call. */
function withPlace(error: StackError, file: string): StackError {
  const issues = error.issues.map((issue) => ({ kind: "module" as const, ...issue, source: withColumn(issue) ?? placeIn(error, file) }));
  return new StackError(error.code, issues, { cause: error });
}

/** The place that a function of the DSL knows, with the column that the loader did not keep. */
function withColumn(issue: Issue): string | undefined {
  const located = locateIssue(issue).source;
  if (located !== issue.source) return located;
  const place = placeOfText(located);
  return place === undefined ? located : textOfPlace({ ...place, column: columnIn(place.file, place.line, place.column) });
}

function reasonOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.split("\n")[0] ?? "";
}

/** The place in the stack's own folder where an error was thrown; the module where that is not known. */
function placeIn(cause: unknown, file: string): string {
  const frames = cause instanceof Error ? (cause.stack ?? "").split("\n") : [];
  const frame = frames.find((line) => line.includes(dirname(file)));
  const match = frame?.match(/((?:\/|[A-Z]:)[^()]*):(\d+):(\d+)\)?$/);
  if (match === null || match === undefined) return file;
  const [, thrower = "", line, column = ""] = match;
  return `${thrower}:${line}:${columnIn(thrower, Number(line), Number(column))}`;
}

// The loader keeps lines but not columns: behind the end of the line there is nothing, and its text is meant.
function columnIn(file: string, line: number, column: number): number {
  const text = existsSync(file) ? (readFileSync(file, "utf8").split("\n")[line - 1] ?? "") : "";
  return column <= text.length ? column : text.search(/\S|$/) + 1;
}

function folderName(file: string): string {
  return relative(dirname(dirname(file)), dirname(file));
}

function noStacks(cwd: string): StackError {
  return StackError.of("usage", `there are no stacks in ${cwd}`, {
    hint: 'write one in stacks/NAME/stack.ts: export default stack("NAME", [...])',
  });
}
