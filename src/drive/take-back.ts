import { type ComposeProject, runCompose } from "./compose.ts";
import { type ContainerSummary, SERVICE_LABEL } from "./engine/engine.ts";
import { isUp } from "./is-up.ts";
import type { LaunchPlan } from "./launch-plan.ts";
import type { FailureKind } from "./service-status.ts";

/** What a launch took back. */
export interface TakenBack {
  /** The services that it had started; all of the project where nothing of that was there before. */
  readonly taken: readonly string[];
  /** The services that were up before the launch, and stay, also where it replaced their containers. */
  readonly kept: readonly string[];
  /** Whether all of it is gone. */
  readonly isDone: boolean;
}

/** Whether it failed because what stands in its place is somebody else's: nothing that this launch may take down. */
export function isReplaced({ failure }: { readonly failure: FailureKind }): boolean {
  return failure === "replaced";
}

/**
 * Takes down what a launch has started, and nothing else.
 *
 * @param before the project's containers before the launch.
 * @param downOptions of `docker compose down`, where nothing was there before.
 */
export async function takeBack(
  project: ComposeProject,
  plan: LaunchPlan,
  before: readonly ContainerSummary[],
  downOptions: readonly string[] = [],
): Promise<TakenBack> {
  const up = new Set(before.filter(isUp).map(({ Labels }) => Labels[SERVICE_LABEL] ?? ""));
  const taken = [...plan.services.keys()].filter((service) => !up.has(service));
  const args = before.length === 0 ? ["down", ...downOptions] : ["rm", "--stop", "--force", ...taken];
  const isDone = taken.length === 0 || (await runCompose(project, args)).exitCode === 0;
  return { taken, kept: [...up], isDone };
}
