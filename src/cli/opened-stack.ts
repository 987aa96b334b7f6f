import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parseEnv } from "node:util";
import { checkStack } from "../check/check-stack.ts";
import type { ComposeProject } from "../drive/compose.ts";
import { type EmittedFile, emitStack } from "../emit/emit-stack.ts";
import type { Layout } from "../emit/layout.ts";
import { StackError } from "../errors.ts";
import { type LoadedStack, loadStack } from "../load/load-stack.ts";
import { locateIssues } from "../load/locate-issues.ts";
import type { CheckedStack } from "../model/checked-stack.ts";
import type { Variables } from "../model/resolve-text.ts";
import type { Stack } from "../model/stack.ts";
import { variablesRequiredBy } from "../model/variables.ts";

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

/** Loads, checks and emits one stack, in memory. */
export async function openStack(name: string, cwd: string, options: OpenOptions = {}): Promise<OpenedStack> {
  return opened(await loadStack(name, cwd), options);
}

/** Checks and emits a loaded stack, in memory. */
export function opened({ stack, file, root }: LoadedStack, { out, profiles }: OpenOptions = {}): OpenedStack {
  const checked = checkWithPlaces(stack);
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

/** Checks a stack; issues come with the place of the attribute at fault. */
export function checkWithPlaces(stack: Stack): CheckedStack {
  try {
    return checkStack(stack);
  } catch (error) {
    throw error instanceof StackError ? locateIssues(error) : error;
  }
}

/**
 * Makes sure that every variable that a stack requires is set, here or in `.env` beside it.
 *
 * @throws {StackError} `usage`, naming all that are missing.
 */
export function requireVariables(opened: OpenedStack): void {
  const { checked } = opened;
  const given = variablesOf(opened);
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

/** The variables with which a stack is launched: those of the shell win over those of `.env` beside the stack. */
export function variablesOf({ project }: OpenedStack): Variables {
  return { ...Object.assign({}, ...project.envFiles.map((file) => parseEnv(readFileSync(file, "utf8")))), ...process.env };
}
