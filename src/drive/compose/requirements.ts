import { StackError } from "../../errors.ts";
import type { Engine } from "../engine/engine.ts";
import { type Attention, tellingSilence } from "../patience.ts";
import { composeVersion } from "./compose.ts";

/** The oldest engine: `start_interval` came with 25, whose API is 1.44. @see https://docs.docker.com/engine/release-notes/25.0/ */
const OLDEST_ENGINE = "25.0";
const OLDEST_API = "1.44";
/** The oldest Compose: `env_file` with `required` came with 2.24. @see https://docs.docker.com/compose/releases/release-notes/ */
const OLDEST_COMPOSE = "2.24";

/**
 * Makes sure that an engine answers and is new enough.
 *
 * @throws {StackError} `no-engine`
 */
export async function requireEngine(engine: Pick<Engine, "ping" | "version">, attention: Pick<Attention, "onSilence"> = {}): Promise<void> {
  const api = await tellingSilence(engine.ping(), attention);
  // The engine's own version costs it two processes.
  if (!isOlder(api, OLDEST_API)) return;
  const version = await engine.version();
  if (isOlder(version, OLDEST_ENGINE))
    throw tooOld("Docker Engine", version, OLDEST_ENGINE, "health checks need start_interval, which came with Engine 25");
}

/**
 * Makes sure that Compose answers and is new enough. That costs a process: `up` asks only where Compose failed.
 *
 * @throws {StackError} `no-engine`
 */
export async function requireCompose(): Promise<void> {
  const version = await composeVersion();
  if (version === undefined) {
    throw StackError.of("no-engine", "docker compose does not answer", {
      hint: "install the Compose plugin: https://docs.docker.com/compose/install/",
    });
  }
  if (isOlder(version, OLDEST_COMPOSE)) throw tooOld("Docker Compose", version, OLDEST_COMPOSE, "update the Compose plugin");
}

function tooOld(what: string, version: string, oldest: string, hint: string): StackError {
  return StackError.of("no-engine", `${what} ${version} is too old (needed: ${oldest} or newer)`, { hint });
}

function isOlder(version: string, than: string): boolean {
  const [major = 0, minor = 0] = numbers(version);
  const [oldestMajor = 0, oldestMinor = 0] = numbers(than);
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}

function numbers(version: string): readonly number[] {
  return version.split(/[^\d]+/).map(Number);
}
