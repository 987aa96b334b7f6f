import type { Model } from "../model/model.ts";
import type { Network } from "../model/network.ts";
import type { Config, Grant, Secret } from "../model/secret.ts";
import type { AnyService, ServiceSpec } from "../model/service.ts";
import type { Stack } from "../model/stack.ts";
import type { Volume } from "../model/volume.ts";

/** Everything besides services that belongs to a stack because something uses it: each handle once, in order of use. */
export interface Handles {
  readonly models: readonly Model[];
  readonly networks: readonly Network[];
  readonly volumes: readonly Volume[];
  readonly secrets: readonly Secret[];
  readonly configs: readonly Config[];
}

/** The handles that the services of a stack use, and those that the stack lists itself. */
export function handlesOf(stack: Stack, members: readonly AnyService[]): Handles {
  const models = new Set(stack.options.models);
  const networks = new Set(stack.options.networks);
  const volumes = new Set(stack.options.volumes);
  const secrets = new Set(stack.options.secrets);
  const configs = new Set(stack.options.configs);
  for (const { spec } of members) {
    for (const each of list(spec.models)) models.add(each.kind === "model" ? each : each.model);
    for (const each of list(spec.networks)) networks.add(each.kind === "network" ? each : each.network);
    for (const each of list(spec.volumes)) if (isMountOfVolume(each)) volumes.add(each.volume);
    for (const each of [...list(spec.secrets), ...list(buildSecrets(spec))]) secrets.add(each.kind === "secret" ? each : each.of);
    for (const each of list(spec.configs)) configs.add(each.kind === "config" ? each : each.of);
    const credentials = spec.credentialSpec?.config;
    if (credentials?.kind === "config") configs.add(credentials);
  }
  return {
    models: known(models),
    networks: known(networks),
    volumes: known(volumes),
    secrets: known(secrets),
    configs: known(configs),
  };
}

function buildSecrets({ build }: ServiceSpec): readonly (Secret | Grant<Secret>)[] | undefined {
  return typeof build === "object" && "secrets" in build ? build.secrets : undefined;
}

function isMountOfVolume(value: unknown): value is { volume: Volume } {
  return (value as { kind?: string } | null)?.kind === "volume mount";
}

// What is not a handle at all was reported when the attributes were parsed.
function known<T extends { readonly name: string }>(handles: Set<T>): readonly T[] {
  return [...handles].filter((handle) => typeof handle?.name === "string");
}

function list<T>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "object" && each !== null) : [];
}
