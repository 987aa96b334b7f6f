import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Judgement, judge } from "../../src/check/judge.ts";
import { RULES } from "../../src/check/rules.ts";
import type { Subject } from "../../src/check/subject.ts";
import { subjectOfStack, subjectOfUnread } from "../../src/cli/checked-subject.ts";
import { StackError } from "../../src/errors.ts";
import { CORPUS, type CorpusEntry, corpusEntries, grouped, readEntry } from "./corpus.ts";

const all = [...corpusEntries("index.tsv"), ...corpusEntries("index-invalid.tsv")];
const entries = [...grouped(all).values()].flatMap(([first]) => first ?? []);
if (entries.length === 0) process.stdout.write(`corpus, check: SKIPPED, there is no corpus in ${CORPUS}\n`);

describe.skipIf(entries.length === 0)("check, over the corpus", () => {
  test("every file is judged without a crash, and every finding has a place", { timeout: 600_000 }, () => {
    const judged = entries.map(judgementsOf);
    const findings = judged.flat();
    print(judged.length, findings);
    expect(findings.filter(({ source }) => !/\.ya?ml:\d+:\d+$|ockerfile[^:]*:\d+:\d+$/.test(source ?? ""))).toEqual([]);
  });
});

function judgementsOf(entry: CorpusEntry): readonly Judgement[] {
  return judge(subjectOf(entry)).findings;
}

function subjectOf(entry: CorpusEntry): Subject {
  const [file = ""] = entry.files;
  // Paths begin in the folder of the project, which need not be that of its first file.
  try {
    return subjectOfStack({ stack: readEntry(entry), file: join(entry.folder, "compose.yaml") });
  } catch (error) {
    if (error instanceof StackError) return subjectOfUnread({ name: file, root: "", error });
    throw new Error(`${entry.path}: ${String(error)}`, { cause: error });
  }
}

/** How often each rule finds something. */
function print(files: number, findings: readonly Judgement[]): void {
  process.stdout.write(`corpus, check: ${all.length} files of ${files} projects, ${findings.length} findings\n`);
  for (const { name } of RULES) {
    const own = findings.filter(({ rule }) => rule === name);
    const places = new Set(own.map(({ source }) => source));
    if (own.length === 0) continue;
    const severities = ["error", "warning", "info"].map((each) => own.filter(({ severity }) => severity === each).length);
    process.stdout.write(`  ${name.padEnd(36)} ${severities.join(" / ").padStart(16)}  at ${places.size} places\n`);
  }
}
