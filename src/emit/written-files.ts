import { devNull } from "node:os";
import { relative } from "node:path";
import { isWrittenPath, type WrittenCompose, type WrittenMap, type WrittenPart, type WrittenValue } from "../model/written.ts";
import { type Layout, rebaseText } from "./layout.ts";
import type { Node } from "./node.ts";

/**
 * The Compose files of a stack that was read in, form for form, each with its path in the output folder.
 * A part whose meaning depends on where it is read stays a file of its own, which `compose.yaml` includes with
 * the folder and the variables of the original.
 */
export function writtenFiles(name: string, { parts }: WrittenCompose, layout: Layout): readonly { path: string; document: Node }[] {
  const [main] = parts;
  const apart = parts.filter((part) => part.dependsOnFolder).map((part, index) => ({ part, path: `parts/${index + 1}-${part.name}.yaml` }));
  const inline = main === undefined || main.dependsOnFolder ? new Map<string, WrittenValue>() : main.document;
  const document = new Map<string, Node>([["name", name]]);
  if (apart.length > 0)
    document.set(
      "include",
      apart.map(({ part, path }) => inclusion(part, path, layout)),
    );
  for (const [key, value] of [...settingsOf(main), ...inline])
    if (!OWN.has(key))
      document.set(
        key,
        toNode(value, (path) => rebaseText(path, { ...layout, stackFolder: main?.folder ?? layout.stackFolder })),
      );
  const written = main?.document.get("name");
  if (written !== undefined)
    document.set(
      "name",
      toNode(written, (path) => path),
    );
  return [{ path: "compose.yaml", document }, ...apart.map(({ part, path }) => ({ path, document: definitionsOf(part) }))];
}

// A name is given once, and the attribute `version` says nothing to Compose.
const OWN = new Set(["name", "version"]);

const DEFINITIONS = new Set(["services", "networks", "volumes", "secrets", "configs", "models"]);

/** Extensions of the file as a whole: an included file would lose them. */
function settingsOf(part: WrittenPart | undefined): readonly (readonly [string, WrittenValue])[] {
  return [...(part?.document ?? [])].filter(([key]) => !DEFINITIONS.has(key));
}

function definitionsOf({ document }: WrittenPart): Node {
  return toNode(new Map([...document].filter(([key]) => DEFINITIONS.has(key))), (path) => path);
}

/** How `compose.yaml` takes in a file beside it that has to be read from another folder, with that folder's variables. */
export function inclusion({ folder, envFiles }: Pick<WrittenPart, "folder" | "envFiles">, path: string, layout: Layout): Node {
  const at = (place: string): string => (place === devNull ? place : rebaseText(relative(layout.stackFolder, place), layout));
  const variables: [string, Node][] = envFiles.length > 0 ? [["env_file", envFiles.map(at)]] : [];
  return new Map<string, Node>([["path", `./${path}`], ["project_directory", at(folder)], ...variables]);
}

function toNode(value: WrittenValue, rebase: (path: string) => string): Node {
  if (isWrittenPath(value)) return `${value.before}${rebase(value.path)}${value.after}`;
  if (Array.isArray(value)) return value.map((each: WrittenValue) => toNode(each, rebase));
  if (value instanceof Map) return new Map([...(value as WrittenMap)].map(([key, each]) => [key, toNode(each, rebase)]));
  return value as Node;
}
