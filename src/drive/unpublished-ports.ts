import type { CheckedStack } from "../model/checked-stack.ts";
import type { Snapshot } from "./snapshot.ts";

/** A service with ports that lead to none of its containers, though it asks to publish them. */
export interface UnpublishedPorts {
  readonly service: string;
  /** As in `80/tcp`. */
  readonly ports: readonly string[];
}

/**
 * The ports that services ask to publish and that the engine published nowhere: it drops those of a container that is on
 * internal networks only, and says nothing of it. What is not running has no ports, and with the host's network needs none.
 */
export function unpublishedPorts({ services }: CheckedStack, { containers }: Snapshot): readonly UnpublishedPorts[] {
  return [...services.values()].flatMap(({ name, model }) => {
    const running = containers.filter(({ service, status }) => service === name && status === "running");
    if (running.length === 0 || model.networkMode !== undefined) return [];
    const published = new Set(running.flatMap(({ ports }) => ports.map(({ container, protocol }) => `${container}/${protocol}`)));
    const wanted = (model.ports ?? []).flatMap(({ target, protocol = "tcp" }) =>
      // What a variable says only Compose knows.
      typeof target === "number" && typeof protocol === "string" ? [`${target}/${protocol}`] : [],
    );
    const ports = [...new Set(wanted)].filter((port) => !published.has(port));
    return ports.length === 0 ? [] : [{ service: name, ports }];
  });
}
