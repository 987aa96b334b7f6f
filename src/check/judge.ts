import type { Finding, Rule, Severity } from "./rule.ts";
import { RULES, type RuleName } from "./rules.ts";
import { type Subject, wasRead } from "./subject.ts";

/** A finding with the rule that made it. */
export interface Judgement extends Finding {
  readonly rule: RuleName;
  readonly severity: Severity;
}

/** What all rules find, in the order of the rules. */
export function judge(subject: Subject): readonly Judgement[] {
  return RULES.flatMap((rule) => findingsOf(rule, subject));
}

/** What makes a stack unsound, in the order of the rules. */
export function unsoundness(subject: Subject): readonly Judgement[] {
  return RULES.filter((rule) => refuses(rule, subject))
    .flatMap((rule) => findingsOf(rule, subject))
    .filter(({ severity }) => severity === "error");
}

function refuses(rule: Rule, subject: Subject): boolean {
  return rule.refuses === "every stack" || (rule.refuses === "typescript" && !wasRead(subject));
}

function findingsOf(rule: Rule<RuleName>, subject: Subject): readonly Judgement[] {
  return rule.judge(subject).map((finding) => ({ ...finding, rule: rule.name, severity: finding.severity ?? rule.severity }));
}
