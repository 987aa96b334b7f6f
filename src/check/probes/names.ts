import type { CheckedService } from "../../model/checked-stack.ts";
import { usualText } from "../images.ts";
import type { JudgedProbe } from "./judged-probe.ts";

/** Whether a host is the container itself, by an address that never leaves it. */
export function isLoopback(host: string): boolean {
  return /^(localhost|ip6-localhost|127(\.\d{1,3}){3}|\[?::1\]?|0\.0\.0\.0|\[?::\]?)$/.test(host);
}

/** Whether a host is the container itself, by a name that others use. */
export function isOwnName(host: string, { service }: JudgedProbe): boolean {
  return service !== undefined && namesOf(service).includes(host);
}

/** The other service of the stack that a host names. */
export function otherService(host: string, probe: JudgedProbe): CheckedService | undefined {
  const { subject, service } = probe;
  if (service === undefined || isOwnName(host, probe) || sharesNetwork(service)) return undefined;
  return [...subject.services.values()].find((other) => other.name !== service.name && namesOf(other).includes(host));
}

// With the network of another container, that container's ports are its own.
function sharesNetwork({ model }: CheckedService): boolean {
  const mode = model.networkMode;
  return mode !== undefined && (typeof mode !== "string" || /^(host|service:|container:)/.test(mode));
}

function namesOf({ name, model }: CheckedService): readonly string[] {
  const { hostname, containerName, networks } = model;
  const given = [hostname, containerName].flatMap((each) => (each === undefined ? [] : (usualText(each) ?? [])));
  const aliases = [...(networks ?? [])].flatMap(([, attachment]) => (attachment?.aliases ?? []).flatMap((alias) => usualText(alias) ?? []));
  return [name, ...given, ...aliases];
}
