import { attributes } from "./object.ts";
import { flag, labels, listOf, literalInteger, mapOf, text, textOrNumber } from "./scalar.ts";

/** Networks. @see https://docs.docker.com/reference/compose-file/networks/ */
export const networkSchema = attributes({
  /** The name outside of the stack. Default: the stack's name, `_` and the network's. @see https://docs.docker.com/reference/compose-file/networks/#name */
  name: text.optional(),
  /** The network driver. Default: the engine's, usually "bridge". @see https://docs.docker.com/reference/compose-file/networks/#driver */
  driver: text.optional(),
  /** Options of the driver; keys stay as written. Default: none. @see https://docs.docker.com/reference/compose-file/networks/#driver_opts */
  driverOpts: mapOf(textOrNumber).optional(),
  /** Address management. Default: the engine's choice. @see https://docs.docker.com/reference/compose-file/networks/#ipam */
  ipam: attributes({
    /** The address manager. Default: "default". @see https://docs.docker.com/reference/compose-file/networks/#ipam */
    driver: text.optional(),
    /** Address ranges. Default: the engine's choice. @see https://docs.docker.com/reference/compose-file/networks/#ipam */
    config: listOf(
      attributes({
        /** The network in CIDR form, e.g. "10.5.0.0/16". Default: the engine's choice. @see https://docs.docker.com/reference/compose-file/networks/#ipam */
        subnet: text.optional(),
        /** The range containers get addresses from, in CIDR form. Default: all of `subnet`. @see https://docs.docker.com/reference/compose-file/networks/#ipam */
        ipRange: text.optional(),
        /** The router's address. Default: the first address of `subnet`. @see https://docs.docker.com/reference/compose-file/networks/#ipam */
        gateway: text.optional(),
        /** Addresses that the driver must not give away, by host name. Default: none. @see https://docs.docker.com/reference/compose-file/networks/#ipam */
        auxAddresses: mapOf(text).optional(),
      }),
    ).optional(),
    /** Options of the address manager; keys stay as written. Compose 2.40 takes no notice of them. Default: none. @see https://docs.docker.com/reference/compose-file/networks/#ipam */
    options: mapOf(text).optional(),
  }).optional(),
  /** Whether the network exists already and is not managed by this stack. Default: false. @see https://docs.docker.com/reference/compose-file/networks/#external */
  external: flag.optional(),
  /** Whether the network has no way to the outside. Default: false. @see https://docs.docker.com/reference/compose-file/networks/#internal */
  internal: flag.optional(),
  /** Whether containers outside of the stack may join. Default: false. @see https://docs.docker.com/reference/compose-file/networks/#attachable */
  attachable: flag.optional(),
  /** Whether containers get IPv4 addresses. Default: true. @see https://docs.docker.com/reference/compose-file/networks/#enable_ipv4 */
  enableIpv4: flag.optional(),
  /** Whether containers get IPv6 addresses. Default: false. @see https://docs.docker.com/reference/compose-file/networks/#enable_ipv6 */
  enableIpv6: flag.optional(),
  /** Labels of the network. Default: none. @see https://docs.docker.com/reference/compose-file/networks/#labels */
  labels: labels.optional(),
});

/** A service on a network. @see https://docs.docker.com/reference/compose-file/services/#networks */
export const networkAttachmentSchema = attributes({
  /** Further names of the service on this network. Default: none. @see https://docs.docker.com/reference/compose-file/services/#aliases */
  aliases: listOf(text).optional(),
  /** The name of the network interface in the container. Default: eth0, eth1 and so on. @see https://docs.docker.com/reference/compose-file/services/#interface_name */
  interfaceName: text.optional(),
  /** A fixed IPv4 address. Default: the engine's choice. @see https://docs.docker.com/reference/compose-file/services/#ipv4_address-ipv6_address */
  ipv4Address: text.optional(),
  /** A fixed IPv6 address. Default: the engine's choice. @see https://docs.docker.com/reference/compose-file/services/#ipv4_address-ipv6_address */
  ipv6Address: text.optional(),
  /** Link-local addresses. Default: none. @see https://docs.docker.com/reference/compose-file/services/#link_local_ips */
  linkLocalIps: listOf(text).optional(),
  /** A fixed MAC address. Default: the engine's choice. @see https://docs.docker.com/reference/compose-file/services/#networks */
  macAddress: text.optional(),
  /** Options of the driver for this endpoint; keys stay as written. Default: none. @see https://docs.docker.com/reference/compose-file/services/#networks */
  driverOpts: mapOf(textOrNumber).optional(),
  /** Which network is connected first: the highest. Default: 0. @see https://docs.docker.com/reference/compose-file/services/#priority */
  priority: literalInteger(Number.MIN_SAFE_INTEGER).optional(),
  /** Which network gives the default gateway: the highest. Default: 0. @see https://docs.docker.com/reference/compose-file/services/#gw_priority */
  gwPriority: literalInteger(Number.MIN_SAFE_INTEGER).optional(),
});
