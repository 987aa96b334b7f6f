import type { Issue } from "../errors.ts";
import { type Draft, issueAt } from "./draft.ts";

/** Names that only one container can have. */
export function checkContainerNames({ services }: Draft): readonly Issue[] {
  const owners = new Map<string, string>();
  return [...services.values()].flatMap(({ name, definition, model }) => {
    // Services of different profiles may never run together.
    if (typeof model.containerName !== "string" || model.profiles?.length) return [];
    const owner = owners.get(model.containerName);
    if (owner === undefined) {
      owners.set(model.containerName, name);
      return [];
    }
    return [issueAt(definition, `${name}.containerName`, `"${model.containerName}" is the name of the container of "${owner}" already`)];
  });
}
