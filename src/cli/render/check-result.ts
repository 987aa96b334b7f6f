import type { Fix } from "../../check/fixes/fix.ts";
import type { Allowed, Judgement } from "../../check/judge.ts";

/** A finding, and what mends it where that is safe. */
export interface FixableFinding extends Judgement {
  readonly fix?: Fix | undefined;
}

/** What was found in a stack or a Dockerfile. */
export interface CheckResult {
  /** The name of the stack, or the path of the Dockerfile. */
  readonly name: string;
  readonly kind: "stack" | "dockerfile";
  /** How many were judged; absent where there is no stack. */
  readonly services: number | undefined;
  readonly findings: readonly FixableFinding[];
  /** What was found and is accepted. */
  readonly allowed: readonly Allowed[];
}

/** A result as `check --json` tells it. */
export function resultAsJson({ name, kind, findings, allowed }: CheckResult): object {
  const accepted = allowed.map((each) => ({ ...findingAsJson(each), reason: each.reason }));
  return { [kind]: name, issues: findings.map(findingAsJson), allowed: accepted };
}

/** A finding as JSON. */
export function findingAsJson({ rule, severity, path, message, source, hint }: Judgement): object {
  return { rule, severity, path, message, source, hint };
}
