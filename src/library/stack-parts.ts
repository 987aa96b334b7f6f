import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { checkStack } from "../check/check-stack.ts";
import { secretValues } from "../drive/secrets/secret-values.ts";
import { variablesOf } from "../drive/variables.ts";
import type { CheckedStack } from "../model/checked-stack.ts";

/** A stack, or a Compose file that it includes, with what it takes its files and variables from. */
export interface StackPart {
  readonly stack: CheckedStack;
  /** Absolute. */
  readonly folder: string;
  /** Files of variables, absolute; the later ones win. */
  readonly envFiles: readonly string[];
}

/**
 * A stack and the Compose files that it includes, the stack first.
 *
 * @throws {StackError} for an included file that is not there or not sound.
 */
export async function stackParts(stack: CheckedStack, folder: string, envFiles: readonly string[] = []): Promise<readonly StackPart[]> {
  const own: StackPart = { stack, folder, envFiles };
  if (stack.include.length === 0) return [own];
  // Parsing YAML is needed for nothing else.
  const { readCompose } = await import("../load/compose/read-compose.ts");
  const included = stack.include.map(({ path, envFile, projectDirectory }): StackPart => {
    const files = path.map((each) => resolve(folder, String(each.path)));
    const given = envFile?.map((each) => resolve(folder, String(each.path)));
    const below = projectDirectory === undefined ? undefined : resolve(folder, String(projectDirectory.path));
    const read = checkStack(readCompose(files, { name: stack.name, envFiles: given, projectDirectory: below }));
    const own = below ?? dirname(files[0] ?? folder);
    return { stack: read, folder: own, envFiles: [...(given ?? usual(own)), ...envFiles] };
  });
  return [own, ...included];
}

/** The values of secrets that this shell and its files know of all parts. */
export async function knownSecrets(parts: readonly StackPart[]): Promise<readonly string[]> {
  const values = await Promise.all(parts.map(({ stack, folder, envFiles }) => secretValues(stack, folder, variablesOf(envFiles))));
  return values.flat();
}

function usual(folder: string): readonly string[] {
  const file = join(folder, ".env");
  return existsSync(file) ? [file] : [];
}
