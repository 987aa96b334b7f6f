import { StackError } from "../errors.ts";
import { nearName } from "../model/near-name.ts";
import type { StageText } from "./structure.ts";

/**
 * The stage that a build makes: by its name, by its number from 0, or without either the last.
 *
 * @throws {StackError} `invalid-stack` where there is no such stage.
 */
export function findStage<S extends Pick<StageText, "name">>(stages: readonly S[], stage: string | undefined): S {
  // BuildKit compares names without regard to case and takes the last that fits.
  const named = stages.findLast(({ name }) => name !== undefined && name.toLowerCase() === stage?.toLowerCase());
  const found = stage === undefined ? stages.at(-1) : (named ?? (/^\d+$/.test(stage) ? stages[Number(stage)] : undefined));
  if (found !== undefined) return found;
  if (stages.length === 0) throw StackError.of("invalid-stack", "the Dockerfile has no FROM instruction");
  const names = stages.map(({ name }, index) => name ?? String(index));
  const near = nearName(stage ?? "", names);
  throw StackError.of("invalid-stack", `the Dockerfile has no stage "${stage}" (its stages: ${names.join(", ")})`, {
    ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
  });
}
