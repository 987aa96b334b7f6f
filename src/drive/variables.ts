import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { StackError } from "../errors.ts";
import type { CheckedStack } from "../model/checked-stack.ts";
import { variablesRequiredBy } from "../model/variables.ts";

/** Variables by name, as Compose reads them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** What Compose would read: the variables of files, over which the shell's win. */
export function variablesOf(envFiles: readonly string[]): Variables {
  // Without a prototype: a variable may be called "constructor".
  return Object.assign(Object.create(null), ...envFiles.map((file) => parseEnv(readFileSync(file, "utf8"))), process.env);
}

/**
 * Makes sure that every variable that a stack requires is set.
 *
 * @throws {StackError} `usage`, naming all that are missing.
 */
export function requireVariables(stack: CheckedStack, variables: Variables): void {
  const missing = missingVariables(stack, variables);
  if (missing.length === 0) return;
  throw new StackError(
    "usage",
    missing.map((name) => ({
      path: name,
      message: "is required by the stack and not set",
      hint: `set it in the shell or in .env beside the stack: ${name}=...`,
    })),
  );
}

/**
 * Values for the variables that are required and not set, for Compose commands on what is there already: they create nothing, so
 * that any value will do, but without one Compose reads no file. "1" is a name, a number and a port.
 */
export function placeholders(stack: CheckedStack, variables: Variables): Readonly<Record<string, string>> {
  return Object.fromEntries(missingVariables(stack, variables).map((name) => [name, "1"]));
}

function missingVariables(stack: CheckedStack, variables: Variables): readonly string[] {
  return variablesRequiredBy(stack).filter((name) => (variables[name] ?? "") === "");
}
