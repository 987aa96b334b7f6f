import { attributes } from "./object.ts";
import { flag, labels, listOf, literalInteger, mapOf, text, textOrNumber } from "./scalar.ts";

/** Networks. @see https://docs.docker.com/reference/compose-file/networks/ */
export const networkSchema = attributes({
  /** The name outside of the stack. Default: the stack's name, `_` and the network's. */
  name: text.optional(),
  /** The network driver. Default: the engine's, usually "bridge". */
  driver: text.optional(),
  /** Options of the driver; keys stay as written. */
  driverOpts: mapOf(textOrNumber).optional(),
  /** Address management. */
  ipam: attributes({
    /** The address manager. Default: "default". */
    driver: text.optional(),
    /** Address ranges. */
    config: listOf(
      attributes({
        /** The network in CIDR form, e.g. "10.5.0.0/16". */
        subnet: text.optional(),
        /** The range containers get addresses from, in CIDR form. */
        ipRange: text.optional(),
        /** The router's address. */
        gateway: text.optional(),
        /** Addresses that the driver must not give away, by host name. */
        auxAddresses: mapOf(text).optional(),
      }),
    ).optional(),
    /** Options of the address manager; keys stay as written. Compose 2.40 takes no notice of them. */
    options: mapOf(text).optional(),
  }).optional(),
  /** Whether the network exists already and is not managed by this stack. Default: false. */
  external: flag.optional(),
  /** Whether the network has no way to the outside. Default: false. */
  internal: flag.optional(),
  /** Whether containers outside of the stack may join. Default: false. */
  attachable: flag.optional(),
  /** Whether containers get IPv4 addresses. Default: true. */
  enableIpv4: flag.optional(),
  /** Whether containers get IPv6 addresses. Default: false. */
  enableIpv6: flag.optional(),
  /** Labels of the network. */
  labels: labels.optional(),
});

/** A service on a network. @see https://docs.docker.com/reference/compose-file/services/#networks */
export const networkAttachmentSchema = attributes({
  /** Further names of the service on this network. */
  aliases: listOf(text).optional(),
  /** The name of the network interface in the container. */
  interfaceName: text.optional(),
  /** A fixed IPv4 address. */
  ipv4Address: text.optional(),
  /** A fixed IPv6 address. */
  ipv6Address: text.optional(),
  /** Link-local addresses. */
  linkLocalIps: listOf(text).optional(),
  /** A fixed MAC address. */
  macAddress: text.optional(),
  /** Options of the driver for this endpoint; keys stay as written. */
  driverOpts: mapOf(textOrNumber).optional(),
  /** Which network is connected first: the highest. Default: 0. */
  priority: literalInteger(Number.MIN_SAFE_INTEGER).optional(),
  /** Which network gives the default gateway: the highest. Default: 0. */
  gwPriority: literalInteger(Number.MIN_SAFE_INTEGER).optional(),
});
