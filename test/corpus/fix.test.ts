import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { fixOf } from "../../src/check/fixes/fix-of.ts";
import { judge } from "../../src/check/judge.ts";
import { subjectOfStack } from "../../src/cli/checked-subject.ts";
import { type FixedFindings, fixFindings } from "../../src/cli/fix-findings.ts";
import { readCompose } from "../../src/load/compose/read-compose.ts";
import { CORPUS, type CorpusEntry, corpusEntries } from "./corpus.ts";
import { composeConfig, firstDifference, isComposeThere } from "./referee.ts";

const entries = corpusEntries("index.tsv");
const skipped = entries.length === 0 ? `there is no corpus in ${CORPUS}` : isComposeThere() ? undefined : "there is no Docker Compose";
if (skipped !== undefined) process.stdout.write(`corpus, --fix: SKIPPED, ${skipped}\n`);

const copies = mkdtempSync(join(tmpdir(), "stackwright-fix-"));
afterAll(() => rmSync(copies, { recursive: true, force: true }));

describe.skipIf(skipped !== undefined)("check --fix over the corpus", () => {
  test("keeps every file loadable and changes nothing but what it names", { timeout: 900_000 }, async () => {
    let changed = 0;
    const rules = new Map<string, number>();
    for (const [index, entry] of entries.entries()) {
      const { texts, applied } = await fixed(entry);
      if (texts.size === 0) continue;
      changed++;
      for (const { rule } of applied) rules.set(rule, (rules.get(rule) ?? 0) + 1);
      const copy = copyOf(entry, join(copies, String(index)), texts);
      const [before, after] = [await composeConfig(entry, true), await composeConfig(copy, true)];
      expect({ path: entry.path, difference: firstDifference(without(before, entry, applied), without(after, copy, applied)) }).toEqual({
        path: entry.path,
        difference: undefined,
      });
      expect({ path: entry.path, again: (await fixed(copy)).applied }).toEqual({ path: entry.path, again: [] });
      rmSync(join(copies, String(index)), { recursive: true, force: true });
    }
    process.stdout.write(`corpus, --fix: ${changed} of ${entries.length} changed: ${JSON.stringify(Object.fromEntries(rules))}\n`);
    expect(changed).toBeGreaterThan(0);
  });
});

async function fixed({ files, folder, envFiles }: CorpusEntry): Promise<FixedFindings> {
  return fixFindings(async (texts) => {
    const options = envFiles.length === 0 ? {} : { envFiles };
    const stack = readCompose(files, { projectDirectory: folder, environment: {}, ...options, root: repositoryOf(folder), texts });
    const subject = subjectOfStack({ stack, file: files[0] ?? "" }, texts);
    const findings = judge(subject).findings.map((finding) => ({ ...finding, fix: fixOf(finding, subject) }));
    return [{ name: stack.name, kind: "stack", services: 0, findings, allowed: [] }];
  });
}

/** The repository of the corpus that a folder lies in, or the copy of it. */
function repositoryOf(folder: string): string {
  const [root, depth] = folder.startsWith(CORPUS) ? [CORPUS, 1] : [copies, 2];
  return join(root, ...relative(root, folder).split("/").slice(0, depth));
}

/** A copy of an entry's repository; it has the same name, from which Compose makes that of the project. */
function copyOf(entry: CorpusEntry, parent: string, texts: ReadonlyMap<string, string>): CorpusEntry {
  const repository = repositoryOf(entry.folder);
  const folder = join(parent, basename(repository));
  cpSync(repository, folder, { recursive: true });
  const moved = (path: string): string => join(folder, relative(repository, path));
  for (const [file, text] of texts) {
    rmSync(moved(file));
    writeFileSync(moved(file), text);
  }
  return { ...entry, files: entry.files.map(moved), folder: moved(entry.folder), envFiles: entry.envFiles.map(moved) };
}

/** What Compose makes of a file, without what was mended, and with the same folder. */
function without(document: object, { folder }: CorpusEntry, applied: FixedFindings["applied"]): unknown {
  const copy = JSON.parse(JSON.stringify(document).replaceAll(repositoryOf(folder), "/repository")) as {
    services?: Record<string, Record<string, Record<string, unknown>>>;
  };
  for (const { path } of applied) {
    const [service = "", attribute = "", key = ""] = path.split(".");
    delete copy.services?.[service]?.[attribute]?.[key];
  }
  return { ...copy, name: "" };
}
