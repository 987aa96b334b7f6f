import { basename, dirname, relative } from "node:path";
import type { Place } from "../../model/place.ts";
import type { WrittenPart, WrittenValue } from "../../model/written.ts";
import { countBrought } from "./brought.ts";
import { applyExtends, rebaseDocument } from "./extends.ts";
import { changeAllPaths } from "./host-paths.ts";
import { importDefinitions, inclusionsOf } from "./include.ts";
import { mergeDocuments } from "./merge.ts";
import { attempt, nobody, problem } from "./problem.ts";
import { applyResets } from "./reset.ts";
import { documentsOf, type Surroundings } from "./surroundings.ts";
import { isMapping, type Mapping, mapEntries, withEntry } from "./tree.ts";

/** Compose files, merged. */
export interface LoadedFiles {
  /** Everything in one, paths relative to the main folder. */
  readonly document: Mapping;
  /** The same in as many parts as there are surroundings that matter. */
  readonly parts: readonly WrittenPart[];
  /** Whether nothing is missing that could not be read. */
  readonly isWhole: boolean;
}

/** Reads files and lays each over those before it; includes and extended services come along. */
export function loadFiles(files: readonly string[], surroundings: Surroundings): LoadedFiles {
  const { whole, own, parts } = withContexts(mergeFiles(files, surroundings));
  const main = partOf("main", own, surroundings.folder, []);
  // A file may lay something over a definition of an included one: then only the merged whole says what holds.
  const isMixed = parts.some((part) => overlaps(part.document as unknown as Mapping, own));
  return {
    document: whole,
    parts: isMixed ? [partOf("main", whole, surroundings.folder, [])] : [main, ...parts],
    isWhole: surroundings.brought.isWhole,
  };
}

interface Merged {
  whole: Mapping;
  /** Without the parts that stay apart. */
  own: Mapping;
  parts: WrittenPart[];
}

function mergeFiles(files: readonly string[], surroundings: Surroundings, askedFor?: Place): Merged {
  const { tell, brought } = surroundings;
  const merged: Merged = { whole: new Map(), own: new Map(), parts: [] };
  for (const file of files) {
    const documents = attempt(tell, () => documentsOf(file, surroundings, askedFor));
    brought.isWhole &&= documents !== undefined;
    for (const { root, resets } of documents ?? []) {
      if (root === null) continue;
      if (!isMapping(root)) {
        tell(problem("is not a map of attributes (a Compose file begins with services:)", { file, line: 1, column: 1 }));
        brought.isWhole = false;
        continue;
      }
      const document = applyExtends(root, file, resets, surroundings);
      const { whole, own, parts } = withInclusions(document, { ...surroundings, open: [...surroundings.open, file] });
      merged.whole = mergeDocuments(applyResets(merged.whole, resets), whole, tell);
      merged.own = mergeDocuments(applyResets(merged.own, resets), own, nobody);
      merged.parts.push(...parts);
    }
  }
  return merged;
}

function withInclusions(document: Mapping, surroundings: Surroundings): Merged {
  const bare = withEntry(document, "include", undefined);
  const merged: Merged = { whole: bare, own: bare, parts: [] };
  for (const inclusion of inclusionsOf(document, surroundings)) {
    const { folder, open } = inclusion.surroundings;
    countBrought(surroundings.brought, null, open.length, inclusion.place, "include");
    const included = withContexts(mergeFiles(inclusion.files, inclusion.surroundings, inclusion.place));
    countBrought(surroundings.brought, included.whole, open.length, inclusion.place, "include");
    const seenFromHere = (each: Mapping): Mapping => rebaseDocument(each, folder, surroundings);
    merged.whole = importDefinitions(merged.whole, seenFromHere(included.whole), inclusion.place, surroundings.tell);
    merged.parts.push(...included.parts);
    // A later file of variables wins, and the surroundings of the outermost file win over all.
    const envFiles = inclusion.envFiles.length === 0 ? [] : [...inclusion.envFiles, ...surroundings.envFiles];
    const part = partOf(nameOf(inclusion.files[0] ?? "", surroundings.folder), included.own, folder, envFiles);
    if (part.dependsOnFolder) merged.parts.push(part);
    else merged.own = importDefinitions(merged.own, seenFromHere(included.own), inclusion.place, nobody);
  }
  return merged;
}

/** Every build with its folder, which is the file's own where none is given: it must not change with the file's place. */
function withContexts({ whole, own, parts }: Merged): Merged {
  return { whole: withContext(whole), own: withContext(own), parts };
}

function withContext(document: Mapping): Mapping {
  const services = document.get("services");
  if (!isMapping(services)) return document;
  const complete = mapEntries(services, (service) => {
    const build = isMapping(service) ? service.get("build") : undefined;
    return isMapping(service) && isMapping(build) && !build.has("context")
      ? withEntry(service, "build", withEntry(build, "context", "."))
      : service;
  });
  return withEntry(document, "services", complete);
}

function partOf(name: string, document: Mapping, folder: string, envFiles: readonly string[]): WrittenPart {
  let dependsOnFolder = envFiles.length > 0;
  const written = changeAllPaths(document, (found) => {
    dependsOnFolder ||= found.isOpen;
    // The tree is done: from here on it is only written, and paths are no texts any more.
    return found as unknown as string;
  });
  return { name, document: written as unknown as ReadonlyMap<string, WrittenValue>, folder, envFiles, dependsOnFolder };
}

function nameOf(file: string, folder: string): string {
  const way = relative(folder, dirname(file));
  const stem = basename(file).replace(/\.ya?ml$/, "");
  return `${way}-${stem}`.replaceAll(/[^A-Za-z0-9_-]+/g, "-").replace(/^-+/, "");
}

function overlaps(a: Mapping, b: Mapping): boolean {
  return [...a].some(([section, definitions]) => {
    const others = b.get(section) ?? null;
    return isMapping(definitions) && isMapping(others) && [...definitions.keys()].some((name) => others.has(name));
  });
}
