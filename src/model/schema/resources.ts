import { closedAttributes } from "./object.ts";
import { count, decimal, flag, integer, listOf, literalInteger, mapOf, plainText, text } from "./scalar.ts";
import { byteSize, byteSizeOrUnlimited } from "./size.ts";
import { ulimits } from "./ulimits.ts";

const path = text;

const byteRates = listOf(
  closedAttributes({
    /** The device, e.g. "/dev/sda". @see https://docs.docker.com/reference/compose-file/services/#blkio_config */
    path,
    /** Bytes a second: a number, or a text such as "12mb". @see https://docs.docker.com/reference/compose-file/services/#blkio_config */
    rate: byteSize,
  }),
);

const operationRates = listOf(
  closedAttributes({
    /** The device, e.g. "/dev/sda". @see https://docs.docker.com/reference/compose-file/services/#blkio_config */
    path,
    /** Operations a second. @see https://docs.docker.com/reference/compose-file/services/#blkio_config */
    rate: count,
  }),
);

const blkioConfig = closedAttributes({
  /** The most bytes a second read from a device. Default: no limit. @see https://docs.docker.com/reference/compose-file/services/#device_read_bps-device_write_bps */
  deviceReadBps: byteRates.optional(),
  /** The most reads a second of a device. Default: no limit. @see https://docs.docker.com/reference/compose-file/services/#device_read_iops-device_write_iops */
  deviceReadIops: operationRates.optional(),
  /** The most bytes a second written to a device. Default: no limit. @see https://docs.docker.com/reference/compose-file/services/#device_read_bps-device_write_bps */
  deviceWriteBps: byteRates.optional(),
  /** The most writes a second of a device. Default: no limit. @see https://docs.docker.com/reference/compose-file/services/#device_read_iops-device_write_iops */
  deviceWriteIops: operationRates.optional(),
  /** The share of input and output beside other containers, from 10 to 1000. Default: 500. @see https://docs.docker.com/reference/compose-file/services/#weight */
  weight: literalInteger(10, 1000).optional(),
  /** The share by device. Default: `weight`. @see https://docs.docker.com/reference/compose-file/services/#weight_device */
  weightDevice: listOf(
    closedAttributes({
      /** The device, e.g. "/dev/sda". @see https://docs.docker.com/reference/compose-file/services/#blkio_config */
      path,
      /** The share, from 10 to 1000. @see https://docs.docker.com/reference/compose-file/services/#blkio_config */
      weight: literalInteger(10, 1000),
    }),
  ).optional(),
});

/** How much of the machine a container gets. */
export const resourceAttributes = {
  /** Limits of input and output. Default: no limits. @see https://docs.docker.com/reference/compose-file/services/#blkio_config */
  blkioConfig: blkioConfig.optional(),
  /** The processors that may be used, a whole number (Windows). Default: all. @see https://docs.docker.com/reference/compose-file/services/#cpu_count */
  cpuCount: count.optional(),
  /** The percentage of the processors that may be used, from 0 to 100 (Windows). Default: 100. @see https://docs.docker.com/reference/compose-file/services/#cpu_percent */
  cpuPercent: integer(0, 100).optional(),
  /** The period of the scheduler, in microseconds. Default: 100000. @see https://docs.docker.com/reference/compose-file/services/#cpu_period */
  cpuPeriod: count.optional(),
  /** The processor time in each period, in microseconds; -1 for no limit. Default: no limit. @see https://docs.docker.com/reference/compose-file/services/#cpu_quota */
  cpuQuota: integer(-1).optional(),
  /** The period of the real-time scheduler, in microseconds. Default: the engine's. @see https://docs.docker.com/reference/compose-file/services/#cpu_rt_period */
  cpuRtPeriod: count.optional(),
  /** The real-time processor time in each period, in microseconds. Default: the engine's. @see https://docs.docker.com/reference/compose-file/services/#cpu_rt_runtime */
  cpuRtRuntime: count.optional(),
  /** The share of the processors beside other containers. Default: 1024. @see https://docs.docker.com/reference/compose-file/services/#cpu_shares */
  cpuShares: count.optional(),
  /** The processors that may be used, e.g. 0.5. Default: no limit. @see https://docs.docker.com/reference/compose-file/services/#cpus */
  cpus: decimal.optional(),
  /** Which processors may be used, e.g. "0-3" or "0,1". Default: all. @see https://docs.docker.com/reference/compose-file/services/#cpuset */
  cpuset: text.optional(),
  /** The most memory: bytes, or a text such as "64m"; -1 for no limit. Default: no limit. @see https://docs.docker.com/reference/compose-file/services/#mem_limit */
  memLimit: byteSizeOrUnlimited.optional(),
  /** The memory it is sure to get: bytes, or a text such as "64m". Default: none. @see https://docs.docker.com/reference/compose-file/services/#mem_reservation */
  memReservation: byteSize.optional(),
  /** How readily memory is swapped out, a percentage from 0 to 100. Default: the host's. @see https://docs.docker.com/reference/compose-file/services/#mem_swappiness */
  memSwappiness: integer(0, 100).optional(),
  /** The most memory and swap together: bytes, or a text such as "64m"; -1 for no limit. Default: twice `memLimit`. @see https://docs.docker.com/reference/compose-file/services/#memswap_limit */
  memswapLimit: byteSizeOrUnlimited.optional(),
  /** Whether the kernel may not kill it when memory runs out. Default: false. @see https://docs.docker.com/reference/compose-file/services/#oom_kill_disable */
  oomKillDisable: flag.optional(),
  /** How readily the kernel kills it, from -1000 to 1000. Default: 0. @see https://docs.docker.com/reference/compose-file/services/#oom_score_adj */
  oomScoreAdj: integer(-1000, 1000).optional(),
  /** The most processes; -1 for no limit. Default: no limit. @see https://docs.docker.com/reference/compose-file/services/#pids_limit */
  pidsLimit: integer(-1).optional(),
  /** The size of /dev/shm: bytes, or a text such as "64m". Default: 64m. @see https://docs.docker.com/reference/compose-file/services/#shm_size */
  shmSize: byteSize.optional(),
  /** Options of the storage driver, e.g. { size: "1G" }; keys stay as written. Default: none. @see https://docs.docker.com/reference/compose-file/services/#storage_opt */
  storageOpt: mapOf(plainText).optional(),
  /** Limits of the processes by name, e.g. { nofile: { soft: 1024, hard: 4096 } }. Default: the engine's. @see https://docs.docker.com/reference/compose-file/services/#ulimits */
  ulimits: ulimits.optional(),
};
