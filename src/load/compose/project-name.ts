import { basename } from "node:path";
import { attempt } from "./problem.ts";
import { type Surroundings, substituted } from "./surroundings.ts";
import { type Mapping, placeIn } from "./tree.ts";

/** The project's name as Compose chooses it: `COMPOSE_PROJECT_NAME`, the file's `name`, or the folder's. */
export function projectName(document: Mapping, surroundings: Surroundings): string {
  const given = surroundings.variables.get("COMPOSE_PROJECT_NAME");
  const written = document.get("name");
  const named =
    typeof written === "string"
      ? attempt(surroundings.tell, () => substituted(written, surroundings, placeIn(document, "name")))
      : undefined;
  return [given, named, basename(surroundings.folder)].map((each) => normalized(each ?? "")).find((each) => each !== "") ?? "default";
}

// What Compose does to a name that it would refuse otherwise.
function normalized(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]/g, "")
    .replace(/^[_-]+/, "");
}
