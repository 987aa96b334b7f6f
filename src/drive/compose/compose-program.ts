import { accessSync, closeSync, constants, openSync, readSync, realpathSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { clientConfiguration, type Environment, localSocket } from "../engine/client-configuration.ts";

/** How Compose is started: the program, and what comes before the arguments of Compose. */
export interface ComposeProgram {
  readonly file: string;
  readonly args: readonly string[];
}

/**
 * Docker Compose. Where the docker client has nothing to add, because the engine is on this machine's socket, its plugin is
 * started as the program of its own that it can be, too: through the client it takes twice as long to begin (60 ms more).
 *
 * @see https://docs.docker.com/compose/install/standalone/
 */
export function composeProgram(env: Environment = process.env): ComposeProgram {
  const plugin = localSocket(env) !== undefined && isPlainClient(env) ? findPlugin(env) : undefined;
  return plugin === undefined ? { file: "docker", args: ["compose"] } : { file: plugin, args: [] };
}

// A `docker` that is a script, or another program under this name, may do anything: then it is asked.
function isPlainClient(env: Environment): boolean {
  const client = (env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "docker"))
    .find(isExecutable);
  if (client === undefined) return false;
  const file = realpathSync(client);
  return basename(file) === "docker" && !isScript(file);
}

function isScript(file: string): boolean {
  const opened = openSync(file, "r");
  const start = Buffer.alloc(2);
  try {
    readSync(opened, start);
  } finally {
    closeSync(opened);
  }
  return start.toString() === "#!";
}

// In the docker client's order. @see https://github.com/docker/cli/blob/master/cli-plugins/manager/manager.go
function findPlugin(env: Environment): string | undefined {
  const { folder, cliPluginsExtraDirs = [] } = clientConfiguration(env);
  return [...cliPluginsExtraDirs, join(folder, "cli-plugins"), ...SYSTEM_FOLDERS]
    .map((each) => join(each, "docker-compose"))
    .find(isExecutable);
}

const SYSTEM_FOLDERS = ["/usr/local/lib", "/usr/local/libexec", "/usr/lib", "/usr/libexec"].map((each) => `${each}/docker/cli-plugins`);

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
