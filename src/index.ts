export { checkStack } from "./check/check-stack.ts";
export { type Configuration, defineConfig, type RuleSetting } from "./check/configuration.ts";
export type { Severity } from "./check/rule.ts";
export type { RuleName } from "./check/rules.ts";
export type { EngineSilence } from "./drive/patience.ts";
export { emitStack } from "./emit/emit-stack.ts";
export type { EmittedFile } from "./emit/emitted-file.ts";
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
export { type ReadOptions, readCompose } from "./load/compose/read-compose.ts";
export type { ByteSize } from "./model/byte-size.ts";
export type { CheckedService, CheckedStack } from "./model/checked-stack.ts";
export type { Condition, Dependency, DependencyOptions } from "./model/dependency.ts";
export {
  type AddOptions,
  type Command,
  type CopyOptions,
  type Dockerfile,
  type FromOptions,
  from,
  type RunMount,
  type RunOptions,
  variable,
} from "./model/dockerfile.ts";
export type { Duration } from "./model/duration.ts";
export { type EnvOptions, env, interpolate } from "./model/env.ts";
export { type Image, type ImageOptions, image } from "./model/image.ts";
export { type CarriedByDockerfile, type InDockerfileOptions, inDockerfile } from "./model/in-dockerfile.ts";
export type { Interpolation, Text } from "./model/interpolation.ts";
export { type Model, type ModelSpec, type ModelUse, type ModelUseSpec, model } from "./model/model.ts";
export { type Network, type NetworkAttachment, type NetworkAttachmentSpec, type NetworkSpec, network } from "./model/network.ts";
export type { ContainerPath } from "./model/schema/container-path.ts";
export type { ShortDevice } from "./model/schema/devices.ts";
export type { HealthcheckSpec, Probe, Timing } from "./model/schema/healthcheck.ts";
export type { IncludeSpec } from "./model/schema/include.ts";
export type { BindMount, NamedMountSpec, ShortBind, TmpfsMount } from "./model/schema/mount.ts";
export type { PortSpec, ShortPort } from "./model/schema/port.ts";
export type { PullPolicy, Restart } from "./model/schema/process.ts";
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
export { type Volume, type VolumeMount, type VolumeSpec, volume } from "./model/volume.ts";
export { probe } from "./probe/catalog.ts";
export type {
  MariadbOptions,
  MongoOptions,
  MssqlOptions,
  MysqlOptions,
  PostgresOptions,
} from "./probe/catalogue/databases.ts";
export type { GrpcOptions, HttpOptions, Status, TcpOptions } from "./probe/catalogue/network.ts";
export type { FileOptions, ScriptOptions } from "./probe/catalogue/program.ts";
export type { RabbitmqOptions, RedisOptions, SearchOptions, ServerOptions, VaultOptions, WebOptions } from "./probe/catalogue/servers.ts";
export type { Credential, Tool } from "./probe/catalogue/tool.ts";
export { type Need, needs, type StartAfterOptions, startAfter } from "./probe/dependency-check.ts";
export type { FaultText } from "./rehearse/fault.ts";
export { likelyFaults } from "./rehearse/likely-faults.ts";
export type { RehearsalNote } from "./rehearse/notes.ts";
export { type Rehearsal, type RehearseOptions, rehearse } from "./rehearse/rehearse.ts";
export type { ContainerEvent } from "./rehearse/simulated-engine.ts";
