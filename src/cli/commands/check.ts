import { resolve } from "node:path";
import { type Judgement, judge } from "../../check/judge.ts";
import type { Severity } from "../../check/rule.ts";
import type { Subject } from "../../check/subject.ts";
import { loadStacks } from "../../load/load-stack.ts";
import { locateIssue } from "../../load/locate-issues.ts";
import { isDockerfilePath, subjectOfDockerfile, subjectOfStack } from "../checked-subject.ts";
import { EXIT } from "../exit-code.ts";
import { imageIssues } from "../image-issues.ts";
import { checkWithPlaces } from "../opened-stack.ts";
import type { Console } from "../render/console.ts";
import { findingLines } from "../render/findings.ts";

interface CheckOptions {
  readonly cwd: string;
  readonly json?: boolean;
  /** Whether local images are looked into for what the probes need. */
  readonly images?: boolean;
  /** Whether only errors are told. */
  readonly quiet?: boolean;
  /** More warnings than that fail. Default: any number is fine. */
  readonly maxWarnings?: number;
}

/** What was found in a stack or a Dockerfile. */
export interface CheckResult {
  /** The name of the stack, or the path of the Dockerfile. */
  readonly name: string;
  readonly kind: "stack" | "dockerfile";
  readonly services: number;
  readonly findings: readonly Judgement[];
}

/** Checks stacks and Dockerfiles; exits 1 if an error was found, or more warnings than allowed. */
export async function check(console: Console, names: readonly string[], options: CheckOptions): Promise<number> {
  const results = await resultsOf(names, options);
  const told = options.quiet === true ? results.map(onlyErrors) : results;
  if (options.json === true) console.line(JSON.stringify(told.map(asJson)));
  else for (const line of findingLines(told, console.style)) console.line(line);
  return isFailed(results, options.maxWarnings) ? EXIT.findings : EXIT.done;
}

async function resultsOf(names: readonly string[], { cwd, images }: CheckOptions): Promise<readonly CheckResult[]> {
  const dockerfiles = names.filter(isDockerfilePath);
  const stacks = names.filter((name) => !isDockerfilePath(name));
  const results: CheckResult[] = [];
  for (const loaded of names.length > 0 && stacks.length === 0 ? [] : await loadStacks(stacks, cwd)) {
    const subject = subjectOfStack(loaded);
    const found = judged(subject);
    const isSound = found.every(({ severity }) => severity !== "error");
    const inImages = images === true && isSound ? (await imageIssues(checkWithPlaces(loaded.stack))).map(missingProgram) : [];
    results.push({ name: loaded.stack.name, kind: "stack", services: subject.services.size, findings: [...found, ...inImages] });
  }
  for (const name of dockerfiles) {
    results.push({ name, kind: "dockerfile", services: 0, findings: judged(subjectOfDockerfile(resolve(cwd, name))) });
  }
  return results;
}

function judged(subject: Subject): readonly Judgement[] {
  return inOrderOfPlace(judge(subject).map(locateIssue));
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

function asJson({ name, kind, findings }: CheckResult): object {
  const issues = findings.map(({ rule, severity, path, message, source, hint }) => ({ rule, severity, path, message, source, hint }));
  return { [kind]: name, issues };
}
