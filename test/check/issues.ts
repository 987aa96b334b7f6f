import { checkStack, type Issue, type Stack, StackError } from "stackwright";
import { expect } from "vitest";

/** What `checkStack` reports; none where it accepts the stack. */
export function issuesOf(stack: Stack): readonly Issue[] {
  try {
    checkStack(stack);
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    expect(error.code).toBe("invalid-stack");
    return error.issues;
  }
  return [];
}

/** Path and message of what `checkStack` reports. */
export function reportsOf(stack: Stack): readonly (readonly [path: string, message: string])[] {
  return issuesOf(stack).map(({ path, message }) => [path, message]);
}

/** The line that calls this function. */
export function lineHere(): number {
  const frame = new Error().stack?.split("\n")[2];
  return Number(frame?.match(/:(\d+):\d+\)?$/)?.[1]);
}
