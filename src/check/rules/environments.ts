import type { Issue } from "../../errors.ts";
import { show } from "../../model/schema/object.ts";
import { type Draft, issueAt } from "../draft.ts";
import { rule } from "../rule.ts";

export const INVALID_VARIABLE_NAME = rule({
  name: "invalid-variable-name",
  severity: "error",
  refuses: "every stack",
  summary: "A variable of an environment, or an argument of a build, has a name that no variable can have.",
  why: "Compose refuses a space at the end; the engine refuses an empty name.",
  fix: 'Write a name without "=" and without a space at its end.',
  bad: `services:
  web:
    image: nginx:1.29
    environment:
      - "MODE =fast"
`,
  good: `services:
  web:
    image: nginx:1.29
    environment:
      - "MODE=fast"
`,
  sources: ["Measured: `docker compose config` 2.40 refuses a trailing space"],
  judge: checkEnvironments,
});

// Compose refuses a space at the end, and what Unicode counts as one.
const WRONG = /^$|=|[\s\u0085]$/;

/** Names that no variable of an environment, and no argument of a build, can have. */
function checkEnvironments({ services }: Draft): readonly Issue[] {
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
