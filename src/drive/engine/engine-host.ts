import { type Environment, engineEndpoint } from "./client-configuration.ts";

/**
 * The host on which the engine publishes ports; "localhost" where that is this machine, or can't be told.
 *
 * @param env the environment that says which engine is meant. Default: this process's.
 */
export function engineHost(env: Environment = process.env): string {
  const { address = "" } = engineEndpoint(env);
  const [, host = "localhost"] = /^(?:tcp|ssh|https?):\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+)/.exec(address) ?? [];
  return host.replace(/^\[|\]$/g, "");
}
