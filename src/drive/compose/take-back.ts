import type { LaunchPlan } from "../decide/launch-plan.ts";
import type { FailureKind } from "../decide/service-status.ts";
import { type ContainerSummary, type Engine, type NetworkSummary, SERVICE_LABEL } from "../engine/engine.ts";
import { isUp } from "../engine/is-up.ts";
import { type ComposeProject, runCompose } from "./compose.ts";

/** What a project has on the engine before a launch. */
export interface Before {
  readonly containers: readonly ContainerSummary[];
  readonly networks: readonly NetworkSummary[];
}

/** What a launch took back. */
export interface TakenBack {
  /** The services that it had started; all of the project where nothing of that was there before. */
  readonly taken: readonly string[];
  /** The services that were up before the launch, and stay, also where it replaced their containers. */
  readonly kept: readonly string[];
  /** Whether all of it is gone. */
  readonly isDone: boolean;
}

/** What of a project is there, to be asked before a launch that may be taken back. */
export async function thereBefore(engine: Pick<Engine, "containersOf" | "networksOf">, project: string): Promise<Before> {
  const [containers, networks] = await Promise.all([engine.containersOf(project), engine.networksOf(project)]);
  return { containers, networks };
}

/** Whether it failed because what stands in its place is somebody else's: nothing that this launch may take down. */
export function isReplaced({ failure }: { readonly failure: FailureKind }): boolean {
  return failure === "replaced";
}

/**
 * Takes down what a launch has started, and nothing else.
 *
 * @param before what the project had before the launch.
 * @param downOptions of `docker compose down`, where nothing was there before.
 */
export async function takeBack(
  engine: Pick<Engine, "networksOf" | "isNetworkUsed" | "removeNetwork">,
  project: ComposeProject,
  plan: LaunchPlan,
  before: Before,
  downOptions: readonly string[] = [],
): Promise<TakenBack> {
  const up = new Set(before.containers.filter(isUp).map(({ Labels }) => Labels[SERVICE_LABEL] ?? ""));
  const taken = [...plan.services.keys()].filter((service) => !up.has(service));
  const wasEmpty = before.containers.length === 0 && before.networks.length === 0;
  const args = wasEmpty ? ["down", ...downOptions] : ["rm", "--stop", "--force", ...taken];
  const areGone = taken.length === 0 || (await runCompose(project, args)).exitCode === 0;
  const isDone = areGone && (await removeNewNetworks(engine, project.name, before.networks).catch(() => false));
  return { taken, kept: [...up], isDone };
}

// Compose removes networks only together with all that the project has.
async function removeNewNetworks(
  engine: Pick<Engine, "networksOf" | "isNetworkUsed" | "removeNetwork">,
  project: string,
  before: readonly NetworkSummary[],
): Promise<true> {
  const names = new Set(before.map(({ Name }) => Name));
  const made = (await engine.networksOf(project)).filter(({ Name }) => !names.has(Name));
  // A container that has ended has no place in it by now, but could not be started again without it.
  await Promise.all(made.map(async (network) => (await engine.isNetworkUsed(network)) || engine.removeNetwork(network)));
  return true;
}
