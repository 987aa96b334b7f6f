import { readFileSync } from "node:fs";
import type { Edit } from "../check/fixes/fix.ts";
import { StackError } from "../errors.ts";
import { editAttribute } from "../load/compose/edit-yaml.ts";
import type { Texts } from "../load/load-stack.ts";
import type { CheckResult, FixableFinding } from "./render/check-result.ts";

/** What was mended, in memory, and what is left. */
export interface FixedFindings {
  readonly results: readonly CheckResult[];
  readonly applied: readonly FixableFinding[];
  /** The files that changed. */
  readonly texts: Texts;
}

/** One fix may make room for the next; no file needs more rounds. */
const MOST_ROUNDS = 10;

/**
 * Mends what can be mended without a doubt, round by round. A fix that leaves its finding where it is, or that leads to a new
 * error, is taken back.
 *
 * @param check judges, with the given texts in the place of files.
 */
export async function fixFindings(check: (texts: Texts) => Promise<readonly CheckResult[]>): Promise<FixedFindings> {
  let state: FixedFindings = { results: await check(new Map()), applied: [], texts: new Map() };
  const refused = new Set<string>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const fixable = state.results.flatMap(({ findings }) => findings).filter((each) => each.fix !== undefined && !refused.has(keyOf(each)));
    if (fixable.length === 0) break;
    const together = await attempt(state, fixable, check);
    if (together !== undefined) {
      state = together;
      continue;
    }
    // One of them did not help; alone, each shows whether it does. After the first that does, the places have moved.
    for (const each of fixable) {
      const alone = await attempt(state, [each], check);
      if (alone !== undefined) {
        state = alone;
        break;
      }
      refused.add(keyOf(each));
    }
  }
  return state;
}

async function attempt(
  before: FixedFindings,
  fixable: readonly FixableFinding[],
  check: (texts: Texts) => Promise<readonly CheckResult[]>,
): Promise<FixedFindings | undefined> {
  const texts = new Map(before.texts);
  for (const [file, edits] of editsByFile(fixable)) {
    const edited = applied(texts.get(file) ?? readFileSync(file, "utf8"), edits);
    if (edited === undefined) return undefined;
    texts.set(file, edited);
  }
  const results = await checkOr(check, texts);
  if (results === undefined || errorsIn(results) > errorsIn(before.results)) return undefined;
  const remaining = countByKey(results);
  const old = countByKey(before.results);
  const mended = countOf(fixable.map(keyOf));
  const helped = [...mended].every(([key, count]) => (remaining.get(key) ?? 0) <= (old.get(key) ?? 0) - count);
  return helped ? { results, applied: [...before.applied, ...fixable], texts } : undefined;
}

/** What is found, or nothing where the texts can't be read any more. */
async function checkOr(
  check: (texts: Texts) => Promise<readonly CheckResult[]>,
  texts: Texts,
): Promise<readonly CheckResult[] | undefined> {
  try {
    return await check(texts);
  } catch (error) {
    if (error instanceof StackError) return undefined;
    throw error;
  }
}

function editsByFile(fixable: readonly FixableFinding[]): ReadonlyMap<string, readonly Edit[]> {
  const edits = fixable.flatMap(({ fix }) => fix?.edits ?? []);
  // Services that share an attribute, by an anchor or `extends`, have it mended once.
  const distinct = new Map(edits.map((edit) => [JSON.stringify(edit), edit]));
  const files = new Map<string, Edit[]>();
  for (const edit of distinct.values()) files.set(edit.file, [...(files.get(edit.file) ?? []), edit]);
  return files;
}

/** The text with edits made; `undefined` where one can't be made, or two are in each other's way. */
function applied(text: string, edits: readonly Edit[]): string | undefined {
  let edited: string | undefined = text;
  let end = Number.POSITIVE_INFINITY;
  // From the end, so that the places before stay true.
  for (const edit of edits.toSorted((a, b) => startOf(text, b) - startOf(text, a))) {
    const start = startOf(text, edit);
    if (edited === undefined || start === end || (edit.kind === "text" && edit.end > end)) return undefined;
    edited =
      edit.kind === "text" ? edited.slice(0, edit.start) + edit.text + edited.slice(edit.end) : editAttribute(edited, edit, edit.value);
    end = start;
  }
  return edited;
}

function startOf(text: string, edit: Edit): number {
  if (edit.kind === "text") return edit.start;
  const lines = text.split("\n").slice(0, edit.line - 1);
  return lines.reduce((sum, line) => sum + line.length + 1, edit.column - 1);
}

function errorsIn(results: readonly CheckResult[]): number {
  return results.flatMap(({ findings }) => findings).filter(({ severity }) => severity === "error").length;
}

function countByKey(results: readonly CheckResult[]): ReadonlyMap<string, number> {
  return countOf(results.flatMap(({ findings }) => findings.map(keyOf)));
}

function countOf(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** What stays the same of a finding when the lines around it move. */
function keyOf({ rule, path, source, message }: FixableFinding): string {
  return JSON.stringify([rule, path, source?.replace(/:\d+:\d+$/, ""), message]);
}
