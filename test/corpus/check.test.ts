import { describe, expect, test } from "vitest";
import { type Judgement, judge } from "../../src/check/judge.ts";
import { RULES } from "../../src/check/rules.ts";
import { subjectOfStack } from "../../src/cli/checked-subject.ts";
import { StackError } from "../../src/errors.ts";
import { CORPUS, type CorpusEntry, corpusEntries, readEntry } from "./corpus.ts";

const entries = [...corpusEntries("index.tsv"), ...corpusEntries("index-invalid.tsv")];
if (entries.length === 0) process.stdout.write(`corpus, check: SKIPPED, there is no corpus in ${CORPUS}\n`);

describe.skipIf(entries.length === 0)("check, over the corpus", () => {
  test("every file is judged without a crash, and every finding has a place", { timeout: 600_000 }, () => {
    const judged = entries.map(judgementsOf);
    const findings = judged.flatMap((each) => each ?? []);
    print(judged.filter((each) => each !== undefined).length, findings);
    expect(findings.filter(({ source }) => !/\.ya?ml:\d+:\d+$|ockerfile[^:]*:\d+:\d+$/.test(source ?? ""))).toEqual([]);
  });
});

/** `undefined` for a file that can't be read as a Compose file, which the tests of reading are about. */
function judgementsOf(entry: CorpusEntry): readonly Judgement[] | undefined {
  try {
    const file = entry.files[0] ?? "";
    return judge(subjectOfStack({ stack: readEntry(entry), file })).findings;
  } catch (error) {
    if (error instanceof StackError) return undefined;
    throw new Error(`${entry.path}: ${String(error)}`, { cause: error });
  }
}

/** How often each rule finds something. Files that are parts of one project are judged once each. */
function print(files: number, findings: readonly Judgement[]): void {
  process.stdout.write(`corpus, check: ${files} files, ${findings.length} findings\n`);
  for (const { name } of RULES) {
    const own = findings.filter(({ rule }) => rule === name);
    const places = new Set(own.map(({ source }) => source));
    if (own.length === 0) continue;
    const severities = ["error", "warning", "info"].map((each) => own.filter(({ severity }) => severity === each).length);
    process.stdout.write(`  ${name.padEnd(36)} ${severities.join(" / ").padStart(16)}  at ${places.size} places\n`);
  }
}
