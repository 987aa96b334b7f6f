import { execFileSync, spawnSync } from "node:child_process";

/** What a docker command left. */
export interface DockerResult {
  readonly code: number;
  readonly output: string;
}

/** Runs docker to its end. */
export function docker(args: readonly string[], input?: string): DockerResult {
  const { status, stdout, stderr } = spawnSync("docker", args, { encoding: "utf8", ...(input === undefined ? {} : { input }) });
  return { code: status ?? -1, output: (stdout ?? "") + (stderr ?? "") };
}

/** What docker prints; it must succeed. */
export function dockerOutput(...args: readonly string[]): string {
  return execFileSync("docker", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}

/**
 * Whether a real engine is there.
 *
 * @throws where there is none although STACKWRIGHT_REQUIRE_ENGINE=1 says that there must be.
 */
export function hasEngine(): boolean {
  const found = docker(["version", "--format", "{{.Server.Version}}"]).code === 0;
  if (!found && process.env["STACKWRIGHT_REQUIRE_ENGINE"] === "1") throw new Error("no Docker Engine answers, and one is required");
  return found;
}
