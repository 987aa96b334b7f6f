import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { emitStack, type Layout } from "stackwright";
import { onTestFinished } from "vitest";
import { composeDocument } from "../../src/emit/compose-document.ts";
import type { CheckedStack } from "../../src/model/checked-stack.ts";
import { keptFolder } from "../temporary-folder.ts";
import { plain } from "./plain.ts";
import { FILES } from "./random-stack.ts";

/** How many random stacks there are; `npm run test:deep` asks for more. */
export const RUNS = Number(process.env["STACKWRIGHT_RUNS"] ?? 1000);

/** What they are made from: given again, it makes the same ones. */
export const SEED = Number(process.env["STACKWRIGHT_SEED"] ?? Math.floor(Math.random() * 2 ** 31));

/** A project for random stacks, with the files that they name; removed when the test is over. */
export function randomProject(): Layout {
  const root = keptFolder();
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const layout = { stackFolder: join(root, "stacks/random"), outputFolder: join(root, "generated/random"), root, source: "stack.ts" };
  mkdirSync(layout.outputFolder, { recursive: true });
  for (const file of FILES) {
    mkdirSync(dirname(join(layout.stackFolder, file)), { recursive: true });
    writeFileSync(join(layout.stackFolder, file), "");
  }
  return layout;
}

/** The Compose file that describes a stack, and what stands in it as plain values. */
export interface Emitted {
  readonly text: string;
  readonly document: unknown;
  /** The folder in which its relative paths start. */
  readonly folder: string;
}

/** The Compose file of a stack; the folder of the stack gets it where a path in it begins with a variable. */
export function emitted(checked: CheckedStack, layout: Layout): Emitted {
  const { dependsOnFolder } = composeDocument(checked, layout, layout.outputFolder);
  const folder = dependsOnFolder ? layout.stackFolder : layout.outputFolder;
  const there = { ...layout, outputFolder: folder };
  const text = emitStack(checked, there).find(({ path }) => path === "compose.yaml")?.text ?? "";
  return { text, document: plain(composeDocument(checked, there, folder).document), folder };
}
