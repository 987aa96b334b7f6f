import { missingPrograms } from "./outcome.ts";
import { type Command, type Step, textOf } from "./script.ts";
import { type Use, usesOf } from "./uses.ts";

/** The programs that a probe names; what a shell does itself is none. */
export function programsNamed(step: Step): readonly string[] {
  return [...new Set(usesOf(step).flatMap((use) => (isBuiltIn(use) ? [] : (textOf(use.command.words[0]) ?? []))))];
}

/** The programs without which a probe can't succeed, of those that it names and an image does not have. */
export function programsMissed(step: Step, found: ReadonlySet<string>): readonly string[] {
  const absent = new Set(programsNamed(step).filter((program) => !found.has(program)));
  const isMissing = ({ words }: Command): boolean => absent.has(textOf(words[0]) ?? "");
  return missingPrograms(step, isMissing).flatMap(({ words }) => textOf(words[0]) ?? []);
}

function isBuiltIn({ command, shell }: Use): boolean {
  return shell !== undefined && BUILT_IN.has(textOf(command.words[0]) ?? "");
}

/** What sh, dash, bash and busybox's shell do themselves. */
const BUILT_IN = new Set(
  ". : [ [[ alias break cd command continue echo eval exec exit export false getopts hash kill local printf pwd read return set shift test times trap true type ulimit umask unset wait".split(
    " ",
  ),
);
