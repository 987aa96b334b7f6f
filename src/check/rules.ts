import type { Rule } from "./rule.ts";
import { PLATFORM_NOT_BUILT } from "./rules/build-platforms.ts";
import { UNWRITABLE_CHARACTER } from "./rules/characters.ts";
import { COMPLETED_ON_RESTARTING, HEALTHY_ON_DISABLED, HEALTHY_WITHOUT_HEALTHCHECK, UNKNOWN_DEPENDENCY } from "./rules/conditions.ts";
import { DUPLICATE_CONTAINER_NAME } from "./rules/container-names.ts";
import { DEPENDENCY_CYCLE } from "./rules/cycles.ts";
import { COUNT_AND_DEVICE_IDS } from "./rules/devices.ts";
import { MULTIPLE_HEALTHCHECK } from "./rules/dockerfile-healthcheck.ts";
import { DOCKERFILE_NOT_GENERABLE } from "./rules/dockerfiles.ts";
import { INVALID_VARIABLE_NAME } from "./rules/environments.ts";
import { EXTERNAL_DESCRIBED } from "./rules/externals.ts";
import { INVALID_ATTRIBUTE, INVALID_DURATION, INVALID_RESTART_POLICY, PROBE_REFUSED, TEST_MISSING_PREFIX } from "./rules/forms.ts";
import { RELATIVE_MOUNT_TARGET } from "./rules/mounts.ts";
import { INVALID_NAME } from "./rules/names.ts";
import { NETWORKS_WITH_NETWORK_MODE, PORTS_WITH_NETWORK_MODE } from "./rules/network-mode.ts";
import { CONTAINER_NAME_WITH_REPLICAS, HOST_PORT_WITH_REPLICAS, PORT_CONFLICT } from "./rules/ports.ts";
import { PROVIDER_WITH_CONTAINER } from "./rules/providers.ts";
import { UNKNOWN_REFERENCE } from "./rules/references.ts";
import { ATTEMPTS_WITHOUT_FAILURE } from "./rules/restarts.ts";
import { IMAGE_OR_BUILD_MISSING, SOURCE_OF_SECRET } from "./rules/sources.ts";
import { DUPLICATE_TARGET } from "./rules/targets.ts";
import {
  DISABLE_WITH_TEST,
  DURATION_TOO_SHORT,
  START_INTERVAL_GT_START_PERIOD,
  START_INTERVAL_WITHOUT_START_PERIOD,
  ZERO_TIMING,
} from "./rules/timings.ts";
import { CONTRADICTING_VALUES } from "./rules/twofold.ts";
import { UNUSED_ALLOWANCE } from "./rules/unused-allowance.ts";

/** Every rule, in the order in which their findings are listed. */
const TABLE = [
  INVALID_ATTRIBUTE,
  INVALID_RESTART_POLICY,
  INVALID_DURATION,
  TEST_MISSING_PREFIX,
  PROBE_REFUSED,
  INVALID_NAME,
  UNWRITABLE_CHARACTER,
  IMAGE_OR_BUILD_MISSING,
  SOURCE_OF_SECRET,
  PROVIDER_WITH_CONTAINER,
  EXTERNAL_DESCRIBED,
  UNKNOWN_REFERENCE,
  UNKNOWN_DEPENDENCY,
  HEALTHY_WITHOUT_HEALTHCHECK,
  HEALTHY_ON_DISABLED,
  COMPLETED_ON_RESTARTING,
  DEPENDENCY_CYCLE,
  DISABLE_WITH_TEST,
  ZERO_TIMING,
  START_INTERVAL_WITHOUT_START_PERIOD,
  START_INTERVAL_GT_START_PERIOD,
  DURATION_TOO_SHORT,
  ATTEMPTS_WITHOUT_FAILURE,
  DOCKERFILE_NOT_GENERABLE,
  RELATIVE_MOUNT_TARGET,
  INVALID_VARIABLE_NAME,
  NETWORKS_WITH_NETWORK_MODE,
  PORTS_WITH_NETWORK_MODE,
  CONTAINER_NAME_WITH_REPLICAS,
  HOST_PORT_WITH_REPLICAS,
  PORT_CONFLICT,
  DUPLICATE_CONTAINER_NAME,
  PLATFORM_NOT_BUILT,
  DUPLICATE_TARGET,
  CONTRADICTING_VALUES,
  COUNT_AND_DEVICE_IDS,
  MULTIPLE_HEALTHCHECK,
  UNUSED_ALLOWANCE,
] as const;

/** The name of a rule. */
export type RuleName = (typeof TABLE)[number]["name"];

/** Every rule, in the order in which their findings are listed. */
export const RULES: readonly Rule<RuleName>[] = TABLE;
