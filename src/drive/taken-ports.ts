import { type Issue, StackError } from "../errors.ts";
import type { CheckedStack } from "../model/checked-stack.ts";
import { resolveText, type Variables } from "../model/resolve-text.ts";
import type { Port } from "../model/schema/port.ts";
import type { ContainerSummary, Engine } from "./engine/engine.ts";
import type { LaunchPlan } from "./launch-plan.ts";

/**
 * Makes sure that no container of another project has a port of the host that the stack wants.
 *
 * @throws {StackError} `create-failed`, naming each port and who has it.
 */
export async function requireFreePorts(engine: Engine, stack: CheckedStack, plan: LaunchPlan, variables: Variables): Promise<void> {
  const wanted = wantedPorts(stack, plan, variables);
  if (wanted.length === 0) return;
  const issues = takenPorts(stack.name, wanted, await engine.runningContainers());
  if (issues.length > 0) throw new StackError("create-failed", issues);
}

/** A port of the host that a service wants. */
export interface WantedPort {
  readonly service: string;
  readonly port: number;
  readonly protocol: string;
  /** The address to listen on; `undefined` for all. */
  readonly address: string | undefined;
}

/** The ports that are taken, each as an issue. */
export function takenPorts(project: string, wanted: readonly WantedPort[], containers: readonly ContainerSummary[]): readonly Issue[] {
  const others = containers.filter(({ Labels }) => Labels["com.docker.compose.project"] !== project);
  return wanted.flatMap((want) => {
    const holder = others.find(({ Ports }) => Ports?.some((port) => collides(want, port)) === true);
    if (holder === undefined) return [];
    return [
      {
        path: `${want.service}.ports`,
        message: `port ${want.port} of the host is taken by ${describe(holder)}`,
        hint: "take that one down first, or publish another port",
      },
    ];
  });
}

// A range is the engine's to choose from, and a port that is not a number was reported by Compose.
function wantedPorts(stack: CheckedStack, plan: LaunchPlan, variables: Variables): readonly WantedPort[] {
  return [...plan.services.keys()].flatMap((service) =>
    (stack.services.get(service)?.model.ports ?? []).flatMap((port) => wantedPort(service, port, variables)),
  );
}

function wantedPort(service: string, { published, protocol, hostIp }: Port, variables: Variables): readonly WantedPort[] {
  const port = published === undefined ? "" : resolveText(published, variables);
  if (!/^[1-9]\d*$/.test(port)) return [];
  const address = hostIp === undefined ? undefined : resolveText(hostIp, variables);
  return [{ service, port: Number(port), protocol: protocol === undefined ? "tcp" : resolveText(protocol, variables), address }];
}

function collides(want: WantedPort, { PublicPort, Type, IP }: NonNullable<ContainerSummary["Ports"]>[number]): boolean {
  return PublicPort === want.port && Type === want.protocol && (isAny(want.address) || isAny(IP) || want.address === IP);
}

function isAny(address: string | undefined): boolean {
  return address === undefined || address === "" || address === "0.0.0.0" || address === "::";
}

function describe({ Names, Labels }: ContainerSummary): string {
  const name = (Names?.[0] ?? "").replace(/^\//, "");
  const project = Labels["com.docker.compose.project"];
  return project === undefined ? `the container ${name}` : `the container ${name} of the project ${project}`;
}
