import * as z from "zod";

const ADDRESS = z.union([z.ipv4(), z.ipv6()]);

/** Whether a value is an address of IPv4 or IPv6, which may name its zone: `fe80::1%eth0`. */
export function isIpAddress(value: unknown): boolean {
  return typeof value === "string" && ADDRESS.safeParse(value.replace(/%[\w.-]+$/, "")).success;
}
