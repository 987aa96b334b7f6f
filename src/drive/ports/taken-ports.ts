import { type ContainerSummary, type Engine, PROJECT_LABEL } from "../engine/engine.ts";
import { isListenedOn } from "./listener.ts";
import { isEvery, type WantedPort } from "./wanted-ports.ts";

/** A wanted port that somebody else has. */
export interface TakenPort {
  readonly wanted: WantedPort;
  /** The container that publishes it; absent where it is another process of this machine. */
  readonly holder?: ContainerSummary;
}

/**
 * The wanted ports of the host that are taken: by a container that is not of the project or, where the engine runs on this
 * machine, by any process. What the project's own containers have is theirs to keep.
 */
export async function findTakenPorts(engine: Engine, project: string, wanted: readonly WantedPort[]): Promise<readonly TakenPort[]> {
  if (wanted.length === 0) return [];
  const first = await takenNow(engine, project, wanted);
  if (first.every(({ holder }) => holder !== undefined)) return first;
  // A look binds the port for a moment, and a container is listed only when it runs: another launch of the same stack may
  // do either right now.
  await new Promise((resolve) => setTimeout(resolve, SECOND_LOOK));
  return takenNow(engine, project, wanted);
}

/** Milliseconds. */
const SECOND_LOOK = 500;

async function takenNow(engine: Engine, project: string, wanted: readonly WantedPort[]): Promise<readonly TakenPort[]> {
  const { published, unpublished } = publishedPorts(project, wanted, await engine.runningContainers());
  const others: TakenPort[] = [];
  // One after the other: two services that want the same port would find each other's look.
  for (const port of unpublished) if (await isListenedOn(port)) others.push({ wanted: port });
  if (others.length === 0 || !(await engine.isOnThisMachine())) return published;
  return [...published, ...others];
}

/** Which of the ports are published by containers of others, and which by none at all. */
export function publishedPorts(
  project: string,
  wanted: readonly WantedPort[],
  containers: readonly ContainerSummary[],
): { readonly published: readonly TakenPort[]; readonly unpublished: readonly WantedPort[] } {
  const published: TakenPort[] = [];
  const unpublished: WantedPort[] = [];
  for (const port of wanted) {
    const holder = containers.find(({ Ports = [] }) => Ports.some((each) => collide(port, each)));
    if (holder === undefined) unpublished.push(port);
    else if (holder.Labels[PROJECT_LABEL] !== project) published.push({ wanted: port, holder });
  }
  return { published, unpublished };
}

type PublishedPort = NonNullable<ContainerSummary["Ports"]>[number];

function collide({ port, protocol, address }: WantedPort, { PublicPort, Type, IP }: PublishedPort): boolean {
  return PublicPort === port && Type === protocol && (isEvery(address) || isEvery(IP) || address === IP);
}
