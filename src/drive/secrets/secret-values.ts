import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { CheckedStack } from "../../model/checked-stack.ts";
import { isHostPath } from "../../model/schema/scalar.ts";
import { secretVariables } from "../../model/variables.ts";
import type { Variables } from "../variables.ts";

/**
 * The values that must never be shown: those of the stack's secrets, and of the variables that it marks as secret.
 * A file that can't be read has no value yet; creating the containers will say so.
 *
 * @param folder the folder of the stack's module; absolute.
 */
export async function secretValues(stack: CheckedStack, folder: string, variables: Variables): Promise<readonly string[]> {
  const files = await Promise.all([...stack.secrets.values()].map(({ file }) => readValue(file, folder)));
  const named = secretVariables(stack).map((name) => variables[name]);
  return [...files, ...named].filter((value) => value !== undefined);
}

async function readValue(file: unknown, folder: string): Promise<string | undefined> {
  if (!isHostPath(file) || typeof file.path !== "string") return undefined;
  try {
    return await readFile(resolve(folder, file.path), "utf8");
  } catch {
    return undefined;
  }
}
