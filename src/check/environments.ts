import type { Issue } from "../errors.ts";
import type { CheckedService } from "../model/checked-stack.ts";
import { show } from "../model/schema/object.ts";
import { type Draft, issueAt } from "./draft.ts";

/** Names that no variable of an environment, and no argument of a build, can have. */
export function checkEnvironments({ services }: Draft): readonly Issue[] {
  return [...services.values()].flatMap(({ name, definition, model }) => {
    return environmentsOf(model).flatMap(([path, map]) =>
      [...(map?.keys() ?? [])]
        .filter(isWrong)
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

// Compose refuses a space at the end, and takes the last byte of UTF-8 alone for a character: that of "à" is one, too.
function isWrong(key: string): boolean {
  const last = new TextEncoder().encode(key).at(-1) ?? 0;
  return /^$|=|\s$/.test(key) || last === 0x85 || last === 0xa0;
}

function environmentsOf(
  model: CheckedService["model"],
): readonly (readonly [path: string, map: ReadonlyMap<string, unknown> | undefined])[] {
  const hooks = (["preStart", "postStart", "preStop"] as const).flatMap((name) =>
    (model[name] ?? []).map(({ environment }, index) => [`${name}.${index}.environment`, environment] as const),
  );
  const watches = (model.develop?.watch ?? []).map(
    ({ exec }, index) => [`develop.watch.${index}.exec.environment`, exec?.environment] as const,
  );
  return [["environment", model.environment], ["build.args", model.build?.args], ...hooks, ...watches];
}
