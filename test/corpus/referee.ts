import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { parse } from "yaml";

const run = promisify(execFile);

const PLUGINS = [
  "/usr/libexec/docker/cli-plugins/docker-compose",
  "/usr/lib/docker/cli-plugins/docker-compose",
  "/usr/local/lib/docker/cli-plugins/docker-compose",
];

/** Whether Docker Compose can be called. */
export function isComposeThere(): boolean {
  return PLUGINS.some((each) => existsSync(each)) || spawnSync("docker", ["compose", "version"]).status === 0;
}

/** How Compose is called. */
export interface Call {
  readonly files: readonly string[];
  readonly folder?: string | undefined;
  readonly envFiles: readonly string[];
  readonly allProfiles: boolean;
}

/** What Docker Compose makes of files: the document of `config`, or its error. */
export async function composeConfig(
  { files, folder, envFiles, allProfiles }: Call,
  interpolate: boolean,
): Promise<{ error: string } | object> {
  const json = await callConfig({ files, folder, envFiles, allProfiles }, interpolate, "json");
  // Compose 2.40 can't write an SSH key as JSON.
  return "error" in json && json.error.includes("MarshalJSON")
    ? callConfig({ files, folder, envFiles, allProfiles }, interpolate, "yaml")
    : json;
}

async function callConfig(
  { files, folder, envFiles, allProfiles }: Call,
  interpolate: boolean,
  format: "json" | "yaml",
): Promise<{ error: string } | object> {
  const plugin = PLUGINS.find((each) => existsSync(each));
  const args = [
    ...(plugin === undefined ? ["compose"] : []),
    ...files.flatMap((file) => ["-f", file]),
    ...(folder === undefined ? [] : ["--project-directory", folder]),
    ...envFiles.flatMap((file) => ["--env-file", file]),
    ...(allProfiles ? ["--profile", "*"] : []),
    "config",
    "--format",
    format,
    ...(interpolate ? [] : ["--no-interpolate"]),
  ];
  const env = { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "/root" };
  try {
    const { stdout } = await run(plugin ?? "docker", args, { env, maxBuffer: 64 * 1024 * 1024 });
    return format === "json" ? JSON.parse(stdout) : parse(stdout);
  } catch (error) {
    return {
      error:
        (error as { stderr?: string }).stderr
          ?.split("\n")
          .filter((line) => !line.startsWith("time="))
          .join(" ") ?? String(error),
    };
  }
}

/** The first place where two documents differ; `undefined` where they are the same. */
export function firstDifference(a: unknown, b: unknown, path = ""): string | undefined {
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
    return a.map((each, index) => firstDifference(each, b[index], `${path}[${index}]`)).find((each) => each !== undefined);
  }
  if (isObject(a) && isObject(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
    return keys.map((key) => firstDifference(a[key], b[key], `${path}.${key}`)).find((each) => each !== undefined);
  }
  return Object.is(a, b) ? undefined : `${path}: ${shown(a)} became ${shown(b)}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
}
