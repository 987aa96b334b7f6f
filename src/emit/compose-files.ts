import type { CheckedStack } from "../model/checked-stack.ts";
import { composeDocument } from "./compose-document.ts";
import type { Layout } from "./layout.ts";
import type { Node } from "./node.ts";
import { inclusion } from "./written-files.ts";

const PART = "parts/1-main.yaml";

/**
 * The Compose files of a stack in TypeScript. Where a path begins with a variable, only its value tells whether it is relative,
 * and Compose looks from the folder of the file: such a stack is written as seen from its own folder, and `compose.yaml`
 * includes it with that folder.
 */
export function composeFiles(stack: CheckedStack, layout: Layout): readonly { path: string; document: Node }[] {
  const { document, dependsOnFolder } = composeDocument(stack, layout, layout.outputFolder);
  if (!dependsOnFolder || layout.outputFolder === layout.stackFolder) return [{ path: "compose.yaml", document }];
  const seenFromStack = composeDocument(stack, layout, layout.stackFolder).document;
  const included = new Map<string, Node>([
    ["name", stack.name],
    ["include", [inclusion({ folder: layout.stackFolder, envFiles: [] }, PART, layout)]],
  ]);
  for (const [key, value] of seenFromStack) if (key.startsWith("x-")) included.set(key, value);
  for (const key of included.keys()) if (key !== "include") seenFromStack.delete(key);
  return [
    { path: "compose.yaml", document: included },
    { path: PART, document: seenFromStack },
  ];
}
