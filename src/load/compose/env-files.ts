import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Place } from "../../model/place.ts";
import { attempt, nobody, problem } from "./problem.ts";
import { type Surroundings, substituted } from "./surroundings.ts";
import { isMapping, type Mapping, placeIn, type Value } from "./tree.ts";

/** Tells which `env_file`s of services are not there: without them Compose refuses the whole file. */
export function requireEnvFiles(document: Mapping, surroundings: Surroundings): void {
  const services = document.get("services") ?? null;
  if (!isMapping(services)) return;
  for (const [name, service] of services) {
    const files = isMapping(service) ? (service.get("env_file") ?? null) : null;
    if (!isMapping(service) || files === null) continue;
    const list = Array.isArray(files) ? files : [files];
    for (const [index, file] of list.entries()) {
      const place = (Array.isArray(files) ? placeIn(files, index) : undefined) ?? placeIn(service, "env_file");
      // A wrong variable is told where the attribute is read.
      const path = attempt(nobody, () => requiredPath(file, surroundings, place));
      if (path === undefined || existsSync(path)) continue;
      const rest = { path: `${name}.env_file`, kind: "file", hint: "create it, or write { path: ..., required: false }" } as const;
      surroundings.tell(problem(`there is no file ${path}`, place, rest));
    }
  }
}

function requiredPath(file: Value, surroundings: Surroundings, place: Place | undefined): string | undefined {
  const path = isMapping(file) ? (file.get("required") === false ? null : file.get("path")) : file;
  if (typeof path !== "string" || path === "") return undefined;
  const text = substituted(path, surroundings, place);
  return text.startsWith("~") || text === "" ? undefined : resolve(surroundings.folder, text);
}
