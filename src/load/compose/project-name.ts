import { basename } from "node:path";
import { substitute } from "./interpolate.ts";
import type { Surroundings } from "./surroundings.ts";
import type { Mapping } from "./tree.ts";

/** The project's name as Compose chooses it: `COMPOSE_PROJECT_NAME`, the file's `name`, or the folder's. */
export function projectName(document: Mapping, { folder, variables }: Surroundings): string {
  const given = variables.get("COMPOSE_PROJECT_NAME");
  const written = document.get("name");
  const named = typeof written === "string" ? substitute(written, (name) => variables.get(name)) : undefined;
  return [given, named, basename(folder)].map((each) => normalized(each ?? "")).find((each) => each !== "") ?? "default";
}

// What Compose does to a name that it would refuse otherwise.
function normalized(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]/g, "")
    .replace(/^[_-]+/, "");
}
