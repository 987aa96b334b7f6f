import type { CheckedStack } from "../../model/checked-stack.ts";
import type { LaunchPlan } from "../decide/launch-plan.ts";
import type { ContainerState } from "../decide/snapshot.ts";
import type { Engine } from "../engine/engine.ts";
import type { LaunchResult } from "../launch.ts";
import { type Culprit, diagnose, guiltyContainers } from "./diagnose.ts";
import { foldDependents, type Victim } from "./fold-dependents.ts";
import { lastWords } from "./last-words.ts";
import { serviceFacts } from "./service-facts.ts";
import { hookExitCode, takenPort } from "./start-causes.ts";

/** Explains why services of a stack failed; dependents that failed along with their dependency are folded under it. */
export async function explain(
  engine: Engine,
  stack: CheckedStack,
  plan: LaunchPlan,
  { snapshot, culprits, victims }: Pick<LaunchResult, "snapshot" | "culprits" | "victims">,
): Promise<{ culprits: readonly Culprit[]; victims: readonly Victim[] }> {
  const explained = await Promise.all(
    guiltyContainers(snapshot, culprits).map(async (seen) => {
      const guilty =
        seen.failure !== "replaced" && (await isBeingRemoved(engine, seen.container)) ? { ...seen, failure: "removed" as const } : seen;
      const { container, service } = guilty;
      // A log that can't be read (a container that is gone, a driver without reading) is no reason to fail.
      const log = container === undefined ? "" : await lastWords(engine, container, LOG_LINES, guilty.failure).catch(() => "");
      const port = takenPort(container?.error ?? "")?.port;
      const portHolder = port === undefined ? undefined : await engine.publisherOf(port).catch(() => undefined);
      const hook = container === undefined ? undefined : await guiltyHook(engine, container).catch(() => undefined);
      return diagnose({ ...guilty, log, portHolder, hook, facts: serviceFacts(stack, service, plan), at: snapshot.at });
    }),
  );
  return foldDependents(plan, explained, victims);
}

const LOG_LINES = 50;

// Compose prints neither the hook nor its output; the engine remembers what was run, beside the probes. One that runs has no exit code.
async function guiltyHook(engine: Engine, container: ContainerState): Promise<string | undefined> {
  const { id, error, startedAt, settings, isBeingStarted = false } = container;
  const code = hookExitCode(error);
  if ((code === undefined && !isBeingStarted) || startedAt === undefined) return undefined;
  const probe = settings?.healthcheck?.test.slice(1).join(" ");
  const guilty = (await engine.execs(id, startedAt)).filter(({ exitCode }) => exitCode === code);
  return guilty.filter(({ command }) => probe === undefined || !command.endsWith(probe)).at(-1)?.command;
}

// Who removes a running container kills it first: a moment later it is gone.
async function isBeingRemoved(engine: Engine, container: ContainerState | undefined): Promise<boolean> {
  if (container === undefined || container.status !== "exited" || container.exitCode !== 137) return false;
  await new Promise((resolve) => setTimeout(resolve, 200));
  const status = (await engine.inspect(container.id).catch(() => undefined))?.State.Status;
  return status === undefined || status === "removing";
}
