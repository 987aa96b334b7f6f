import type { CheckedStack } from "../../model/checked-stack.ts";
import type { Text } from "../../model/interpolation.ts";
import type { Port } from "../../model/schema/port.ts";
import type { LaunchPlan } from "../decide/launch-plan.ts";
import { resolveText } from "../resolve-text.ts";
import type { Variables } from "../variables.ts";

/** A port of the host that a service is to be reached at. */
export interface WantedPort {
  readonly service: string;
  readonly port: number;
  /** "tcp", "udp" or "sctp". */
  readonly protocol: string;
  /** The address of the host to listen on; `undefined` for all. */
  readonly address: string | undefined;
}

/** The ports of the host that the services of a launch ask for by number; a range is the engine's to choose from. */
export function wantedPorts(stack: CheckedStack, plan: LaunchPlan, variables: Variables): readonly WantedPort[] {
  const services = [...plan.services.values()].filter(({ replicas }) => replicas > 0);
  return services.flatMap(({ name }) => (stack.services.get(name)?.model.ports ?? []).flatMap((port) => wantedPort(name, port, variables)));
}

function wantedPort(service: string, { published, protocol, hostIp }: Port, variables: Variables): readonly WantedPort[] {
  const textOf = (text: Text | undefined, otherwise: string): string => (text === undefined ? otherwise : resolveText(text, variables));
  const port = textOf(published, "");
  // Neither "0", any free one, nor a range, nor what the variables make no number of: Compose will say so.
  if (!/^[1-9]\d*$/.test(port)) return [];
  const address = textOf(hostIp, "");
  return [{ service, port: Number(port), protocol: textOf(protocol, "tcp"), address: isEvery(address) ? undefined : address }];
}

/** Whether an address stands for all addresses of the host. */
export function isEvery(address: string | undefined): boolean {
  return address === undefined || address === "" || address === "0.0.0.0" || address === "::";
}
