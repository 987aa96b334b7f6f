import { type Issue, StackError } from "../errors.ts";
import { nearName } from "../model/near-name.ts";
import { show } from "../model/schema/object.ts";
import { SEVERITIES, type Severity } from "./rule.ts";
import { RULES, type RuleName } from "./rules.ts";

/** How much a rule matters in a project, or that it does not. */
export type RuleSetting = "off" | Severity | { readonly severity: "off" | Severity };

/** What `stackwright.config.ts` says about a project. */
export interface Configuration {
  /** How much rules matter, by name: `{ "image-unpinned": "off" }`. Default: what each rule says. */
  readonly rules?: { readonly [Name in RuleName]?: RuleSetting };
}

/**
 * A project's configuration, for `export default` in `stackwright.config.ts` at the root of the project.
 *
 * @example export default defineConfig({ rules: { "image-unpinned": "off", "restart-missing": { severity: "error" } } });
 */
export function defineConfig(configuration: Configuration): Configuration {
  return configuration;
}

/** How much rules matter, where it was said. */
export type RuleSettings = ReadonlyMap<string, "off" | Severity>;

/**
 * The settings of a configuration, whoever wrote it.
 *
 * @throws {StackError} `usage` for rules and severities that do not exist, all of them at once.
 */
export function settingsOf(configuration: unknown, file: string): RuleSettings {
  const issueAt = (path: string, message: string): Issue => ({ path, message, source: file });
  const fail = (path: string, message: string): StackError => new StackError("usage", [issueAt(path, message)]);
  if (!isObject(configuration)) throw fail("", `${show(configuration)} is no configuration (write: export default defineConfig({ ... }))`);
  const rules = configuration["rules"] ?? {};
  if (!isObject(rules)) throw fail("rules", `${show(rules)} is not an object (write: rules: { "image-unpinned": "off" })`);
  const strangers = Object.keys(configuration).filter((key) => key !== "rules");
  const wrong = Object.entries(rules).flatMap(([name, setting]): readonly (readonly [string, string])[] => {
    const message = problemOf(name, setting);
    return message === undefined ? [] : [[`rules.${name}`, message]];
  });
  const issues = [...strangers.map((key) => [key, 'is not known here (accepted: "rules")'] as const), ...wrong];
  if (issues.length > 0)
    throw new StackError(
      "usage",
      issues.map(([path, message]) => issueAt(path, message)),
    );
  return new Map(Object.entries(rules).map(([name, setting]) => [name, severityOf(setting) as "off" | Severity]));
}

/** What is wrong with the setting of a rule. */
function problemOf(name: string, setting: unknown): string | undefined {
  const names = RULES.map((rule) => rule.name);
  if (!names.some((each) => each === name)) return `there is no rule "${name}"${didYouMean(name, names)}`;
  const severity = severityOf(setting);
  if (severity === "off" || isSeverity(severity)) return undefined;
  return `${show(setting)} is no severity (accepted: "off", ${SEVERITIES.map((each) => `"${each}"`).join(", ")})`;
}

function severityOf(setting: unknown): unknown {
  return isObject(setting) ? setting["severity"] : setting;
}

/** What was probably meant, as the end of a message; empty where nothing is near. */
export function didYouMean(wrong: string, names: readonly string[]): string {
  const near = nearName(wrong, names);
  return near === undefined ? "" : `; did you mean "${near}"?`;
}

function isSeverity(value: unknown): value is Severity {
  return SEVERITIES.some((each) => each === value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
