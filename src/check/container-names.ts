import type { Issue } from "../errors.ts";
import { composeText } from "../model/interpolation.ts";
import { type Draft, issueAt } from "./draft.ts";

/** Names that only one container can have. */
export function checkContainerNames({ services }: Draft): readonly Issue[] {
  const owners = new Map<string, string>();
  return [...services.values()].flatMap(({ name, definition, model }) => {
    // Services of different profiles may never run together.
    if (model.containerName === undefined || model.profiles?.length) return [];
    // The same variable twice is the same name twice.
    const container = composeText(model.containerName);
    const owner = owners.get(container);
    if (owner === undefined) {
      owners.set(container, name);
      return [];
    }
    return [issueAt(definition, `${name}.containerName`, `"${container}" is the name of the container of "${owner}" already`)];
  });
}
