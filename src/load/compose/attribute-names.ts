/** The model's name of an attribute: `stop_grace_period` → `stopGracePeriod`. */
export function camelCase(attribute: string): string {
  return attribute.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Compose's name of an attribute: `stopGracePeriod` → `stop_grace_period`. */
export function snakeCase(attribute: string): string {
  return attribute.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Attributes whose keys are the user's and stay as written. */
export const FREE_FORM: ReadonlySet<string> = new Set([
  "additional_contexts",
  "annotations",
  "args",
  "aux_addresses",
  "driver_opts",
  "environment",
  "extra_hosts",
  "labels",
  "options",
  "ssh",
  "storage_opt",
  "sysctls",
  "ulimits",
]);

/** Of those, the ones that may be a list of `KEY=VALUE` as well. */
export const LISTABLE: ReadonlySet<string> = new Set([
  "additional_contexts",
  "annotations",
  "args",
  "environment",
  "extra_hosts",
  "labels",
  "sysctls",
]);

/** Attributes where Compose turns a text into a number. */
export const NUMBERS: ReadonlySet<string> = new Set([
  "context_size",
  "count",
  "cpu_count",
  "cpu_percent",
  "cpu_period",
  "cpu_quota",
  "cpu_rt_period",
  "cpu_rt_runtime",
  "cpu_shares",
  "gw_priority",
  "hard",
  "max_attempts",
  "max_replicas_per_node",
  "mem_swappiness",
  "mode",
  "oom_score_adj",
  "parallelism",
  "pids",
  "pids_limit",
  "priority",
  "replicas",
  "retries",
  "scale",
  "soft",
  "target",
]);

/** Attributes where Compose turns a text into true or false. */
export const FLAGS: ReadonlySet<string> = new Set([
  "attach",
  "attachable",
  "create_host_path",
  "disable",
  "enable_ipv4",
  "enable_ipv6",
  "external",
  "init",
  "initial_sync",
  "internal",
  "no_cache",
  "nocopy",
  "oom_kill_disable",
  "per_replica",
  "privileged",
  "pull",
  "read_only",
  "required",
  "restart",
  "stdin_open",
  "tty",
  "use_api_socket",
]);
