import type { CheckedStack } from "../../model/checked-stack.ts";
import type { Snapshot } from "../decide/snapshot.ts";

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
  const running = containers.filter(({ status }) => status === "running");
  const up = new Set(running.map(({ service }) => service));
  const published = new Set(
    running.flatMap(({ service, ports }) => ports.map(({ container, protocol }) => `${service} ${container}/${protocol}`)),
  );
  return [...services.values()].flatMap(({ name, model }) => {
    if (!up.has(name) || model.networkMode !== undefined) return [];
    const wanted = (model.ports ?? []).flatMap(({ target, protocol = "tcp" }) =>
      // What a variable says only Compose knows.
      typeof target === "number" && typeof protocol === "string" ? [`${target}/${protocol}`] : [],
    );
    const ports = [...new Set(wanted)].filter((port) => !published.has(`${name} ${port}`));
    return ports.length === 0 ? [] : [{ service: name, ports }];
  });
}
