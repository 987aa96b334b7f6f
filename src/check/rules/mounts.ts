import type { Issue } from "../../errors.ts";
import { isContainerPath } from "../../model/schema/container-path.ts";
import { show } from "../../model/schema/object.ts";
import { type Draft, issueAt } from "../draft.ts";
import { rule } from "../rule.ts";

export const RELATIVE_MOUNT_TARGET = rule({
  name: "relative-mount-target",
  severity: "error",
  refuses: "typescript",
  summary: "A mount has a relative path of the container as its target.",
  why: "The engine refuses to create the container. A lone name is no volume: it is a target.",
  fix: "Write an absolute target, or both sides: `data:/var/lib/data`.",
  bad: `services:
  web:
    image: nginx:1.29
    volumes:
      - workspace
`,
  good: `services:
  web:
    image: nginx:1.29
    volumes:
      - /workspace
`,
  sources: ["Measured: `docker compose config` 2.40 accepts it; Engine 26.1 refuses the container"],
  judge: checkMounts,
});

/** Mounts at a relative path of the container: the engine refuses to create it. */
function checkMounts({ services }: Draft): readonly Issue[] {
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
