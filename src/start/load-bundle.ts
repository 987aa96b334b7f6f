import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { constants, Script } from "node:vm";

/** What the package is made of: the library, and its command line, which is read only where it is wanted. */
type Bundle = typeof import("../index.ts") & { cli(): Promise<void> };

type Wrapper = (exports: object, require: NodeJS.Require, module: object, filename: string, dirname: string) => void;

/** What this build is called, so that nothing is kept for another one. */
declare const BUILD: string;

let loaded: Bundle | undefined;

/**
 * The package, loaded with what V8 made of its text the last time: to compile it anew takes a third of a short command's time.
 * It is kept in the user's cache folder (`$XDG_CACHE_HOME`, default `~/.cache`), by Node itself from 22.8 on; Node's own
 * `NODE_DISABLE_COMPILE_CACHE=1` keeps nothing.
 *
 * @param purpose who loads it: each command uses another part of it.
 */
export function loadBundle(purpose: string): Bundle {
  loaded ??= isKept() ? loadKept(purpose) : requireBundle();
  return loaded;
}

const FILE = join(__dirname, "stackwright.cjs");

function isKept(): boolean {
  return process.env["NODE_DISABLE_COMPILE_CACHE"] === undefined;
}

function requireBundle(): Bundle {
  return createRequire(__filename)(FILE) as Bundle;
}

function loadKept(purpose: string): Bundle {
  const folder = cacheFolder();
  const { enableCompileCache } = Module as { enableCompileCache?: (folder: string) => unknown };
  if (enableCompileCache === undefined) return runKept(join(folder, `${fileName(purpose)}.bin`));
  enableCompileCache(folder);
  return requireBundle();
}

/** What Node 20 has no part in: the text runs as a script with its compiled form beside it. */
function runKept(kept: string): Bundle {
  leaveUntold("vm.USE_MAIN_CONTEXT_DEFAULT_LOADER");
  const cachedData = read(kept);
  // The bundle is pure ASCII, which is read twice as fast like this.
  const script = new Script(Module.wrap(readFileSync(FILE, "latin1")), {
    filename: FILE,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const module = { exports: {} };
  (script.runInThisContext() as Wrapper)(module.exports, createRequire(FILE), module, FILE, dirname(FILE));
  if (cachedData === undefined || script.cachedDataRejected === true) keepAtExit(kept, script);
  return module.exports as Bundle;
}

// Node calls it experimental, and tells so at the first module of the user's that needs no compiling. Later ones no longer do.
function leaveUntold(feature: string): void {
  const { emitWarning } = process;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (!String(warning).includes(feature)) Reflect.apply(emitWarning, process, [warning, ...rest]);
  };
}

// Then all that this command needs has been compiled. A command that there is not leaves nothing.
function keepAtExit(file: string, script: Script): void {
  process.once("exit", (code) => {
    if (code !== WRONG_USE) keep(file, script.createCachedData());
  });
}

const WRONG_USE = 2;

function cacheFolder(): string {
  return join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "stackwright");
}

function fileName(purpose: string): string {
  return [purpose.replace(/[^a-z]/g, ""), BUILD, process.version, process.arch].join("-");
}

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

// A cache that can't be written is no reason to fail: the next command takes a moment longer.
function keep(file: string, data: Buffer): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    removeOld(dirname(file));
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, data, { mode: 0o600 });
    renameSync(temporary, file);
  } catch {}
}

/** More than one version has commands; what this many files are newer than is of none that is still in use. */
const KEPT = 40;

function removeOld(folder: string): void {
  const files = readdirSync(folder)
    .filter((name) => name.includes(".bin"))
    .map((name) => ({ file: join(folder, name), time: statSync(join(folder, name)).mtimeMs }));
  for (const { file } of files.sort((a, b) => b.time - a.time).slice(KEPT - 1)) rmSync(file, { force: true });
}
