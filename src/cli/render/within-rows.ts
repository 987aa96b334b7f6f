import type { ServiceStatus } from "../../drive/decide/service-status.ts";

/**
 * The services for which there is room, in their order: what scrolled out of sight can't be drawn over. Where there is no room
 * for all, the last row is for the rest, and those that are not ready yet come first.
 */
export function withinRows<Status extends ServiceStatus>(
  services: readonly Status[],
  rows: number,
): { readonly shown: readonly Status[]; readonly rest?: string } {
  if (services.length <= rows) return { shown: services };
  const byUrgency = [...services].sort((a, b) => urgency(b) - urgency(a));
  const shown = new Set(byUrgency.slice(0, Math.max(1, rows - 1)));
  const hidden = services.filter((status) => !shown.has(status));
  return { shown: services.filter((status) => shown.has(status)), rest: `  and ${hidden.length} more: ${countStates(hidden)}` };
}

function urgency({ ready, waitsFor, state }: ServiceStatus): number {
  if (state === "failed" || state === "unhealthy") return 3;
  if (ready) return 0;
  return waitsFor.length > 0 || state === "waiting" ? 1 : 2;
}

function countStates(services: readonly ServiceStatus[]): string {
  const counts = new Map<string, number>();
  for (const { state } of services) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].map(([state, count]) => `${count} ${state}`).join(", ");
}
