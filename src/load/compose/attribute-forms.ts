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

/** Attributes of services that Compose takes for absent where they are empty texts. */
export const ABSENT_IF_EMPTY: ReadonlySet<string> = new Set([
  "domainname",
  "hostname",
  "ipc",
  "mac_address",
  "pid",
  "platform",
  "restart",
  "stop_signal",
  "uts",
  "working_dir",
]);

/** The same of attributes inside of others. */
export const ABSENT_IF_EMPTY_INSIDE: ReadonlySet<string> = new Set([
  "endpoint_mode",
  "failure_action",
  "propagation",
  "protocol",
  "published",
  "working_dir",
]);

/** Attributes where Compose takes no number, although the text of one. */
export const TEXTS: ReadonlySet<string> = new Set(["memory"]);
