import type * as z from "zod";
import type { Condition, Dependency } from "../dependency.ts";
import { custom, parseWithin, withForms } from "./forms.ts";
import { attributes, show } from "./object.ts";
import { flag, listOf, literalFlag, mapOf, type OrVariable, word } from "./scalar.ts";

/** A dependency after parsing. */
export interface DependencyModel {
  readonly condition: Condition;
  /** Whether the dependent restarts after an explicit restart of its dependency. */
  readonly restart?: OrVariable<boolean>;
  /** Whether the dependency must exist and hold. */
  readonly required: boolean;
}

const optionsSchema = attributes({
  /** What the dependency must have reached. @see https://docs.docker.com/reference/compose-file/services/#depends_on */
  condition: word("service_started", "service_healthy", "service_completed_successfully"),
  /** Whether the dependent restarts after an explicit restart of its dependency. Default: false. @see https://docs.docker.com/reference/compose-file/services/#depends_on */
  restart: flag.optional(),
  /** Whether the dependency must exist and hold. Default: true. @see https://docs.docker.com/reference/compose-file/services/#depends_on */
  required: literalFlag.optional(),
});

const dependency = custom<Dependency>(
  (value) => (value as Partial<Dependency> | null)?.kind === "dependency",
  (input) => `${show(input)} is not a dependency (write db.started(), db.healthy() or migrate.completed())`,
);

/** The dependencies of a service: what `.started()`, `.healthy()` and `.completed()` made in, a map by name out. */
export const dependsOn: z.ZodType<Map<string, DependencyModel>, readonly Dependency[]> = withForms(
  listOf(dependency).transform((entries, context) => {
    const models = new Map<string, DependencyModel>();
    for (const [index, entry] of entries.entries()) {
      const { on, condition } = entry;
      const model = modelOf(entry);
      parseWithin(optionsSchema, model, context, [index]);
      const other = models.get(on)?.condition ?? condition;
      if (other !== condition) {
        const message = `"${on}" is awaited as ${other} already, and Compose knows one condition a service (${condition} was asked as well)`;
        context.issues.push({ code: "custom", path: [index], input: on, message });
      }
      models.set(on, model);
    }
    return models;
  }),
  mapOf(optionsSchema),
);

function modelOf({ condition, restart, required }: Dependency): DependencyModel {
  return { condition, ...(restart === undefined ? {} : { restart }), required };
}
