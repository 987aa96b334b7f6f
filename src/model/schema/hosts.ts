import type * as z from "zod";
import type { Text } from "../interpolation.ts";
import { isIpAddress } from "./address.ts";
import { show } from "./object.ts";
import { listOf, oneOrMore, scalar, setOf, text } from "./scalar.ts";
import { userMap } from "./user-map.ts";

const address = scalar<Text>(
  (value) => typeof value === "string" && (value === "host-gateway" || isIpAddress(value.replace(/^\[(.*)\]$/, "$1"))),
  "an address",
  'write "10.0.0.1", "::1" or "host-gateway"',
);

/** Host names and their addresses; "host-gateway" is the machine that runs the engine. Each becomes a list of addresses. */
export const extraHosts: z.ZodType<Map<string, Text[]>, { readonly [host: string]: Text | readonly Text[] }> = userMap(
  oneOrMore(address),
  (host) => (/^[^:=]*[^:=\n][^:=]*$/.test(host) ? undefined : `${show(host)} is not the name of a host (write "db.example")`),
).transform(
  (hosts) =>
    new Map([...hosts].filter(([, addresses]) => addresses.length > 0).map(([host, addresses]) => [host, [...new Set(addresses)]])),
);

const hostname = scalar<Text>(
  (value) =>
    typeof value === "string" &&
    /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/.test(value),
  "a host name",
  'write letters, digits, "-" and ".", e.g. "db.example"',
);

const link = scalar<Text>(
  (value) => typeof value === "string" && /^[a-zA-Z0-9._-]+(:[^:]+)?$/.test(value),
  "a link",
  'write "db" or "db:alias"',
);

const macAddress = scalar<Text>(
  (value) => typeof value === "string" && /^[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}$/.test(value),
  "a MAC address",
  'write "02:42:ac:11:00:03"',
);

/** How a container finds others and is found. */
export const hostAttributes = {
  /** Name servers. Default: the engine's. @see https://docs.docker.com/reference/compose-file/services/#dns */
  dns: oneOrMore(text).optional(),
  /** Options of the resolver, e.g. "use-vc". Default: the engine's. @see https://docs.docker.com/reference/compose-file/services/#dns_opt */
  dnsOpt: listOf(text).optional(),
  /** Domains in which short names are looked up. Default: the engine's. @see https://docs.docker.com/reference/compose-file/services/#dns_search */
  dnsSearch: oneOrMore(text).optional(),
  /** The domain name of the container. Default: none. @see https://docs.docker.com/reference/compose-file/services/#domainname */
  domainname: hostname.optional(),
  /** Containers outside of the stack, `NAME` or `NAME:ALIAS`. Default: none. @see https://docs.docker.com/reference/compose-file/services/#external_links */
  externalLinks: setOf(text).optional(),
  /** Further host names and their addresses; "host-gateway" is the machine of the engine. Default: none. @see https://docs.docker.com/reference/compose-file/services/#extra_hosts */
  extraHosts: extraHosts.optional(),
  /** The host name inside the container. Default: the container's id. @see https://docs.docker.com/reference/compose-file/services/#hostname */
  hostname: hostname.optional(),
  /** Services reached under another name, `SERVICE` or `SERVICE:ALIAS`; the older way to give aliases. Default: none. @see https://docs.docker.com/reference/compose-file/services/#links */
  links: listOf(link).optional(),
  /** The MAC address of the container. Default: the engine's choice. @see https://docs.docker.com/reference/compose-file/services/#mac_address */
  macAddress: macAddress.optional(),
};
