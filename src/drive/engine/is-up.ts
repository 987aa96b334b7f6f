import type { ContainerSummary } from "./engine.ts";

/** Whether a container runs, or will again by itself. */
export function isUp({ State = "" }: Pick<ContainerSummary, "State">): boolean {
  return UP.has(State);
}

const UP: ReadonlySet<string> = new Set(["running", "paused", "restarting"]);
