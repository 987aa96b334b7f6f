import { randomBytes } from "node:crypto";
import type { CheckedService, CheckedStack } from "../model/checked-stack.ts";
import type { LaunchOptions } from "./launched.ts";

/** The stack as an instance of its own: its name, and nothing fixed on the host that another instance would want too. */
export function ownInstance(stack: CheckedStack, { name, ports = "free" }: Pick<LaunchOptions, "name" | "ports">): CheckedStack {
  const own = { ...stack, name: name ?? `${stack.name}-${randomBytes(3).toString("hex")}` };
  if (ports === "asWritten") return own;
  return { ...own, services: new Map([...stack.services].map(([key, service]) => [key, withFreePorts(service)])) };
}

// A container's fixed name is as much taken by another instance as a port is.
function withFreePorts(service: CheckedService): CheckedService {
  const { containerName: _, ports, ...model } = service.model;
  const free = ports?.map(({ published: __, short: ___, ...port }) => port);
  return { ...service, model: { ...model, ...(free === undefined ? {} : { ports: free }) } };
}
