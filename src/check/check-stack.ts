import { type Issue, StackError } from "../errors.ts";
import type { CheckedStack } from "../model/checked-stack.ts";
import type { Stack } from "../model/stack.ts";
import { checkConditions } from "./conditions.ts";
import { checkContainers } from "./containers.ts";
import { checkCycles } from "./cycles.ts";
import type { Draft, Rule } from "./draft.ts";
import { checkHealthchecks } from "./healthchecks.ts";
import { checkMounts } from "./mounts.ts";
import { checkNames } from "./names.ts";
import { parseStack } from "./parse-stack.ts";
import { checkPorts } from "./ports.ts";
import { checkSources } from "./sources.ts";

const RULES: readonly Rule[] = [
  checkNames,
  checkSources,
  checkConditions,
  checkCycles,
  checkContainers,
  checkHealthchecks,
  checkMounts,
  checkPorts,
];

/**
 * Proves a stack sound.
 *
 * @throws {StackError} `invalid-stack` with every issue at once, in the order of the services.
 */
export function checkStack(stack: Stack): CheckedStack {
  const { draft, issues } = parseStack(stack);
  return checkedStack(draft, [...issues, ...RULES.flatMap((rule) => rule(draft))]);
}

/**
 * A stack whose attributes have the right forms, without the rules of soundness: what Docker Compose accepts as a file.
 *
 * @throws {StackError} `invalid-stack` with every issue at once, in the order of the services.
 */
export function acceptStack(stack: Stack): CheckedStack {
  const { draft, issues } = parseStack(stack);
  return checkedStack(draft, issues);
}

function checkedStack({ stack, definitions, ...draft }: Draft, issues: readonly Issue[]): CheckedStack {
  if (issues.length > 0) throw new StackError("invalid-stack", issues);
  const { name, definition, written } = stack;
  return { name, definition, ...draft, written } as Omit<CheckedStack, never> as CheckedStack;
}
