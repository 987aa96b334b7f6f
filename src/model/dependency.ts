import type { OrVariable } from "./schema/scalar.ts";
import type { AnyService } from "./service.ts";

/** What a dependency must have reached. @see https://docs.docker.com/reference/compose-file/services/#depends_on */
export type Condition = "service_started" | "service_healthy" | "service_completed_successfully";

export interface DependencyOptions {
  /** Whether the dependent restarts when its dependency is restarted. Default: false. @see https://docs.docker.com/reference/compose-file/services/#depends_on */
  readonly restart?: OrVariable<boolean>;
  /** Whether the dependency must take part and hold; `false` waits for it only if it does. Default: true. @see https://docs.docker.com/reference/compose-file/services/#depends_on */
  readonly required?: boolean;
}

/** A service to wait for; made by `.started()`, `.healthy()` and `.completed()`. */
export interface Dependency {
  readonly kind: "dependency";
  /** The name of the service to wait for. */
  readonly on: string;
  /** The service itself; absent in a Compose file that was read in, where only the name is known. */
  readonly service?: AnyService;
  /** What it must have reached. @see https://docs.docker.com/reference/compose-file/services/#depends_on */
  readonly condition: Condition;
  /** Whether the dependent restarts when it is restarted. Default: false. @see https://docs.docker.com/reference/compose-file/services/#depends_on */
  readonly restart?: OrVariable<boolean>;
  /** Whether it must take part and hold. @see https://docs.docker.com/reference/compose-file/services/#depends_on */
  readonly required: boolean;
}

/** A dependency on `service`. */
export function dependency(service: AnyService, condition: Condition, options: DependencyOptions = {}): Dependency {
  const { restart, required = true } = options;
  return Object.freeze<Dependency>({
    kind: "dependency",
    on: service.name,
    service,
    condition,
    ...(restart === undefined ? {} : { restart }),
    required,
  });
}
