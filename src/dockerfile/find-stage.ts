import { StackError } from "../errors.ts";
import { nearName } from "../model/near-name.ts";
import type { StageText } from "./structure.ts";

/**
 * The stage that a build makes: by its name, or without one the last. (A number names a stage to `COPY --from`, but to no build.)
 *
 * @throws {StackError} `invalid-stack` where there is no such stage.
 */
export function findStage<S extends Pick<StageText, "name">>(stages: readonly S[], name: string | undefined): S {
  const found = name === undefined ? stages.at(-1) : stageOfName(stages, name);
  if (found !== undefined) return found;
  if (stages.length === 0 || name === undefined) throw StackError.of("invalid-stack", "the Dockerfile has no FROM instruction");
  const { message, hint } = unknownStage(stages, name);
  throw StackError.of("invalid-stack", message, hint === undefined ? {} : { hint });
}

/** The stage of that name: BuildKit compares names without regard to case, and takes the last that fits. */
export function stageOfName<S extends Pick<StageText, "name">>(stages: readonly S[], wanted: string): S | undefined {
  return stages.findLast(({ name }) => name?.toLowerCase() === wanted.toLowerCase());
}

/** What is wrong with a name that no stage has. */
export function unknownStage(stages: readonly Pick<StageText, "name">[], wanted: string): { message: string; hint?: string } {
  const names = stages.flatMap(({ name }) => name ?? []);
  const near = nearName(wanted, names);
  const known = names.length === 0 ? "none of its stages has a name" : `its stages: ${names.join(", ")}`;
  return {
    message: `the Dockerfile has no stage "${wanted}" (${known})`,
    ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
  };
}
