import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parseEnv } from "node:util";
import { checkStack } from "../check/check-stack.ts";
import type { ComposeProject } from "../drive/compose.ts";
import { secretValues, type Variables } from "../drive/secret-values.ts";
import { type EmittedFile, emitStack } from "../emit/emit-stack.ts";
import type { Layout } from "../emit/layout.ts";
import { StackError } from "../errors.ts";
import { type LoadedStack, loadStack } from "../load/load-stack.ts";
import type { CheckedStack } from "../model/checked-stack.ts";
import { variablesRequiredBy } from "../model/variables.ts";
import type { Console } from "./render/console.ts";

/** A stack that was loaded and checked, with its place in the project. */
export interface OpenedStack {
  readonly checked: CheckedStack;
  readonly layout: Layout;
  readonly files: readonly EmittedFile[];
  readonly project: ComposeProject;
}

export interface OpenOptions {
  /** The folder that gets a folder for each stack. Default: `generated` in the stack's package. */
  readonly out?: string | undefined;
  readonly profiles?: readonly string[] | undefined;
}

/** Loads, checks and emits one stack, in memory; with a console, the values of its secrets are hidden there from now on. */
export async function openStack(name: string, cwd: string, options: OpenOptions = {}, console?: Console): Promise<OpenedStack> {
  const stack = opened(await loadStack(name, cwd), options);
  console?.hide(await secretValues(stack.checked, stack.layout.stackFolder, variablesOf(stack.project)));
  return stack;
}

/** Checks and emits a loaded stack, in memory. */
export function opened({ stack, file, root }: LoadedStack, { out, profiles }: OpenOptions = {}): OpenedStack {
  const checked = checkStack(stack);
  const outputFolder = join(out ?? join(root, "generated"), checked.name);
  const layout: Layout = { stackFolder: dirname(file), outputFolder, root, source: relative(root, file).replaceAll("\\", "/") };
  const dotEnv = join(dirname(file), ".env");
  const project: ComposeProject = {
    name: checked.name,
    file: join(outputFolder, "compose.yaml"),
    envFiles: existsSync(dotEnv) ? [dotEnv] : [],
    profiles: profiles ?? (process.env["COMPOSE_PROFILES"] ?? "").split(",").filter((profile) => profile !== ""),
  };
  return { checked, layout, files: emitStack(checked, layout), project };
}

/**
 * Makes sure that every variable that a stack requires is set, here or in `.env` beside it.
 *
 * @throws {StackError} `usage`, naming all that are missing.
 */
export function requireVariables({ checked, project }: OpenedStack): void {
  const given = variablesOf(project);
  const missing = variablesRequiredBy(checked).filter((name) => (given[name] ?? "") === "");
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

// What Compose would read: the shell wins over the files.
function variablesOf({ envFiles }: ComposeProject): Variables {
  return { ...Object.assign({}, ...envFiles.map((file) => parseEnv(readFileSync(file, "utf8")))), ...process.env };
}
