import { type Issue, StackError } from "../errors.ts";
import type { CheckedStack } from "../model/checked-stack.ts";
import type { Stack } from "../model/stack.ts";
import { checkConditions } from "./conditions.ts";
import { checkCycles } from "./cycles.ts";
import { checkDockerfiles } from "./dockerfiles.ts";
import type { Rule } from "./draft.ts";
import { checkHealthchecks } from "./healthchecks.ts";
import { checkNames } from "./names.ts";
import { parseStack } from "./parse-stack.ts";
import { checkPorts } from "./ports.ts";
import { checkSources } from "./sources.ts";

const RULES: readonly Rule[] = [checkNames, checkSources, checkConditions, checkCycles, checkHealthchecks, checkDockerfiles, checkPorts];

/**
 * Proves a stack sound.
 *
 * @throws {StackError} `invalid-stack` with every issue at once, in the order of the services.
 */
export function checkStack(stack: Stack): CheckedStack {
  const { draft, issues: parseIssues } = parseStack(stack);
  const issues: readonly Issue[] = [...parseIssues, ...RULES.flatMap((rule) => rule(draft))];
  if (issues.length > 0) throw new StackError("invalid-stack", issues);
  const { services, networks, volumes, secrets, configs } = draft;
  return { name: stack.name, definition: stack.definition, services, networks, volumes, secrets, configs } as Omit<
    CheckedStack,
    never
  > as CheckedStack;
}
