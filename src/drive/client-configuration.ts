import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the docker client is configured to, as far as it matters here. @see https://docs.docker.com/reference/cli/docker/#configuration-files */
export interface ClientConfiguration {
  /** Where it keeps its files. */
  readonly folder: string;
  readonly currentContext?: string;
  /** Folders with plugins, before all others. */
  readonly cliPluginsExtraDirs?: readonly string[];
}

/** Reads the docker client's configuration. */
export function clientConfiguration(env: Environment): ClientConfiguration {
  const folder = env["DOCKER_CONFIG"] || join(homedir(), ".docker");
  try {
    return { ...(JSON.parse(readFileSync(join(folder, "config.json"), "utf8")) as object), folder };
  } catch {
    // No configuration: the docker client goes by its defaults too.
    return { folder };
  }
}

/** The socket of this machine on which the docker client would look for the engine; `undefined` where it would go another way. */
export function localSocket(env: Environment): string | undefined {
  const host = env["DOCKER_HOST"];
  if (host !== undefined && host !== "") return host.startsWith("unix://") ? host.slice("unix://".length) : undefined;
  const context = env["DOCKER_CONTEXT"] || clientConfiguration(env).currentContext || "default";
  return process.platform !== "win32" && context === "default" ? DEFAULT_SOCKET : undefined;
}

const DEFAULT_SOCKET = "/var/run/docker.sock";
