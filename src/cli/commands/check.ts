import { dirname, resolve } from "node:path";
import { type RuleSettings, settingsOf } from "../../check/configuration.ts";
import { type Judgement, judge } from "../../check/judge.ts";
import type { Severity } from "../../check/rule.ts";
import { loadConfiguration } from "../../load/load-configuration.ts";
import { type LoadedStack, loadEach, type UnreadStack } from "../../load/load-stack.ts";
import { locateIssue } from "../../load/locate-issues.ts";
import { projectRoot } from "../../load/project.ts";
import { isDockerfilePath, subjectOfDockerfile, subjectOfStack, subjectOfUnread } from "../checked-subject.ts";
import { EXIT } from "../exit-code.ts";
import { imageIssues } from "../image-issues.ts";
import { checkWithPlaces } from "../opened-stack.ts";
import { type CheckResult, resultAsJson } from "../render/check-result.ts";
import type { Console } from "../render/console.ts";
import { findingLines } from "../render/findings.ts";
import { githubAnnotation } from "../render/github.ts";
import { json } from "../render/json.ts";
import { sarif } from "../render/sarif.ts";

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
  /** The version of Stackwright. */
  readonly version: string;
}

export type CheckFormat = "text" | "json" | "sarif" | "github";

/** Checks stacks and Dockerfiles; exits 1 if an error was found, or more warnings than allowed. */
export async function check(console: Console, names: readonly string[], options: CheckOptions): Promise<number> {
  const { quiet, maxWarnings, version, format = options.json === true ? "json" : "text" } = options;
  const results = await resultsOf(names, options);
  for (const line of render(format, quiet === true ? results.map(onlyErrors) : results, version, console)) console.line(line);
  return isFailed(results, maxWarnings) ? EXIT.findings : EXIT.done;
}

function render(format: CheckFormat, results: readonly CheckResult[], version: string, { style, redact }: Console): readonly string[] {
  const findings = results.flatMap((result) => result.findings);
  switch (format) {
    case "json":
      return [json(results.map(resultAsJson), redact)];
    case "sarif":
      return [json(sarif(results, version, process.cwd()), redact)];
    case "github":
      return findings.map(githubAnnotation);
    case "text":
      return [...findingLines(results, style), ...(process.env["GITHUB_ACTIONS"] === "true" ? findings.map(githubAnnotation) : [])];
  }
}

async function resultsOf(names: readonly string[], { cwd, images }: CheckOptions): Promise<readonly CheckResult[]> {
  const dockerfiles = names.filter(isDockerfilePath);
  const stacks = names.filter((name) => !isDockerfilePath(name));
  const settings = settingsByRoot();
  const results: CheckResult[] = [];
  for (const loaded of names.length > 0 && stacks.length === 0 ? [] : await loadEach(stacks, cwd)) {
    results.push(await resultOfStack(loaded, await settings(loaded.root), images === true));
  }
  for (const name of dockerfiles) {
    const file = resolve(cwd, name);
    const { findings, allowed } = judge(subjectOfDockerfile(file), await settings(projectRoot(dirname(file))));
    results.push({ name, kind: "dockerfile", services: undefined, findings: inOrderOfPlace(findings), allowed });
  }
  return results;
}

async function resultOfStack(loaded: LoadedStack | UnreadStack, settings: RuleSettings, images: boolean): Promise<CheckResult> {
  const isRead = "stack" in loaded;
  const subject = isRead ? subjectOfStack(loaded) : subjectOfUnread(loaded);
  const { findings, allowed } = judge(subject, settings);
  const isSound = findings.every(({ severity }) => severity !== "error");
  const inImages = images && isRead && isSound ? (await imageIssues(checkWithPlaces(loaded.stack))).map(missingProgram) : [];
  return {
    name: isRead ? loaded.stack.name : loaded.name,
    kind: "stack",
    services: isRead ? subject.services.size : undefined,
    findings: inOrderOfPlace([...findings, ...inImages].map(locateIssue)),
    allowed: allowed.map(locateIssue),
  };
}

/** The settings of the project with a root folder; each project's configuration is loaded once. */
function settingsByRoot(): (root: string) => Promise<RuleSettings> {
  const known = new Map<string, Promise<RuleSettings>>();
  const load = async (root: string): Promise<RuleSettings> => {
    const loaded = await loadConfiguration(root);
    return loaded === undefined ? new Map() : settingsOf(loaded.configuration, loaded.file);
  };
  return (root) => {
    const settings = known.get(root) ?? load(root);
    known.set(root, settings);
    return settings;
  };
}

/** Findings of one file stand together, from its top to its end. */
function inOrderOfPlace(findings: readonly Judgement[]): readonly Judgement[] {
  const place = ({ source = "" }: Judgement): readonly [string, number, number] => {
    const [, file = source, line = "0", column = "0"] = /^(.*):(\d+):(\d+)$/.exec(source) ?? [];
    return [file, Number(line), Number(column)];
  };
  return findings.toSorted((a, b) => {
    const [one, other] = [place(a), place(b)];
    return one[0] === other[0] ? one[1] - other[1] || one[2] - other[2] : one[0] < other[0] ? -1 : 1;
  });
}

function missingProgram(issue: Awaited<ReturnType<typeof imageIssues>>[number]): Judgement {
  return { ...issue, rule: "probe-refused", severity: "error" };
}

function onlyErrors(result: CheckResult): CheckResult {
  return { ...result, findings: result.findings.filter(({ severity }) => severity === "error") };
}

function isFailed(results: readonly CheckResult[], maxWarnings = Number.POSITIVE_INFINITY): boolean {
  const count = (wanted: Severity): number =>
    results.flatMap(({ findings }) => findings).filter(({ severity }) => severity === wanted).length;
  return count("error") > 0 || count("warning") > maxWarnings;
}
