import type * as z from "zod";
import { chosen } from "./forms.ts";
import { attributes } from "./object.ts";
import { eitherOf, listOf, mapOf, type OrVariable, plainText, scalar, setOf, text, word } from "./scalar.ts";

const count = scalar<OrVariable<number | "all">>(
  (value) => value === "all" || (Number.isSafeInteger(value) && (value as number) >= -1),
  "a number of devices",
  'write a whole number or "all"',
  ["all"],
);

const request = {
  /** What drives the devices, e.g. "nvidia". Default: any that can do it. @see https://docs.docker.com/reference/compose-file/deploy/#devices */
  driver: text.optional(),
  /** How many; "all" for every one. Default: all. @see https://docs.docker.com/reference/compose-file/deploy/#devices */
  count: count.optional(),
  /** Which ones, by id; not together with `count`. Default: any. @see https://docs.docker.com/reference/compose-file/deploy/#devices */
  deviceIds: setOf(text).optional(),
  /** Options of the driver; keys stay as written. Default: none. @see https://docs.docker.com/reference/compose-file/deploy/#devices */
  options: mapOf(plainText).optional(),
};

const capabilities = setOf(text);

/** Devices that a container needs. @see https://docs.docker.com/reference/compose-file/deploy/#devices */
export const deviceRequests = listOf(
  attributes({
    /** What a device must be able to do, e.g. ["gpu"]. @see https://docs.docker.com/reference/compose-file/deploy/#devices */
    capabilities,
    ...request,
  }),
);

const gpuRequests = listOf(
  attributes({
    /** What a GPU must be able to do beside being one. Default: none. @see https://docs.docker.com/reference/compose-file/services/#gpus */
    capabilities: capabilities.optional(),
    ...request,
  }),
);

const device = attributes({
  /** The device of the host. @see https://docs.docker.com/reference/compose-file/services/#devices */
  source: text,
  /** Its path in the container. Compose demands it in the long form. @see https://docs.docker.com/reference/compose-file/services/#devices */
  target: text,
  /** What the container may do: "r" read, "w" write, "m" create nodes. Default: "rwm". @see https://docs.docker.com/reference/compose-file/services/#devices */
  permissions: text.optional(),
});

const shortDevice = scalar<ShortDevice>(
  (value) => typeof value === "string" && /^(\/[^:]+(:\/[^:]+)?(:[rwm]{1,3})?|[\w.-]+\/[\w.-]+=\S+)$/.test(value),
  "a device",
  'write "/dev/ttyUSB0", "/dev/sda:/dev/xvda:rwm" or "vendor.com/class=name"',
);

/** A device in its short form, `SOURCE[:TARGET[:rwm]]`, or a name of the Container Device Interface. */
export type ShortDevice = OrVariable<`/${string}` | `${string}/${string}=${string}`>;

/** Devices of the host. */
export const deviceAttributes = {
  /** Rules for devices that appear later, e.g. "c 1:3 mr". Default: none. @see https://docs.docker.com/reference/compose-file/services/#device_cgroup_rules */
  deviceCgroupRules: setOf(text).optional(),
  /** Devices of the host, `SOURCE[:TARGET[:rwm]]`. Default: none. @see https://docs.docker.com/reference/compose-file/services/#devices */
  devices: listOf(eitherOf(shortDevice, device)).optional(),
  /** GPUs: "all", or which ones. Default: none. @see https://docs.docker.com/reference/compose-file/services/#gpus */
  gpus: chosen<OrVariable<"all"> | z.output<typeof gpuRequests>, OrVariable<"all"> | z.input<typeof gpuRequests>>(
    (value) => (Array.isArray(value) ? gpuRequests : word("all")),
    gpuRequests,
  ).optional(),
};
