import { dirname, resolve } from "node:path";
import type { RuleSettings } from "../../check/configuration.ts";
import { fixOf } from "../../check/fixes/fix-of.ts";
import { inOrderOfPlace } from "../../check/in-order-of-place.ts";
import { type Judgement, judge } from "../../check/judge.ts";
import type { Severity } from "../../check/rule.ts";
import type { Subject } from "../../check/subject.ts";
import { replaceFile } from "../../drive/write-files.ts";
import { type LoadedStack, loadEach, type Texts, type UnreadStack } from "../../load/load-stack.ts";
import { locateIssue } from "../../load/locate-issues.ts";
import { projectRoot } from "../../load/project.ts";
import { isDockerfilePath, subjectOfDockerfile, subjectOfStack, subjectOfUnread } from "../checked-subject.ts";
import { emissionFindings } from "../emission-findings.ts";
import { EXIT } from "../exit-code.ts";
import { type FixedFindings, fixFindings } from "../fix-findings.ts";
import { withLocalImages } from "../local-images.ts";
import { type CheckResult, type FixableFinding, resultAsJson } from "../render/check-result.ts";
import type { Console } from "../render/console.ts";
import { findingLines } from "../render/findings.ts";
import { fixLines, leftLines } from "../render/fix-lines.ts";
import { githubAnnotation, isOnGitHub } from "../render/github.ts";
import { json } from "../render/json.ts";
import { sarif } from "../render/sarif.ts";
import { shownIssue } from "../render/shown-lines.ts";
import { settingsOfProject } from "../settings.ts";

interface CheckOptions {
  readonly cwd: string;
  readonly json?: boolean;
  /** Whether local images are looked into for what the probes need. */
  readonly images?: boolean;
  /** Whether only errors are told. */
  readonly quiet?: boolean;
  /** More warnings than that fail. Default: any number is fine. */
  readonly maxWarnings?: number;
  /** Default: text. */
  readonly format?: CheckFormat;
  /** Whether what can be mended without a doubt is mended, in Compose files and Dockerfiles. */
  readonly fix?: boolean;
  /** Whether it is only shown what that would change. */
  readonly fixDryRun?: boolean;
  /** The version of Stackwright. */
  readonly version: string;
}

export type CheckFormat = "text" | "json" | "sarif" | "github";

/** Checks stacks and Dockerfiles; exits 1 if an error was found, or more warnings than allowed. */
export async function check(console: Console, names: readonly string[], options: CheckOptions): Promise<number> {
  const { quiet, maxWarnings, version, format = options.json === true ? "json" : "text" } = options;
  const { results, applied, texts } = await judged(names, options);
  if (options.fix === true) for (const [file, text] of texts) await replaceFile(file, text);
  const told = (quiet === true ? results.map(onlyErrors) : results).map(withoutSecrets);
  const left = options.fix === true || options.fixDryRun === true ? leftLines(told, console.style) : [];
  // Whoever reads the other formats expects nothing else there.
  for (const line of [...fixLines(applied, options.fix === true ? new Map() : texts, console.style), ...left]) {
    if (format === "text") console.line(line);
    else console.error(line);
  }
  for (const line of render({ format, version, texts }, told, console)) console.line(line);
  return isFailed(results, maxWarnings) ? EXIT.findings : EXIT.done;
}

interface Rendering {
  readonly format: CheckFormat;
  readonly version: string;
  readonly texts: Texts;
}

function render({ format, version, texts }: Rendering, results: readonly CheckResult[], { style, redact }: Console): readonly string[] {
  const findings = results.flatMap((result) => result.findings);
  switch (format) {
    case "json":
      return [json(results.map(resultAsJson), redact)];
    case "sarif":
      return [json(sarif(results, version, process.cwd()), redact)];
    case "github":
      return findings.map(githubAnnotation);
    case "text":
      return [...findingLines(results, style, texts), ...(isOnGitHub() ? findings.map(githubAnnotation) : [])];
  }
}

/** What is found; with `--fix` what is left then. */
async function judged(names: readonly string[], options: CheckOptions): Promise<FixedFindings> {
  if (options.fix !== true && options.fixDryRun !== true)
    return { results: await resultsOf(names, options), applied: [], texts: new Map() };
  return fixFindings((texts) => resultsOf(names, options, texts));
}

async function resultsOf(names: readonly string[], { cwd, images }: CheckOptions, texts?: Texts): Promise<readonly CheckResult[]> {
  const dockerfiles = names.filter(isDockerfilePath);
  const stacks = names.filter((name) => !isDockerfilePath(name));
  const settings = settingsByRoot();
  const results: CheckResult[] = [];
  for (const loaded of names.length > 0 && stacks.length === 0 ? [] : await loadEach(stacks, cwd, texts)) {
    results.push(await resultOfStack(loaded, { settings: await settings(loaded.root), images: images === true, texts }));
  }
  for (const name of dockerfiles) {
    const file = resolve(cwd, name);
    const subject = subjectOfDockerfile(file, texts);
    const { findings, allowed } = judge(subject, await settings(projectRoot(dirname(file))));
    results.push({ name, kind: "dockerfile", services: undefined, findings: inOrderOfPlace(withFixes(findings, subject)), allowed });
  }
  return results;
}

interface Judging {
  readonly settings: RuleSettings;
  readonly images: boolean;
  readonly texts: Texts | undefined;
}

async function resultOfStack(loaded: LoadedStack | UnreadStack, { settings, images, texts }: Judging): Promise<CheckResult> {
  const isRead = "stack" in loaded;
  const subject = isRead ? subjectOfStack(loaded, texts) : subjectOfUnread(loaded);
  const { findings, allowed } = judge(images ? await withLocalImages(subject) : subject, settings);
  const inFiles = isRead ? emissionFindings(loaded, subject, findings) : [];
  return {
    name: isRead ? loaded.stack.name : loaded.name,
    kind: "stack",
    services: isRead ? subject.services.size : undefined,
    findings: inOrderOfPlace([...withFixes(findings, subject), ...inFiles].map(locateIssue)),
    allowed: allowed.map(locateIssue),
  };
}

/** The settings of the project with a root folder; each project's configuration is loaded once. */
function settingsByRoot(): (root: string) => Promise<RuleSettings> {
  const known = new Map<string, Promise<RuleSettings>>();
  return (root) => {
    const settings = known.get(root) ?? settingsOfProject(root);
    known.set(root, settings);
    return settings;
  };
}

function withFixes(findings: readonly Judgement[], subject: Subject): readonly FixableFinding[] {
  return findings.map((finding) => ({ ...finding, fix: fixOf(finding, subject) }));
}

function withoutSecrets(result: CheckResult): CheckResult {
  return { ...result, findings: result.findings.map(shownIssue), allowed: result.allowed.map(shownIssue) };
}

function onlyErrors(result: CheckResult): CheckResult {
  return { ...result, findings: result.findings.filter(({ severity }) => severity === "error") };
}

function isFailed(results: readonly CheckResult[], maxWarnings = Number.POSITIVE_INFINITY): boolean {
  const count = (wanted: Severity): number =>
    results.flatMap(({ findings }) => findings).filter(({ severity }) => severity === wanted).length;
  return count("error") > 0 || count("warning") > maxWarnings;
}
