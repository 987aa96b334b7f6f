import { type Engine, SERVICE_LABEL } from "./engine/engine.ts";

/**
 * The containers of a project whose service is in the stack no more, by name: they run on, and nobody looks after them.
 *
 * @param services every service of the stack, those of inactive profiles too.
 */
export async function orphansOf(engine: Engine, project: string, services: ReadonlySet<string>): Promise<readonly string[]> {
  const containers = await engine.containersOf(project);
  const left = containers.filter(({ Labels }) => !services.has(Labels[SERVICE_LABEL] ?? ""));
  return left.map(({ Names, Id }) => Names?.[0]?.replace(/^\//, "") ?? Id.slice(0, 12)).sort();
}
