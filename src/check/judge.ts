import { camelCase } from "../model/attribute-name.ts";
import { type Allowance, allowancesOf } from "./allowances.ts";
import { didYouMean, type RuleSettings } from "./configuration.ts";
import { once } from "./once.ts";
import { type Finding, type Rule, SEVERITIES, type Severity } from "./rule.ts";
import { UNUSED_ALLOWANCE } from "./rules/unused-allowance.ts";
import { RULES, type RuleName } from "./rules.ts";
import { type Subject, wasRead } from "./subject.ts";

/** A finding with the rule that made it. */
export interface Judgement extends Finding {
  readonly rule: RuleName;
  readonly severity: Severity;
}

/** A finding that somebody accepted, and why. */
export interface Allowed extends Judgement {
  readonly reason: string;
}

/** What all rules find. */
export interface Verdict {
  /** In the order of the rules. */
  readonly findings: readonly Judgement[];
  readonly allowed: readonly Allowed[];
}

/** Judges a subject by all rules, each as much as the project wants it to matter, without what is allowed with a reason. */
export function judge(subject: Subject, settings: RuleSettings = new Map()): Verdict {
  const allowances = allowancesOf(subject);
  const used = new Set<Allowance>();
  const { findings, allowed } = judgeBy(RULES, { subject, settings, allowances, used });
  return { findings: [...findings, ...unused(allowances, used, settings)], allowed };
}

/** What is told of a stack wherever its files are written, without what is allowed with a reason. */
export function remarks(subject: Subject, settings: RuleSettings = new Map()): readonly Judgement[] {
  const told = RULES.filter((rule: Rule) => rule.told === "where files are written");
  return judgeBy(told, { subject, settings, allowances: allowancesOf(subject), used: new Set() }).findings;
}

interface Judging {
  readonly subject: Subject;
  readonly settings: RuleSettings;
  readonly allowances: readonly Allowance[];
  /** Gets the allowances that allow something. */
  readonly used: Set<Allowance>;
}

function judgeBy(rules: readonly Rule<RuleName>[], { subject, settings, allowances, used }: Judging): Verdict {
  const findings: Judgement[] = [];
  const allowed: Allowed[] = [];
  for (const rule of rules) {
    const isRefusing = refuses(rule, subject);
    // What makes a stack unsound is refused by every command: nothing can be said against it.
    for (const finding of findingsOf(rule, subject, isRefusing ? undefined : settings.get(rule.name))) {
      const allowance = isRefusing && finding.severity === "error" ? undefined : allowanceFor(finding, allowances);
      if (allowance?.reason === undefined) findings.push(finding);
      else {
        used.add(allowance);
        allowed.push({ ...finding, reason: allowance.reason });
      }
    }
  }
  return { findings, allowed };
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

function findingsOf(rule: Rule<RuleName>, subject: Subject, setting: "off" | Severity = rule.severity): readonly Judgement[] {
  if (setting === "off") return [];
  // What refuses a stack in TypeScript does so whatever it matters in a file that Compose launches as it is.
  const isError = rule.refuses === "typescript" && !wasRead(subject);
  return rule
    .judge(subject)
    .filter((finding) => !isFollowUp(finding, subject))
    .map((finding) => ({ ...finding, rule: rule.name, severity: isError ? "error" : lesser(setting, finding.severity) }));
}

/** What is found at an attribute that has no right form follows from that, and the form is told already. */
function isFollowUp({ path, message }: Finding, subject: Subject): boolean {
  if (subject.unknown.size === 0 || toldOf(subject).has(`${path} ${message}`)) return false;
  return [...subject.unknown].some(([service, attributes]) => {
    if (!path.startsWith(`${service}.`)) return false;
    const [attribute = ""] = path.slice(service.length + 1).split(".");
    return attributes.has(attribute) || attributes.has(camelCase(attribute));
  });
}

const toldOf = once(({ malformed }: Subject) => new Set(malformed.map(({ path, message }) => `${path} ${message}`)));

/** A finding that is less certain than its rule stays so, whatever a project wants of the rule. */
function lesser(setting: Severity, own: Severity = setting): Severity {
  return SEVERITIES.indexOf(own) > SEVERITIES.indexOf(setting) ? own : setting;
}

function allowanceFor(finding: Judgement, allowances: readonly Allowance[]): Allowance | undefined {
  return allowances.find(({ rule, reason, covers }) => rule === finding.rule && reason !== undefined && covers(finding));
}

/** Allowances that allow nothing: without a reason, of no rule, or of nothing that is found. */
function unused(allowances: readonly Allowance[], used: ReadonlySet<Allowance>, settings: RuleSettings): readonly Judgement[] {
  const setting = settings.get(UNUSED_ALLOWANCE.name) ?? UNUSED_ALLOWANCE.severity;
  if (setting === "off") return [];
  const names = RULES.map(({ name }) => name);
  return allowances
    .filter((allowance) => !used.has(allowance))
    .map(({ rule, reason, at }) => {
      const isKnown = names.some((name) => name === rule);
      const message = !isKnown
        ? `there is no rule "${rule}"${didYouMean(rule, names)}`
        : reason === undefined
          ? `"${rule}" is allowed without a reason, and so it is not`
          : `"${rule}" is allowed, and nothing of it is found here`;
      return { ...at, message, rule: UNUSED_ALLOWANCE.name, severity: setting };
    });
}
