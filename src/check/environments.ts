import type { Issue } from "../errors.ts";
import { show } from "../model/schema/object.ts";
import { type Draft, issueAt } from "./draft.ts";

// Compose refuses a space at the end, and what Unicode counts as one.
const WRONG = /^$|=|[\s\u0085]$/;

/** Names that no variable of an environment, and no argument of a build, can have. */
export function checkEnvironments({ services }: Draft): readonly Issue[] {
  return [...services.values()].flatMap(({ name, definition, model }) => {
    const maps = Object.entries({ environment: model.environment, "build.args": model.build?.args });
    return maps.flatMap(([path, map]) =>
      [...(map?.keys() ?? [])]
        .filter((key) => WRONG.test(key))
        .map((key) =>
          issueAt(
            definition,
            `${name}.${path}`,
            `${show(key)} is not the name of a variable (it can't be empty, contain "=" or end with a space)`,
          ),
        ),
    );
  });
}
