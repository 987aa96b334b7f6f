import { deviceRequests } from "./devices.ts";
import { attributes } from "./object.ts";
import { count, decimal, duration, integer, labels, listOf, type OrVariable, scalar, text, textOrNumber, word } from "./scalar.ts";
import { byteSize } from "./size.ts";

const ratio = scalar<OrVariable<number | `${number}`>>(
  (value) => ["number", "string"].includes(typeof value) && decimal.safeParse(value).success && Number(value) <= 1,
  "a number from 0 to 1",
).transform((value) => (typeof value === "number" ? String(value) : value));

const change = {
  /** How many containers change at once; 0 for all. Default: 1. @see https://docs.docker.com/reference/compose-file/deploy/#update_config */
  parallelism: count.optional(),
  /** Time between one group and the next. Default: 0s. @see https://docs.docker.com/reference/compose-file/deploy/#update_config */
  delay: duration.optional(),
  /** Time in which a new container must not fail. Default: 5s. @see https://docs.docker.com/reference/compose-file/deploy/#update_config */
  monitor: duration.optional(),
  /** The share of failures that is tolerated, from 0 to 1. Default: 0. @see https://docs.docker.com/reference/compose-file/deploy/#update_config */
  maxFailureRatio: ratio.optional(),
  /** Which container goes first. Default: "stop-first". @see https://docs.docker.com/reference/compose-file/deploy/#update_config */
  order: word("start-first", "stop-first").optional(),
};

const genericResource = attributes({
  /** A resource that is counted. Default: none. @see https://docs.docker.com/reference/compose-file/deploy/#resources */
  discreteResourceSpec: attributes({
    /** What it is, as the node advertises it. Default: none. @see https://docs.docker.com/reference/compose-file/deploy/#resources */
    kind: text.optional(),
    /** How many are needed. Default: 0. @see https://docs.docker.com/reference/compose-file/deploy/#resources */
    value: count.optional(),
  }).optional(),
});

const resources = attributes({
  /** The most that a container gets. Default: no limits. @see https://docs.docker.com/reference/compose-file/deploy/#limits */
  limits: attributes({
    /** Processors, e.g. 0.5. Default: no limit. @see https://docs.docker.com/reference/compose-file/deploy/#cpus */
    cpus: decimal.optional(),
    /** Memory: bytes, or a text such as "64m". Default: no limit. @see https://docs.docker.com/reference/compose-file/deploy/#memory */
    memory: byteSize.optional(),
    /** Processes; -1 for no limit. Default: no limit. @see https://docs.docker.com/reference/compose-file/deploy/#pids */
    pids: integer(-1).optional(),
  }).optional(),
  /** What a container is sure to get. Default: none. @see https://docs.docker.com/reference/compose-file/deploy/#reservations */
  reservations: attributes({
    /** Processors, e.g. 0.25. Default: none. @see https://docs.docker.com/reference/compose-file/deploy/#cpus */
    cpus: decimal.optional(),
    /** Memory: bytes, or a text such as "64m". Default: none. @see https://docs.docker.com/reference/compose-file/deploy/#memory */
    memory: byteSize.optional(),
    /** Resources of a node that its operator defined (Swarm). Default: none. @see https://docs.docker.com/reference/compose-file/deploy/#resources */
    genericResources: listOf(genericResource).optional(),
    /** Devices such as GPUs. Default: none. @see https://docs.docker.com/reference/compose-file/deploy/#devices */
    devices: deviceRequests.optional(),
  }).optional(),
});

/** How a service is deployed. */
export const deploySchema = attributes({
  /** "replicated" for `replicas` containers, "global" for one a node; "-job" where they run to completion. Default: "replicated". @see https://docs.docker.com/reference/compose-file/deploy/#mode */
  mode: word("replicated", "global", "replicated-job", "global-job").optional(),
  /** How clients find the service (Swarm): one address ("vip") or all of them ("dnsrr"). Default: "vip". @see https://docs.docker.com/reference/compose-file/deploy/#endpoint_mode */
  endpointMode: word("vip", "dnsrr").optional(),
  /** How many containers run. Default: 1. @see https://docs.docker.com/reference/compose-file/deploy/#replicas */
  replicas: count.optional(),
  /** Labels of the service, not of its containers. Default: none. @see https://docs.docker.com/reference/compose-file/deploy/#labels */
  labels: labels.optional(),
  /** How a failed update is taken back. Default: one container at a time. @see https://docs.docker.com/reference/compose-file/deploy/#rollback_config */
  rollbackConfig: attributes({
    ...change,
    /** What follows a failure. Default: "pause". @see https://docs.docker.com/reference/compose-file/deploy/#rollback_config */
    failureAction: word("continue", "pause").optional(),
  }).optional(),
  /** How the service is updated. Default: one container at a time. @see https://docs.docker.com/reference/compose-file/deploy/#update_config */
  updateConfig: attributes({
    ...change,
    /** What follows a failure. Default: "pause". @see https://docs.docker.com/reference/compose-file/deploy/#update_config */
    failureAction: word("continue", "pause", "rollback").optional(),
  }).optional(),
  /** Limits and reservations. Default: no limits, no reservations. @see https://docs.docker.com/reference/compose-file/deploy/#resources */
  resources: resources.optional(),
  /** What happens after an exit, in place of `restart`; Docker Compose makes the engine's policy of it, with pauses that grow from 100 ms to a minute. Default: that of `restart`. @see https://docs.docker.com/reference/compose-file/deploy/#restart_policy */
  restartPolicy: attributes({
    /** After which exits a container is started again. Default: "any" in Swarm; Docker Compose takes it for "none". @see https://docs.docker.com/reference/compose-file/deploy/#restart_policy */
    condition: word("none", "on-failure", "any").optional(),
    /** Time before the next attempt (Swarm only). Default: 0s. @see https://docs.docker.com/reference/compose-file/deploy/#restart_policy */
    delay: duration.optional(),
    /** The most attempts; with condition "on-failure" only. Default: no limit. @see https://docs.docker.com/reference/compose-file/deploy/#restart_policy */
    maxAttempts: count.optional(),
    /** Time after which an attempt counts as a success (Swarm only). Default: 0s. @see https://docs.docker.com/reference/compose-file/deploy/#restart_policy */
    window: duration.optional(),
  }).optional(),
  /** On which nodes containers run (Swarm). Default: any node. @see https://docs.docker.com/reference/compose-file/deploy/#placement */
  placement: attributes({
    /** What a node must be, e.g. "node.role==manager". Default: any node. @see https://docs.docker.com/reference/compose-file/deploy/#constraints */
    constraints: listOf(text).optional(),
    /** What containers are spread over. Default: none. @see https://docs.docker.com/reference/compose-file/deploy/#preferences */
    preferences: listOf(
      attributes({
        /** The label over whose values containers are spread, e.g. "node.labels.zone". Default: none. @see https://docs.docker.com/reference/compose-file/deploy/#preferences */
        spread: textOrNumber.optional(),
      }),
    ).optional(),
    /** The most containers on one node. Default: no limit. @see https://docs.docker.com/reference/compose-file/deploy/#placement */
    maxReplicasPerNode: count.optional(),
  }).optional(),
});
