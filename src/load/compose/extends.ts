import { relative } from "node:path";
import type { Place } from "../../model/place.ts";
import { countBrought } from "./brought.ts";
import { changePaths, withPath } from "./host-paths.ts";
import { beginsWithVariable } from "./interpolate.ts";
import { mergeDocuments, mergeServices } from "./merge.ts";
import { attempt, nobody, problem } from "./problem.ts";
import { applyResets } from "./reset.ts";
import { documentsOf, folderOf, locate, type Surroundings, substituted } from "./surroundings.ts";
import { isMapping, type Mapping, mapEntries, placeIn, type Value, withEntry } from "./tree.ts";

type Resets = readonly (readonly string[])[];

/** The services of a document with everything they extend in them. */
export function applyExtends(document: Mapping, file: string, resets: Resets, surroundings: Surroundings): Mapping {
  const services = document.get("services");
  if (!isMapping(services)) return document;
  const done = new Map<string, Value>();
  const files = new Map<string, OtherFile>();
  const extended = mapEntries(services, (_, name) => extendService({ name, services, file, resets, surroundings, open: [], done, files }));
  return withEntry(document, "services", extended);
}

/** A file whose services are extended. */
interface OtherFile {
  readonly services: Mapping;
  readonly file: string;
  readonly resets: Resets;
  /** Services of this file that are finished. */
  readonly done: Map<string, Value>;
}

interface Extending extends OtherFile {
  readonly name: string;
  readonly surroundings: Surroundings;
  /** The services being extended, the outermost first. */
  readonly open: readonly string[];
  /** The other files, each taken apart once. */
  readonly files: Map<string, OtherFile>;
}

function extendService(extending: Extending): Value {
  const { name, services, surroundings, open, done } = extending;
  const service = services.get(name) ?? null;
  if (done.has(name)) return done.get(name) as Value;
  if (!isMapping(service) || !service.has("extends")) return service;
  const place = placeIn(service, "extends");
  const extended = attempt(surroundings.tell, () => referenceOf(extending, service, place));
  if (extended === undefined) return withEntry(service, "extends", UNKNOWN_SERVICE);
  const { ref, target } = extended;
  countBrought(surroundings.brought, null, open.length, place, `${name}.extends`);
  const base = extendService({ ...target, name: ref, open: [...open, selfOf(extending)] });
  countBrought(surroundings.brought, base, open.length, place, `${name}.extends`);
  const own = withEntry(service, "extends", undefined);
  if (!isMapping(base)) return own;
  const kept = [...extending.resets, ...target.resets]
    .filter(([section, of]) => section === "services" && of === name)
    .map((path) => path.slice(2));
  const merged = mergeServices(applyResets(base, kept), own, name, surroundings.tell);
  done.set(name, merged);
  return merged;
}

/** In the place of what is extended and can't be read: nobody knows what it says. */
const UNKNOWN_SERVICE: Mapping = new Map([
  ["file", "unknown"],
  ["service", "unknown"],
]);

/** The service that another one extends. */
function referenceOf(extending: Extending, service: Mapping, place: Place | undefined): { ref: string; target: Extending } {
  const { name, open, surroundings } = extending;
  const path = `${name}.extends`;
  const self = selfOf(extending);
  if (open.includes(self))
    throw problem(`these extend each other and never end: ${[...open, self].join(" -> ")}`, place, { path, kind: "reference" });
  const { ref, from } = readReference(service.get("extends") ?? null, name, place, surroundings);
  const target = from === undefined ? extending : { ...extending, ...otherFile(from, extending, place) };
  if (!target.services.has(ref)) throw problem(`there is no service "${ref}" in ${target.file}`, place, { path, kind: "reference" });
  return { ref, target };
}

function selfOf({ name, file }: Extending): string {
  return `${name} in ${file}`;
}

function readReference(
  value: Value,
  name: string,
  place: Place | undefined,
  surroundings: Surroundings,
): { ref: string; from?: string | undefined } {
  const read = (text: Value | undefined): string | undefined =>
    typeof text === "string" ? substituted(text, surroundings, place) : undefined;
  const ref = isMapping(value) ? read(value.get("service")) : read(value);
  if (ref === undefined)
    throw problem("names no service (write extends: { service: NAME, file: PATH })", place, { path: `${name}.extends` });
  return { ref, from: isMapping(value) ? read(value.get("file")) : undefined };
}

/** The services of another file, with their paths as seen from this one's folder. */
function otherFile(path: string, { surroundings, files }: Extending, place: Place | undefined): OtherFile {
  const file = locate(path, surroundings, place);
  const known = files.get(file) ?? servicesOf(file, surroundings, place);
  files.set(file, known);
  return known;
}

function servicesOf(file: string, surroundings: Surroundings, place: Place | undefined): OtherFile {
  const documents = documentsOf(file, surroundings, place);
  let merged: Mapping = new Map();
  for (const { root, resets } of documents)
    if (isMapping(root)) merged = mergeDocuments(applyResets(merged, resets), root, surroundings.tell);
  const rebased = rebaseDocument(merged, folderOf(file), surroundings);
  const services = rebased.get("services");
  return { services: isMapping(services) ? services : new Map(), file, resets: documents.at(-1)?.resets ?? [], done: new Map() };
}

/** A document whose paths start in another folder. */
export function rebaseDocument(document: Mapping, from: string, surroundings: Surroundings): Mapping {
  const way = relative(surroundings.folder, from).split("\\").join("/");
  if (way === "") return document;
  return changePaths(document, (found) => {
    // What a variable holds decides whether the path is relative at all.
    const first = (beginsWithVariable(found.path) ? attempt(nobody, () => substituted(found.path, surroundings)) : undefined) ?? found.path;
    if (/^[/~]/.test(first) || (found.after !== "" && !/^[./]/.test(first))) return withPath(found, found.path);
    const joined = `${way}/${found.path.replace(/^(\.\/)+/, "")}`.replace(/\/\.$/, "");
    return withPath(found, joined.startsWith(".") ? joined : `./${joined}`);
  });
}
