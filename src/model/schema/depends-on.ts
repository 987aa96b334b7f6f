import * as z from "zod";
import type { Condition, Dependency } from "../dependency.ts";
import { show } from "./object.ts";
import { listOf } from "./scalar.ts";

/** A dependency after parsing. */
export interface DependencyModel {
  readonly condition: Condition;
  /** Whether the dependent restarts after an explicit restart of its dependency. */
  readonly restart?: boolean;
  /** Whether the dependency must exist and hold. */
  readonly required: boolean;
}

const dependency = z.custom<Dependency>((value) => (value as Partial<Dependency> | null)?.kind === "dependency", {
  abort: false,
  error: (issue) => `${show(issue.input)} is not a dependency (write db.started(), db.healthy() or migrate.completed())`,
});

/** The dependencies of a service: what `.started()`, `.healthy()` and `.completed()` made in, a map by name out. */
export const dependsOn: z.ZodType<Map<string, DependencyModel>, readonly Dependency[]> = listOf(dependency)
  .superRefine((entries, context) => {
    const conditions = new Map<string, Condition>();
    for (const [index, { on, condition }] of entries.entries()) {
      const other = conditions.get(on) ?? condition;
      if (other !== condition) {
        const message = `"${on}" is awaited as ${other} already, and Compose knows one condition a service (${condition} was asked as well)`;
        context.issues.push({ code: "custom", path: [index], input: on, message });
      }
      conditions.set(on, other);
    }
  })
  .transform((entries) => new Map(entries.map((entry) => [entry.on, modelOf(entry)])));

function modelOf({ condition, restart, required }: Dependency): DependencyModel {
  return { condition, ...(restart === undefined ? {} : { restart }), required };
}
