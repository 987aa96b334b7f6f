import type { Issue } from "../errors.ts";
import { isContainerPath } from "../model/schema/container-path.ts";
import { show } from "../model/schema/object.ts";
import { type Draft, issueAt } from "./draft.ts";

/** Mounts at a relative path of the container: the engine refuses to create it. */
export function checkMounts({ services }: Draft): readonly Issue[] {
  return [...services.values()].flatMap(({ name, definition, model }) =>
    (model.volumes ?? []).flatMap(({ target }, index) =>
      isContainerPath(target)
        ? []
        : [
            issueAt(
              definition,
              `${name}.volumes.${index}.target`,
              `${show(target)} is not an absolute path of the container (write "/data")`,
            ),
          ],
    ),
  );
}
