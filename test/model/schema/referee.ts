import { spawnSync } from "node:child_process";

/** Whether Docker Compose is there, as the referee of what was written. */
export const hasReferee = spawnSync("docker", ["compose", "version"]).status === 0;

/** What Docker Compose makes of a Compose file. */
export function composeConfig(text: string, variables: Readonly<Record<string, string>> = {}): Record<string, never> {
  const { status, stdout, stderr } = spawnSync("docker", ["compose", "--profile", "*", "-f", "-", "config", "--format", "json"], {
    input: text,
    encoding: "utf8",
    env: { ...process.env, ...variables },
    maxBuffer: 1e9,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
