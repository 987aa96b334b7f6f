import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { clientConfiguration, type Environment } from "./client-configuration.ts";

/**
 * The host on which the engine publishes ports; "localhost" where that is this machine, or can't be told.
 *
 * @param env the environment that says which engine is meant. Default: this process's.
 */
export function engineHost(env: Environment = process.env): string {
  const endpoint = env["DOCKER_HOST"] || endpointOfContext(env) || "";
  const [, host = "localhost"] = /^(?:tcp|ssh|https?):\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+)/.exec(endpoint) ?? [];
  return host.replace(/^\[|\]$/g, "");
}

/** Where a context leads. The docker client keeps each in a folder that is named for the digest of its name. */
function endpointOfContext(env: Environment): string | undefined {
  const { folder, currentContext } = clientConfiguration(env);
  const name = env["DOCKER_CONTEXT"] || currentContext;
  if (name === undefined || name === "" || name === "default") return undefined;
  const digest = createHash("sha256").update(name).digest("hex");
  try {
    const text = readFileSync(join(folder, "contexts", "meta", digest, "meta.json"), "utf8");
    return (JSON.parse(text) as { Endpoints?: { docker?: { Host?: string } } }).Endpoints?.docker?.Host;
  } catch {
    // A context that is not there is told by whatever needs the engine.
    return undefined;
  }
}
