import type { Issue } from "../errors.ts";
import { type Draft, issueAt } from "./draft.ts";

// What happens to the container as a whole: nothing is copied into it.
const WITHOUT_TARGET = ["rebuild", "restart"];

/** Watched files that are copied, and nobody says where to. */
export function checkWatches({ services }: Draft): readonly Issue[] {
  return [...services.values()].flatMap(({ name, definition, model }) =>
    (model.develop?.watch ?? []).flatMap(({ action, target }, index) => {
      if (target !== undefined || typeof action !== "string" || WITHOUT_TARGET.includes(action)) return [];
      const message = `the action "${action}" needs a target, the path in the container that gets the files (write target: "/app")`;
      return [issueAt(definition, `${name}.develop.watch.${index}`, message)];
    }),
  );
}
