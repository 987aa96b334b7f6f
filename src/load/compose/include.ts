import type { Place } from "../../model/place.ts";
import { attempt, problem, type Tell } from "./problem.ts";
import { dotEnvOf, folderOf, locate, type Surroundings, substituted, withEnvFiles } from "./surroundings.ts";
import { isMapping, type Mapping, placeIn, setPlace, type Value } from "./tree.ts";

/** Files that another one includes as a whole, and how they are read. */
export interface Inclusion {
  /** The file, and those merged over it; absolute. */
  readonly files: readonly string[];
  /** Files of variables for these files alone; absolute. */
  readonly envFiles: readonly string[];
  readonly surroundings: Surroundings;
  readonly place: Place | undefined;
}

/**
 * What the `include` of a document asks for; each entry is read when its turn comes, as there may be no end of them.
 *
 * @see https://docs.docker.com/reference/compose-file/include/
 */
export function* inclusionsOf(document: Mapping, surroundings: Surroundings): Generator<Inclusion> {
  const list = document.get("include") ?? [];
  const place = placeIn(document, "include");
  const { tell, brought } = surroundings;
  if (!Array.isArray(list)) {
    tell(problem("is not a list (write include: [PATH])", place, { path: "include" }));
    brought.isWhole = false;
    return;
  }
  for (const [index, entry] of list.entries()) {
    const inclusion = attempt(tell, () => readEntry(entry, placeIn(list, index) ?? place, surroundings));
    brought.isWhole &&= inclusion !== undefined;
    if (inclusion !== undefined) yield inclusion;
  }
}

function readEntry(entry: Value, place: Place | undefined, surroundings: Surroundings): Inclusion {
  const texts = (value: Value | undefined): string[] =>
    (Array.isArray(value) ? value : [value ?? null])
      .filter((each) => typeof each === "string")
      .map((each) => substituted(each, surroundings, place));
  const settings: Mapping = isMapping(entry) ? entry : new Map([["path", entry]]);
  const files = texts(settings.get("path")).map((path) => locate(path, surroundings, place));
  const [main] = files;
  if (main === undefined) throw problem("names no file (write include: [PATH] or { path: PATH })", place, { path: "include" });
  if (surroundings.open.includes(main)) {
    throw problem(`these files include each other and never end: ${[...surroundings.open, main].join(" -> ")}`, place, {
      path: "include",
      kind: "reference",
    });
  }
  const [directory] = texts(settings.get("project_directory"));
  const folder = directory === undefined ? folderOf(main) : locate(directory, surroundings, place);
  const named = texts(settings.get("env_file")).map((path) => locate(path, surroundings, place));
  const envFiles = named.length > 0 ? named : folder === surroundings.folder ? [] : dotEnvOf(folder);
  const variables = withEnvFiles(surroundings.variables, envFiles, place);
  return { files, envFiles, place, surroundings: { ...surroundings, folder, variables } };
}

const SECTIONS = ["services", "volumes", "networks", "secrets", "configs", "models"];

/** A document with the definitions of an included one; two of the same name must be equal. */
export function importDefinitions(document: Mapping, included: Mapping, place: Place | undefined, tell: Tell): Mapping {
  const result: Mapping = new Map(document);
  for (const key of document.keys()) setPlace(result, key, placeIn(document, key));
  for (const section of SECTIONS) {
    const from = included.get(section);
    const to = document.get(section) ?? null;
    if (!isMapping(from)) continue;
    const both: Mapping = new Map(isMapping(to) ? to : []);
    for (const key of both.keys()) setPlace(both, key, placeIn(to as Mapping, key));
    for (const [name, definition] of from) {
      const own = both.get(name);
      if (both.has(name) && !isSame(own ?? null, definition))
        tell(
          problem(`"${name}" is defined in an included file already, and differently`, placeIn(both, name) ?? place, {
            path: name,
          }),
        );
      both.set(name, definition);
      setPlace(both, name, placeIn(from, name));
    }
    result.set(section, both);
  }
  return result;
}

function isSame(a: Value, b: Value): boolean {
  if (isMapping(a))
    return isMapping(b) && a.size === b.size && [...a].every(([key, value]) => b.has(key) && isSame(value, b.get(key) ?? null));
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((value, index) => isSame(value, b[index] ?? null));
  return a === b;
}
