import type { Issue } from "../../errors.ts";
import { composeText } from "../../model/interpolation.ts";
import { type Draft, issueAt } from "../draft.ts";
import { rule } from "../rule.ts";

export const DUPLICATE_CONTAINER_NAME = rule({
  name: "duplicate-container-name",
  severity: "error",
  refuses: "every stack",
  summary: "Two services ask for the same container name.",
  why: "A name can be had by one container only: Compose refuses the file.",
  fix: "Give one of them another name, or none: Compose finds names of its own.",
  bad: `services:
  web:
    image: nginx:1.29
    container_name: front
  api:
    image: nginx:1.29
    container_name: front
`,
  good: `services:
  web:
    image: nginx:1.29
    container_name: front
  api:
    image: nginx:1.29
    container_name: back
`,
  sources: ["Measured: `docker compose config` 2.40 refuses it"],
  judge: checkContainerNames,
});

/** Names that only one container can have. */
function checkContainerNames({ services }: Draft): readonly Issue[] {
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
