import { join } from "node:path";
import { createJiti } from "jiti";
import { guarded } from "./guarded-import.ts";

/**
 * What a TypeScript or JavaScript module of the user's exports.
 *
 * @param root the project's folder.
 * @throws what the module throws; {@link StackError} `invalid-stack` where it would end the process, or waits for what never happens.
 */
export async function importModule(file: string, root: string): Promise<{ readonly default?: unknown }> {
  // `stackwright` is always the copy that runs: one model, whatever the project has installed, and nothing is loaded twice.
  const stackwright = await import("../index.ts");
  const jiti = createJiti(join(root, "stackwright"), { virtualModules: { stackwright }, interopDefault: false });
  return guarded(file, () => jiti.import(file));
}
