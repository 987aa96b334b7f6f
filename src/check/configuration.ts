import { StackError } from "../errors.ts";
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
 * @throws {StackError} `usage` for a rule or a severity that does not exist.
 */
export function settingsOf(configuration: unknown, file: string): RuleSettings {
  const fail = (path: string, message: string): StackError => StackError.of("usage", message, { path, source: file });
  if (!isObject(configuration)) throw fail("", `${show(configuration)} is no configuration (write: export default defineConfig({ ... }))`);
  for (const key of Object.keys(configuration)) if (key !== "rules") throw fail(key, 'is not known here (accepted: "rules")');
  const rules = configuration["rules"] ?? {};
  if (!isObject(rules)) throw fail("rules", `${show(rules)} is not an object (write: rules: { "image-unpinned": "off" })`);
  const names = RULES.map(({ name }) => name);
  return new Map(
    Object.entries(rules).map(([name, setting]) => {
      if (!names.some((each) => each === name)) throw fail(`rules.${name}`, `there is no rule "${name}"${didYouMean(name, names)}`);
      const severity = isObject(setting) ? setting["severity"] : setting;
      if (severity === "off" || isSeverity(severity)) return [name, severity] as const;
      throw fail(`rules.${name}`, `${show(setting)} is no severity (accepted: "off", ${SEVERITIES.map((each) => `"${each}"`).join(", ")})`);
    }),
  );
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
