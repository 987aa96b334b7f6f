import type * as z from "zod";
import { StackError } from "../errors.ts";
import { required } from "./accepted.ts";
import { accepting } from "./accepting.ts";
import { type Definition, definedBy } from "./definition.ts";
import { type Dependency, type DependencyOptions, dependency } from "./dependency.ts";
import { type CheckOf, type Dockerfile, isDockerfile } from "./dockerfile.ts";
import { attributes, NAME, WAITING } from "./handle-arguments.ts";
import type { Text } from "./interpolation.ts";
import type { HealthcheckSpec, Probe } from "./schema/healthcheck.ts";
import type { OrVariable } from "./schema/scalar.ts";
import type { serviceSchema } from "./schema/service.ts";
import type { StackwrightExtension } from "./schema/stackwright.ts";

/** Attributes of a service. @see https://docs.docker.com/reference/compose-file/services/ */
export interface ServiceSpec extends z.input<typeof serviceSchema> {
  /** What Stackwright should know of the service; Compose ignores it. */
  readonly "x-stackwright"?: StackwrightExtension;
}

/** Attributes of a task: a service's, but it has no health check and is not restarted after success. */
export interface TaskSpec extends Omit<ServiceSpec, "healthcheck" | "restart"> {
  /** What happens after an exit: a task ends with exit 0, so that only a failure may restart it. Default: "no". @see https://docs.docker.com/reference/compose-file/services/#restart */
  readonly restart?: OrVariable<"no" | "on-failure" | `on-failure:${number}`>;
}

interface Member {
  readonly name: string;
  /** The host name by which the other services of its networks reach it. */
  readonly host: string;
  readonly spec: ServiceSpec;
  readonly definition: Definition;
  /** Start after this one was started. */
  started(options?: DependencyOptions): Dependency;
}

/** A service without a health check: it keeps running. */
export interface Service extends Member {
  readonly kind: "service";
}

/** A service with a health check: others can wait until it is healthy. */
export interface ServiceWithHealthcheck extends Service {
  /** Start after every container of this one is healthy. */
  healthy(options?: DependencyOptions): Dependency;
}

/** A task: it runs to completion, exit 0 is success. */
export interface Task extends Member {
  readonly kind: "task";
  readonly spec: TaskSpec;
  /** Start after this one exited with 0. */
  completed(options?: DependencyOptions): Dependency;
}

/** A service or a task. */
export type AnyService = Service | Task;

type NoHealthcheck = undefined | { readonly disable: true } | { readonly test: readonly ["NONE"] } | Probe<"none">;
// What the service does not say, the image may: a Dockerfile described with a health check hands it on.
type ServiceOf<Check, File> = HasCheck<[Check] extends [undefined] ? CheckOf<File> : Check> extends true ? ServiceWithHealthcheck : Service;
type HasCheck<Check> = [Extract<Check, NoHealthcheck>] extends [never] ? true : false;

// Once the compiler has noted what was given, this is `unknown`, and every service is compared with `ServiceSpec` itself.
// To a type parameter in it, a misspelt attribute would be right, and each service would be compared with a type of its own.
type Noting<Check, File> = [Check, File] extends [never, never]
  ? { readonly healthcheck?: Check; readonly build?: Text | { readonly dockerfile?: File } }
  : unknown;

const ACCEPTS = { name: NAME, spec: required(attributes('{ image: "postgres:17" }')) };

/**
 * A service: it keeps running, and an exit is a failure.
 * `.healthy()` is there only if `healthcheck` is.
 *
 * @see https://docs.docker.com/reference/compose-file/services/
 */
export const service = accepting(
  "service",
  ACCEPTS,
  <Check extends Probe | HealthcheckSpec | undefined = undefined, File extends Text | Dockerfile | undefined = undefined>(
    name: string,
    spec: ServiceSpec & Noting<Check, File>,
  ): ServiceOf<Check, File> => {
    const self: Service & Pick<ServiceWithHealthcheck, "healthy"> = Object.freeze({
      kind: "service" as const,
      name,
      host: name,
      spec,
      definition: definedBy(service),
      started: accepting("service().started", WAITING, (options?: DependencyOptions) => dependency(self, "service_started", options)),
      healthy: accepting("service().healthy", WAITING, (options?: DependencyOptions) => {
        if (spec.healthcheck === undefined && !isCheckedByImage(spec)) throw withoutHealthcheck(name);
        return dependency(self, "service_healthy", options);
      }),
    });
    return self as unknown as ServiceOf<Check, File>;
  },
);

/**
 * A task: it runs to completion, and exit 0 is success.
 *
 * @see https://docs.docker.com/reference/compose-file/services/
 */
export const task = accepting("task", ACCEPTS, (name: string, spec: TaskSpec): Task => {
  const self: Task = Object.freeze<Task>({
    kind: "task",
    name,
    host: name,
    spec,
    definition: definedBy(task),
    started: accepting("task().started", WAITING, (options?: DependencyOptions) => dependency(self, "service_started", options)),
    completed: accepting("task().completed", WAITING, (options?: DependencyOptions) =>
      dependency(self, "service_completed_successfully", options),
    ),
  });
  return self;
});

function isCheckedByImage({ build }: ServiceSpec): boolean {
  const file = (build as { readonly dockerfile?: unknown } | undefined)?.dockerfile;
  return isDockerfile(file) && file.check !== undefined;
}

function withoutHealthcheck(name: string): StackError {
  return StackError.of("invalid-stack", "has no health check, so that nothing can wait until it is healthy", {
    path: name,
    hint: `give it one, e.g. healthcheck: probe.tcp({ port: 5432 }), or write ${name}.started()`,
  });
}
