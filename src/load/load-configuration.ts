import { existsSync } from "node:fs";
import { join } from "node:path";
import { StackError } from "../errors.ts";
import { importModule } from "./import-module.ts";

/** A project's configuration, as its module exports it. */
export interface LoadedConfiguration {
  /** The module, absolute. */
  readonly file: string;
  readonly configuration: unknown;
}

const NAMES = ["ts", "mts", "js", "mjs"].map((extension) => `stackwright.config.${extension}`);

/**
 * Loads `stackwright.config.ts` of a project; `undefined` where there is none.
 *
 * @throws {StackError} `usage` for a module that can't be loaded, or has no default export.
 */
export async function loadConfiguration(root: string): Promise<LoadedConfiguration | undefined> {
  const file = NAMES.map((name) => join(root, name)).find((each) => existsSync(each));
  if (file === undefined) return undefined;
  const exported = await importModule(file, root).catch((cause: unknown) => {
    const reason = (cause instanceof Error ? cause.message : String(cause)).split("\n")[0];
    throw StackError.of("usage", `the configuration can't be loaded: ${reason}`, { source: file, cause });
  });
  if (exported.default === undefined) {
    throw StackError.of("usage", "the configuration has no default export (write: export default defineConfig({ ... }))", { source: file });
  }
  return { file, configuration: exported.default };
}
