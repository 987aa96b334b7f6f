import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { checkStack } from "../../../src/check/check-stack.ts";
import { emitStack } from "../../../src/emit/emit-stack.ts";
import { StackError } from "../../../src/errors.ts";
import { type ReadOptions, readCompose } from "../../../src/load/compose/read-compose.ts";
import type { CheckedService, CheckedStack } from "../../../src/model/checked-stack.ts";

/** A folder with files in it, for one test. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "compose-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** The stack of a single Compose file. */
export function accepted(text: string, options: ReadOptions = {}): CheckedStack {
  return acceptedFiles({ "compose.yaml": text }, ["compose.yaml"], options).checked;
}

/** The stack of several files, and what is emitted for it into `out`. */
export function acceptedFiles(files: Readonly<Record<string, string>>, read: readonly string[], options: ReadOptions = {}) {
  const folder = folderWith(files);
  const stack = readCompose(
    read.map((file) => join(folder, file)),
    { environment: {}, name: "test", ...options },
  );
  const checked = checkStack(stack);
  const layout = {
    stackFolder: dirname(join(folder, read[0] ?? "")),
    outputFolder: join(folder, "out"),
    root: folder,
    source: "compose.yaml",
  };
  const emitted = new Map(emitStack(checked, layout).map(({ path, text }) => [path, text.replace(/^(#.*\n)+\n/, "")]));
  return { folder, checked, emitted };
}

/** A service of a stack. */
export function serviceOf(checked: CheckedStack, name: string): CheckedService {
  const service = checked.services.get(name);
  if (service === undefined) throw new Error(`there is no service ${name}`);
  return service;
}

/** The error of reading a file, with the folder taken out of its text. */
export function readError(files: Readonly<Record<string, string | Uint8Array>>, file = "compose.yaml"): StackError {
  const folder = folderWith(files);
  try {
    checkStack(readCompose(join(folder, file), { environment: {}, name: "test" }));
  } catch (error) {
    if (error instanceof StackError) {
      return new StackError(
        error.code,
        error.issues.map((issue) => JSON.parse(JSON.stringify(issue).replaceAll(folder, "DIR"))),
      );
    }
    throw error;
  }
  throw new Error("nothing was wrong");
}
