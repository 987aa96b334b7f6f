import { existsSync, readFileSync } from "node:fs";
import type { Judgement } from "../../check/judge.ts";
import type { Rule, Severity } from "../../check/rule.ts";
import { RULES } from "../../check/rules.ts";
import type { Texts } from "../../load/load-stack.ts";
import { placeOfText } from "../../model/place.ts";
import type { CheckResult } from "./check-result.ts";
import { type Style, shown } from "./console.ts";
import { CONCEALED, shownLines } from "./shown-lines.ts";

/**
 * What was found, for people: each with its line of the source, and why it matters the first time that it is found.
 *
 * @param texts texts that hold instead of what is on disk.
 */
export function findingLines(results: readonly CheckResult[], style: Style, texts: Texts = new Map()): readonly string[] {
  const explained = new Set<string>();
  return results.flatMap((result) => {
    const lines = result.findings.flatMap((finding) => {
      const isNew = !explained.has(finding.rule);
      explained.add(finding.rule);
      return [...oneFinding(finding, isNew, style, texts), ""];
    });
    return [...lines, closing(result, style)];
  });
}

/** What is remarked beside the output of a command: a line each, and where to read on. */
export function remarkLines(findings: readonly Judgement[], style: Style): readonly string[] {
  const fixes = [...new Set(findings.map(({ rule }) => rule))].flatMap((rule) => {
    const known = ruleOf(rule);
    return known === undefined ? [] : [style.dim(`      ${known.fix} (docs/rules.md#${rule})`)];
  });
  return [...findings.map((finding) => headline(finding, style)), ...fixes];
}

function oneFinding(finding: Judgement, isNew: boolean, style: Style, texts: Texts): readonly string[] {
  const { source, rule } = finding;
  return [
    headline(finding, style),
    ...frame(source, style, texts),
    ...(isNew ? why(rule) : []),
    ...fix(finding, isNew),
    ...(isNew ? [style.dim(`       docs/rules.md#${rule}`)] : []),
  ];
}

function headline({ severity, path, message, source, rule }: Judgement, style: Style): string {
  const place = [source === undefined ? "" : shown(source), path].filter((part) => part !== "").join("  ");
  return `${inColour(severity, style)}  ${place === "" ? "" : `${place}  `}${message}  ${style.dim(rule)}`;
}

function why(name: string): readonly string[] {
  const rule = ruleOf(name);
  return rule === undefined ? [] : [`  why  ${rule.why}`];
}

// What mends this very finding stands in the place of what mends its kind.
function fix({ rule, hint }: Judgement, isNew: boolean): readonly string[] {
  const mended = hint ?? (isNew ? ruleOf(rule)?.fix : undefined);
  return mended === undefined ? [] : [`  fix  ${mended}`];
}

function ruleOf(name: string): Rule | undefined {
  return RULES.find((each) => each.name === name);
}

/** The line of the source with the one before it, and a caret below the place; nothing where the line holds a secret. */
function frame(source: string | undefined, { dim, red }: Style, texts: Texts): readonly string[] {
  const place = placeOfText(source);
  if (place === undefined || !existsSync(place.file)) return [];
  const { file, line, column } = place;
  const lines = shownLines(texts.get(file) ?? readFileSync(file, "utf8"));
  if (lines[line - 1] === CONCEALED) return [];
  const width = String(line).length;
  const numbered = (number: number): readonly string[] =>
    lines[number - 1] === undefined ? [] : [`  ${dim(`${String(number).padStart(width)} |`)} ${lines[number - 1]?.slice(0, 160)}`];
  // A tab is one column, and stays one above the caret.
  const indent = (lines[line - 1] ?? "").slice(0, column - 1).replaceAll(/[^\t]/g, " ");
  return [...numbered(line - 1), ...numbered(line), `  ${" ".repeat(width)} ${dim("|")} ${indent}${red("^")}`];
}

function closing({ name, services, findings, allowed }: CheckResult, style: Style): string {
  const what = services === undefined ? name : `${name}: ${count(services, "service")}`;
  const counts = (["error", "warning", "info"] as const).flatMap((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [severity === "info" ? `${number} of advice` : count(number, severity)];
  });
  const mark = findings.some(({ severity }) => severity === "error") ? style.red("✗") : style.green("✓");
  const accepted = allowed.length === 0 ? "" : ` (${allowed.length} allowed)`;
  return `${mark} ${what}, ${counts.length === 0 ? "nothing found" : counts.join(", ")}${accepted}`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

function inColour(severity: Severity, { red, yellow, blue }: Style): string {
  return { error: red, warning: yellow, info: blue }[severity](severity);
}
