import type { ServiceStatus } from "../drive/decide/service-status.ts";
import type { LaunchEvent } from "./launched.ts";

/** Tells what changed since it was asked the last time. */
export function changesOf(): (services: readonly ServiceStatus[], at: number) => readonly LaunchEvent[] {
  const before = new Map<string, string>();
  return (services, at) =>
    services.flatMap(({ service, state, ready }) => {
      const now = `${state} ${ready}`;
      if (before.get(service) === now) return [];
      before.set(service, now);
      return [{ service, state, ready, at }];
    });
}
