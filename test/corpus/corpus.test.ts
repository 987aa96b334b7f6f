import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { checkStack } from "../../src/check/check-stack.ts";
import { emitStack } from "../../src/emit/emit-stack.ts";
import { StackError } from "../../src/errors.ts";
import type { Stack } from "../../src/model/stack.ts";
import { CORPUS, type CorpusEntry, corpusEntries, grouped, readEntry } from "./corpus.ts";
import { composeConfig, firstDifference, isComposeThere } from "./referee.ts";

const valid = corpusEntries("index.tsv");
const invalid = corpusEntries("index-invalid.tsv");
const skipped = valid.length === 0 ? `there is no corpus in ${CORPUS}` : isComposeThere() ? undefined : "there is no Docker Compose";
if (skipped !== undefined) process.stdout.write(`corpus: SKIPPED, ${skipped}\n`);

const output = mkdtempSync(join(tmpdir(), "stackwright-corpus-"));
afterAll(() => rmSync(output, { recursive: true, force: true }));

describe.skipIf(skipped !== undefined)("the corpus", () => {
  test("every valid entry becomes a file that means the same to Docker Compose, form for form", { timeout: 600_000 }, async () => {
    await expectSame("as written", (stack) => stack, [true, false], valid);
  });

  test("and so does the file that is emitted from the model alone", { timeout: 600_000 }, async () => {
    // Where a variable decides whether a path is relative, only the file as written can say so.
    const judged = valid.filter((entry) => readEntry(entry).written?.parts.every((part) => !part.dependsOnFolder));
    await expectSame("from the model", ({ written, ...stack }) => stack, [true], judged, INEXACT);
  });

  test("every invalid entry has an error with its file and line, or is newer than the referee", () => {
    const silent = invalid
      .filter(({ error }) => !error.includes("'pre_start' not allowed"))
      .filter((entry) => !/\.ya?ml:\d+:\d+/.test(errorOf(entry)));
    expect(silent.map(({ path }) => path)).toEqual([]);
    const newer = invalid.filter(({ error }) => error.includes("'pre_start' not allowed"));
    expect(newer.map(errorOf)).toEqual(newer.map(() => ""));
  });
});

/** What the model can't say, as the differences that it makes. */
const INEXACT: readonly (readonly [difference: RegExp, reason: string])[] = [
  [/^\.services\.\w+\.depends_on\./, "a service that is named by a variable"],
  [/^\.services\.[\w-]+\.labels\..*\$\$\{/, "labels with variables in their keys"],
];

type Outcome = { readonly path: string; readonly difference: string | undefined };

async function expectSame(
  title: string,
  change: (stack: Stack) => Stack,
  modes: readonly boolean[],
  entries: readonly CorpusEntry[],
  accepted: typeof INEXACT = [],
): Promise<void> {
  const waiting = [...[...grouped(entries).values()].entries()];
  const outcomes: Outcome[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, group] = next;
      const [first] = group;
      if (first === undefined) continue;
      const difference = await differenceOf(first, join(output, title.replaceAll(" ", "-"), String(index)), change, modes);
      outcomes.push(...group.map(({ path }) => ({ path, difference })));
    }
  };
  await Promise.all([work(), work()]);
  const differing = outcomes.filter(({ difference }) => difference !== undefined);
  for (const { path, difference } of differing) process.stdout.write(`corpus, ${title}: ${path} differs: ${difference}\n`);
  process.stdout.write(`corpus, ${title}: ${outcomes.length - differing.length} of ${outcomes.length} are the same\n`);
  expect(differing.filter(({ difference = "" }) => !accepted.some(([pattern]) => pattern.test(difference)))).toEqual([]);
}

async function differenceOf(
  entry: CorpusEntry,
  folder: string,
  change: (stack: Stack) => Stack,
  modes: readonly boolean[],
): Promise<string | undefined> {
  try {
    write(folder, change(readEntry(entry)), entry);
  } catch (error) {
    return String(error);
  }
  for (const interpolate of modes) {
    const original = await composeConfig(entry, interpolate);
    const copy = await composeConfig(
      { ...entry, files: [join(folder, "compose.yaml")], folder: undefined, envFiles: envFilesOf(entry) },
      interpolate,
    );
    // Where a name is a variable, Compose refuses the original without interpolation: there is no document then.
    if (!interpolate && "error" in original) continue;
    const difference = firstDifference(original, copy);
    if (difference !== undefined)
      return `${interpolate ? "" : "(without interpolation) "}${difference}${"error" in copy ? `: ${copy.error}` : ""}`;
  }
  return undefined;
}

/** The variables beside the original belong to the copy as well: the command line gives them the same way. */
function envFilesOf({ envFiles, folder }: CorpusEntry): readonly string[] {
  const dotEnv = join(folder, ".env");
  return envFiles.length === 0 && existsSync(dotEnv) ? [dotEnv] : envFiles;
}

function write(folder: string, stack: Stack, entry: CorpusEntry): void {
  const layout = { stackFolder: entry.folder, outputFolder: folder, root: entry.folder, source: entry.path };
  for (const { path, text } of emitStack(checkStack(stack), layout)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function errorOf(entry: CorpusEntry): string {
  try {
    checkStack(readEntry(entry));
    return "";
  } catch (error) {
    if (error instanceof StackError) return error.message;
    throw error;
  }
}
