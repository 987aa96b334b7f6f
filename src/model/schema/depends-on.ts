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
  error: (issue) => `${show(issue.input)} is not a dependency (write db.started(), db.healthy() or migrate.completed())`,
});

/** The dependencies of a service: what `.started()`, `.healthy()` and `.completed()` made in, a map by name out. */
export const dependsOn: z.ZodType<Map<string, DependencyModel>, readonly Dependency[]> = listOf(dependency).transform(
  (entries) => new Map(entries.map((entry) => [entry.on, modelOf(entry)])),
);

function modelOf({ condition, restart, required }: Dependency): DependencyModel {
  return { condition, ...(restart === undefined ? {} : { restart }), required };
}
