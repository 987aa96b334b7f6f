import { createHash } from "node:crypto";
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

/** Where the docker client looks for the engine. */
export interface EngineEndpoint {
  /** E.g. "ssh://me@build"; absent for a context that can't be read, and for the default of Windows. */
  readonly address?: string | undefined;
  /** The context that says so, where one does. */
  readonly context?: string;
  /** The address with who says so, for people: "ssh://me@build (DOCKER_HOST)". */
  readonly name: string;
}

/** The engine that the docker client would talk to: that of DOCKER_HOST, else of the context, else of this machine. */
export function engineEndpoint(env: Environment): EngineEndpoint {
  const host = env["DOCKER_HOST"];
  if (host === "unix://") return { address: DEFAULT, name: `${DEFAULT} (DOCKER_HOST)` };
  if (host !== undefined && host !== "") return { address: host, name: `${host} (DOCKER_HOST)` };
  const configuration = clientConfiguration(env);
  const context = env["DOCKER_CONTEXT"] || configuration.currentContext || "default";
  if (context === "default") return process.platform === "win32" ? { name: "its named pipe" } : { address: DEFAULT, name: DEFAULT };
  const address = addressOfContext(context, configuration);
  return { address, context, name: address === undefined ? `context ${context}` : `${address} (context ${context})` };
}

const DEFAULT = "unix:///var/run/docker.sock";

/** Where a context leads. The docker client keeps each in a folder that is named for the digest of its name. */
function addressOfContext(name: string, { folder }: ClientConfiguration): string | undefined {
  const digest = createHash("sha256").update(name).digest("hex");
  try {
    const text = readFileSync(join(folder, "contexts", "meta", digest, "meta.json"), "utf8");
    return (JSON.parse(text) as { Endpoints?: { docker?: { Host?: string } } }).Endpoints?.docker?.Host;
  } catch {
    // A context that is not there is told by whatever needs the engine.
    return undefined;
  }
}

/** The socket of this machine on which the docker client would look for the engine; `undefined` where it would go another way. */
export function localSocket(env: Environment): string | undefined {
  const { address, context } = engineEndpoint(env);
  return context === undefined && address?.startsWith("unix://") === true ? address.slice("unix://".length) : undefined;
}
