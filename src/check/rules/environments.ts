import type { Issue } from "../../errors.ts";
import type { CheckedService } from "../../model/checked-stack.ts";
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

/** Names that no variable of an environment, and no argument of a build, can have. */
function checkEnvironments({ services }: Draft): readonly Issue[] {
  return [...services.values()].flatMap(({ name, definition, model }) =>
    environmentsOf(model).flatMap(([path, map]) =>
      [...(map?.keys() ?? [])].filter(isWrong).map((key) => {
        const message = `${show(key)} is not the name of a variable (it can't be empty, contain "=" or end with a space)`;
        return issueAt(definition, `${name}.${path}`, message);
      }),
    ),
  );
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

// Compose refuses a space at the end, and takes the last byte of UTF-8 alone for a character: that of "à" is one, too.
function isWrong(key: string): boolean {
  return /^$|=|\s$/.test(key) || (/[^\0-\x7f]$/.test(key) && [0x85, 0xa0].includes(new TextEncoder().encode(key).at(-1) ?? 0));
}
