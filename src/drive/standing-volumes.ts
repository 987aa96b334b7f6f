import type { CheckedStack } from "../model/checked-stack.ts";
import { type Engine, PROJECT_LABEL } from "./engine/engine.ts";
import { resolveText } from "./resolve-text.ts";
import { variablesOf } from "./variables.ts";

/** The volumes of a project that the engine has. */
export interface StandingVolumes {
  /** Those of the stack, as it calls them: what `docker compose down --volumes` removes. */
  readonly own: readonly string[];
  /** Those that Compose created for the project once, and that are in the stack no more, by their names on the engine. */
  readonly former: readonly string[];
}

/** A stack, or a Compose file that it includes, with its files of variables. */
interface Part {
  readonly stack: CheckedStack;
  readonly envFiles: readonly string[];
}

/** Which volumes of a project are there: a stack names also those of services that never ran. */
export async function standingVolumes(engine: Pick<Engine, "volumes">, project: string, parts: readonly Part[]): Promise<StandingVolumes> {
  const there = await engine.volumes();
  const wanted = new Map(parts.flatMap((part) => namesOf(part, project)));
  const own = new Set(there.map(({ Name }) => Name).filter((name) => wanted.has(name)));
  const former = there.filter(({ Name, Labels }) => Labels?.[PROJECT_LABEL] === project && !wanted.has(Name));
  return {
    own: [...wanted].filter(([name]) => own.has(name)).map(([, volume]) => volume),
    former: former.map(({ Name }) => Name).sort(),
  };
}

function namesOf({ stack, envFiles }: Part, project: string): readonly (readonly [name: string, volume: string])[] {
  const variables = variablesOf(envFiles);
  return [...stack.volumes]
    .filter(([, { external }]) => external !== true)
    .map(([volume, { name }]) => [name === undefined ? `${project}_${volume}` : resolveText(name, variables), volume] as const);
}
