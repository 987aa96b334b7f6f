import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { checkSubject } from "../check/check-stack.ts";
import { inOrderOfPlace } from "../check/in-order-of-place.ts";
import { parseStack } from "../check/parse-stack.ts";
import type { Subject } from "../check/subject.ts";
import type { ComposeProject } from "../drive/compose/compose.ts";
import type { Engine } from "../drive/engine/engine.ts";
import { secretsInContainers } from "../drive/secrets/secrets-in-containers.ts";
import { placeholders, requireVariables as requireVariablesOf, variablesOf } from "../drive/variables.ts";
import { sourcesOf } from "../emit/dockerfile-files.ts";
import { emitStack } from "../emit/emit-stack.ts";
import type { EmittedFile } from "../emit/emitted-file.ts";
import type { Layout } from "../emit/layout.ts";
import { StackError } from "../errors.ts";
import { knownSecrets, type StackPart, stackParts } from "../library/stack-parts.ts";
import { type LoadedStack, loadStack } from "../load/load-stack.ts";
import { locateIssues } from "../load/locate-issues.ts";
import { readSources } from "../load/read-sources.ts";
import type { CheckedStack } from "../model/checked-stack.ts";
import { isInterpolation } from "../model/interpolation.ts";
import type { Console } from "./render/console.ts";

/** A stack that was loaded and checked, with its place in the project. */
export interface OpenedStack {
  readonly checked: CheckedStack;
  /** The same as rules judge it, without the files that they look at besides. */
  readonly subject: Subject;
  /** Where it stands: its module, or its Compose file. */
  readonly source: string;
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
  console?.hide(await knownSecrets(await partsOf(stack)));
  for (const profile of unknownProfiles(stack.checked, options))
    console?.error(`no service of ${stack.checked.name} has the profile "${profile}"`);
  return stack;
}

// Compose says nothing of them. What an included file has is not known here, nor what a variable will hold.
function unknownProfiles({ services, include }: CheckedStack, { profiles = [] }: OpenOptions): readonly string[] {
  const known = [...services.values()].flatMap(({ model }) => model.profiles ?? []);
  if (include.length > 0 || known.some(isInterpolation)) return [];
  return profiles.filter((profile) => profile !== "*" && !known.includes(profile));
}

/** Hides from now on what the containers of a stack were given as secrets: this shell may have other values, or none. */
export async function hideSecrets(console: Console, engine: Engine, stack: Located): Promise<void> {
  const { name } = stack.project;
  for (const { stack: part, envFiles } of await partsOf(stack)) console.hide(await secretsInContainers(engine, part, { name, envFiles }));
}

type Located = Pick<OpenedStack, "checked" | "layout" | "project">;

function partsOf({ checked, layout, project }: Located): Promise<readonly StackPart[]> {
  return stackParts(checked, layout.stackFolder, project.envFiles);
}

/** Checks and emits a loaded stack, in memory. */
export function opened({ stack, file, root }: LoadedStack, { out, profiles }: OpenOptions = {}): OpenedStack {
  const subject = parseStack(stack);
  const checked = withPlaces(() => checkSubject(subject));
  const layout = layoutOf({ stack, file, root }, out);
  const dotEnv = join(dirname(file), ".env");
  const project: ComposeProject = {
    name: checked.name,
    file: join(layout.outputFolder, "compose.yaml"),
    envFiles: existsSync(dotEnv) ? [dotEnv] : [],
    profiles: profiles ?? (process.env["COMPOSE_PROFILES"] ?? "").split(",").filter((profile) => profile !== ""),
  };
  return { checked, subject, source: file, layout, files: withPlaces(() => emitted(checked, layout)), project };
}

/** Where the files of a stack come from, and go to. */
export function layoutOf({ stack, file, root }: LoadedStack, out = join(root, "generated")): Layout {
  const source = relative(root, file).replaceAll("\\", "/");
  return { stackFolder: dirname(file), outputFolder: join(out, stack.name), root, source };
}

/** The files of a stack, in memory. */
export function emitted(checked: CheckedStack, layout: Layout): readonly EmittedFile[] {
  return emitStack(checked, layout, readSources(sourcesOf(checked, layout)));
}

/** Issues come with the place of the attribute at fault, and in the order of these. */
function withPlaces<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    const { code, issues, cause } = locateIssues(error);
    throw new StackError(code, inOrderOfPlace(issues), { cause });
  }
}

/**
 * Makes sure that every variable that a stack requires is set, here or in `.env` beside it.
 *
 * @throws {StackError} `usage`, naming all that are missing.
 */
export function requireVariables({ checked, project }: OpenedStack): void {
  requireVariablesOf(checked, variablesOf(project.envFiles));
}

/** The project for commands on containers that are there already: they work also where the variables of their launch are not set. */
export function projectAsItIs({ checked, project }: OpenedStack): ComposeProject {
  return { ...project, variables: placeholders(checked, variablesOf(project.envFiles)) };
}
