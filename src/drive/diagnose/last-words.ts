import type { FailureKind } from "../decide/service-status.ts";
import type { ContainerState } from "../decide/snapshot.ts";
import type { Engine } from "../engine/engine.ts";

/**
 * The end of what a container printed in the run that counts: the last one, or the one before where that is what failed and
 * the container runs again. Nothing, where it did not run.
 */
export async function lastWords(
  engine: Pick<Engine, "logs">,
  container: ContainerState,
  lines: number,
  failure?: FailureKind,
): Promise<string> {
  if (container.runs === 0) return "";
  // The whole log is of this run: no time is asked for that a busy engine may have noted late.
  if (container.runs === 1 && container.isNew === true) return engine.logs(container.id, lines);
  const runsAgain = container.status === "running" && (failure === "exited" || failure === "crash-loop");
  const began = runsAgain ? container.startedBefore : container.startedAt;
  return engine.logs(container.id, lines, began === undefined ? undefined : shortlyBefore(began));
}

// The engine notes a start when the program may have printed already: up to 3 ms were seen. Between two runs lies more than this.
function shortlyBefore(time: string): string {
  return new Date(Date.parse(time) - 50).toISOString();
}
