import { StackError } from "../errors.ts";
import { required, rule } from "../model/accepted.ts";
import { accepting } from "../model/accepting.ts";
import type { CheckedStack } from "../model/checked-stack.ts";
import { isStack, type Stack } from "../model/stack.ts";
import { inOrderOfPlace } from "./in-order-of-place.ts";
import { unsoundness } from "./judge.ts";
import { parseStack } from "./parse-stack.ts";
import type { Subject } from "./subject.ts";

/**
 * Proves a stack sound: nothing in it is refused by Compose and, in a stack in TypeScript, everything in it can be launched.
 *
 * @throws {StackError} `invalid-stack` with every issue at once, in the order of their places.
 */
export const checkStack = accepting(
  "checkStack",
  { stack: required(rule('a stack (write stack("shop", [api]))', isStack)) },
  (stack: Stack): CheckedStack => checkSubject(parseStack(stack)),
);

/** The same of a stack that was parsed. */
export function checkSubject(subject: Subject): CheckedStack {
  const issues = inOrderOfPlace(unsoundness(subject)).map(({ path, message, source, hint }) => ({ path, message, source, hint }));
  if (issues.length > 0) throw new StackError("invalid-stack", issues);
  const { stack, definitions, malformed, unknown, refused, dockerfiles, composeFiles, givenFiles, absent, localImages, ...draft } = subject;
  const { name, definition, written } = stack;
  return { name, definition, ...draft, written } as Omit<CheckedStack, never> as CheckedStack;
}
