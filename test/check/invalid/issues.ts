import { type AnyService, checkStack, type ServiceSpec, type Stack, StackError, service, stack } from "stackwright";
import { expect, it } from "vitest";
import { isStack } from "../../../src/model/stack.ts";

/** An invalid stack and every issue that it has: its path, two spaces, its message. */
export type Case = readonly [title: string, made: () => Stack | AnyService | readonly AnyService[], ...issues: readonly string[]];

/** One test a case: the issues are these, no others, in this order. */
export function refuses(cases: readonly Case[]): void {
  it.each(cases.map(([title, made, ...issues]) => ({ title, made, issues })))("$title", ({ made, issues }) => {
    const value = made();
    const invalid = isStack(value) ? value : stack("s", Array.isArray(value) ? value : [value as AnyService]);
    expect(issuesOf(invalid)).toEqual(issues);
  });
}

/** The issues of a stack, as text. */
export function issuesOf(invalid: Stack): readonly string[] {
  try {
    checkStack(invalid);
    return [];
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    return error.issues.map(({ path, message }) => `${path}  ${message}`);
  }
}

/** A service "a" as the compiler would not let it pass. */
export function a(spec: object): AnyService {
  return service("a", { image: "x", ...spec } as ServiceSpec);
}
