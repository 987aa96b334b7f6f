import { resolve } from "node:path";
import type { Judgement } from "../../check/judge.ts";
import { compareFiles, type FileChange, writeFiles } from "../../drive/write-files.ts";
import { StackError } from "../../errors.ts";
import { loadStacks } from "../../load/load-stack.ts";
import { EXIT } from "../exit-code.ts";
import { type OpenedStack, opened } from "../opened-stack.ts";
import { findingAsJson } from "../render/check-result.ts";
import { type Console, shown } from "../render/console.ts";
import { differingLines } from "../render/difference.ts";
import { remarkLines } from "../render/findings.ts";
import { remarksOn } from "../tell-remarks.ts";

interface GenerateOptions {
  readonly cwd: string;
  readonly json?: boolean;
  readonly check?: boolean;
  readonly out?: string;
  readonly force?: boolean;
}

/** Writes the files of the stacks, or with `check` says whether they have drifted. */
export async function generate(console: Console, names: readonly string[], options: GenerateOptions): Promise<number> {
  const { cwd, check = false, force = false } = options;
  const loaded = await loadStacks(names, cwd);
  const out = options.out === undefined ? undefined : resolve(cwd, options.out);
  // All stacks are checked before the first file is written.
  const stacks = loaded.map((each) => opened(each, { out }));
  refuseTwins(stacks);
  const changes: FileChange[] = [];
  for (const { files, layout } of stacks) {
    changes.push(...(check ? await compareFiles(layout.outputFolder, files) : await writeFiles(layout, files, { force })));
  }
  const told: Judgement[] = [];
  for (const each of stacks) told.push(...(await remarksOn(each)));
  const drifted = check && changes.some(({ change }) => change !== "unchanged");
  if (options.json === true) {
    const files = changes.map(({ path, change }) => ({ path, change }));
    console.line(JSON.stringify({ drifted, files, issues: told.map(findingAsJson) }));
  } else {
    for (const line of remarkLines(told, console.style)) console.error(line);
    for (const change of changes) print(console, change, check);
  }
  return drifted ? EXIT.findings : EXIT.done;
}

function refuseTwins(stacks: readonly OpenedStack[]): void {
  const sources = new Map<string, string>();
  for (const { layout, checked } of stacks) {
    const other = sources.get(layout.outputFolder);
    if (other !== undefined)
      throw StackError.of("invalid-stack", `${other} and ${layout.source} both define a stack "${checked.name}"`, {
        source: layout.source,
      });
    sources.set(layout.outputFolder, layout.source);
  }
}

const DRIFT: Readonly<Record<FileChange["change"], string>> = {
  created: "missing",
  updated: "drifted",
  removed: "left over",
  unchanged: "up to date",
};

function print(console: Console, { path, change, before, after }: FileChange, check: boolean): void {
  if (!check || change === "unchanged") {
    console.line(`${check ? DRIFT[change] : change}  ${shown(path)}`);
    return;
  }
  console.line(console.style.red(`${DRIFT[change]}  ${shown(path)}`));
  for (const line of differingLines(before ?? "", after)) console.line(`    ${line}`);
}
