import type { Allowed, Judgement } from "../../check/judge.ts";

/** What was found in a stack or a Dockerfile. */
export interface CheckResult {
  /** The name of the stack, or the path of the Dockerfile. */
  readonly name: string;
  readonly kind: "stack" | "dockerfile";
  /** How many were judged; absent where there is no stack. */
  readonly services: number | undefined;
  readonly findings: readonly Judgement[];
  /** What was found and is accepted. */
  readonly allowed: readonly Allowed[];
}

/** A result as `check --json` tells it. */
export function resultAsJson({ name, kind, findings, allowed }: CheckResult): object {
  const plain = ({ rule, severity, path, message, source, hint }: Judgement): object => ({ rule, severity, path, message, source, hint });
  return { [kind]: name, issues: findings.map(plain), allowed: allowed.map((each) => ({ ...plain(each), reason: each.reason })) };
}
