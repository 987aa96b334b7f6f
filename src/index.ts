export { checkStack } from "./check/check-stack.ts";
export { type EmittedFile, emitStack } from "./emit/emit-stack.ts";
export type { Layout } from "./emit/layout.ts";
export { type ErrorCode, type Issue, StackError } from "./errors.ts";
export { launch } from "./library/launch.ts";
export type {
  Endpoint,
  LaunchEvent,
  Launched,
  LaunchedService,
  LaunchFailure,
  LaunchOptions,
  LogOptions,
} from "./library/launched.ts";
export type { CheckedService, CheckedStack } from "./model/checked-stack.ts";
export type { Condition, Dependency, DependencyOptions } from "./model/dependency.ts";
export type { Duration } from "./model/duration.ts";
export { type EnvOptions, env, type Interpolation, interpolate, type Text } from "./model/interpolation.ts";
export { type Network, type NetworkAttachment, type NetworkAttachmentSpec, type NetworkSpec, network } from "./model/network.ts";
export type { HealthcheckSpec, Probe, Timing } from "./model/schema/healthcheck.ts";
export type { BindMount, ShortBind, TmpfsMount } from "./model/schema/mount.ts";
export type { PortSpec, ShortPort } from "./model/schema/port.ts";
export type { Restart } from "./model/schema/service.ts";
export { type Config, type ConfigSpec, config, type Grant, type GrantSpec, type Secret, type SecretSpec, secret } from "./model/secret.ts";
export {
  type AnyService,
  type Service,
  type ServiceSpec,
  type ServiceWithHealthcheck,
  service,
  type Task,
  type TaskSpec,
  task,
} from "./model/service.ts";
export { type Stack, type StackOptions, stack } from "./model/stack.ts";
export { type NamedMountSpec, type Volume, type VolumeMount, type VolumeSpec, volume } from "./model/volume.ts";
export { type HttpOptions, probe, type TcpOptions, type Tool } from "./probe/catalog.ts";
