import { checkSubject } from "../check/check-stack.ts";
import { type Judgement, unsoundness } from "../check/judge.ts";
import type { Subject } from "../check/subject.ts";
import type { Layout } from "../emit/layout.ts";
import { StackError } from "../errors.ts";
import type { LoadedStack } from "../load/load-stack.ts";
import type { CheckedStack } from "../model/checked-stack.ts";
import { emitted, layoutOf } from "./opened-stack.ts";

/**
 * What only the writing of its files tells of a stack: Dockerfiles that can't carry what they should. Nothing is written, and a
 * service in which an error was found already is left out.
 */
export function emissionFindings(loaded: LoadedStack, subject: Subject, found: readonly Judgement[]): readonly Judgement[] {
  const isSound = (name: string): boolean =>
    !found.some(({ severity, path }) => severity === "error" && (path === name || path.startsWith(`${name}.`)));
  const services = [...subject.services].filter(([name, { dockerfile }]) => dockerfile !== undefined && isSound(name));
  if (services.length === 0 || unsoundness(subject).length > 0) return [];
  const checked = checkSubject(subject);
  const layout = layoutOf(loaded);
  // One by one: a file that can't be read hides nothing of the others.
  return services.flatMap((service) => findingsOf({ ...checked, services: new Map([service]) }, layout));
}

function findingsOf(checked: CheckedStack, layout: Layout): readonly Judgement[] {
  try {
    emitted(checked, layout);
    return [];
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    return error.issues.map((issue) => ({ ...issue, rule: "dockerfile-not-generable", severity: "error" }));
  }
}
