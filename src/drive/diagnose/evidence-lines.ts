import type { ContainerState } from "../decide/snapshot.ts";
import { harmless, oneLine } from "../harmless.ts";
import { lastExit } from "./exit-causes.ts";
import { saidBy } from "./words.ts";

const PROBES_SHOWN = 5;
const LOG_LINES_SHOWN = 15;

/** What was seen, in lines: which of the replicas, its state, the last probes, the end of the log. */
export function evidenceLines(
  container: ContainerState | undefined,
  log: string,
  siblings: readonly ContainerState[] = [],
): readonly string[] {
  return [...replicaLines(container, siblings), ...stateLines(container), ...probeLines(container), ...logLines(log)];
}

function replicaLines(container: ContainerState | undefined, siblings: readonly ContainerState[]): readonly string[] {
  if (siblings.length === 0) return [];
  const others = siblings.map(({ name, health, status }) => `${name} (${health ?? status})`).join(", ");
  return [container === undefined ? `there  ${others}` : `of     ${container.name}; beside it ${others}`];
}

/** The end of a log, in lines that are harmless to show. */
export function logLines(log: string): readonly string[] {
  const lines = log
    .slice(-200_000)
    .split("\n")
    .filter((line) => line.trim() !== "");
  return lines.slice(-LOG_LINES_SHOWN).map((line) => `log   ${harmless(line)}`);
}

function stateLines(container: ContainerState | undefined): readonly string[] {
  if (container === undefined) return [];
  const { status, health, error, runs, failingStreak } = container;
  const { exitCode, oomKilled } = lastExit(container);
  const ended = status !== "running" && status !== "created" && status !== "paused";
  const parts = [
    status,
    ...(health === undefined ? [] : [`${health}${failingStreak > 0 ? `, ${failingStreak} failed probes in a row` : ""}`]),
    ...(exitCode !== undefined && (ended || (exitCode !== 0 && status !== "created")) ? [`exit code ${exitCode}`] : []),
    ...(oomKilled ? ["out of memory"] : []),
    `${Math.max(0, runs - 1)} restarts`,
  ];
  return [`state ${parts.join(", ")}`, ...(error === "" ? [] : [`error ${oneLine(error, 500)}`])];
}

function probeLines(container: ContainerState | undefined): readonly string[] {
  return (container?.probes ?? [])
    .slice(-PROBES_SHOWN)
    .map((probe) => `probe ${probe.start.slice(11, 19)} exit ${probe.exitCode}: ${saidBy(probe) || "(no output)"}`);
}
