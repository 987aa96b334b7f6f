import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { execa } from "execa";

/** The built command line; `npm run build` makes it. */
export const CLI = fileURLToPath(new URL("../dist/start/main.cjs", import.meta.url));

/** How a run of the command line ended. */
export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, as a terminal would show them. */
  readonly all: string;
}

export interface CliOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it leads a process group of its own, as a terminal's foreground job does. Default: false. */
  readonly detached?: boolean;
}

// What the shell of whoever runs the tests happens to have set is none of their business.
const NEUTRAL = { NO_COLOR: "1", COMPOSE_PROFILES: "", COMPOSE_PROJECT_NAME: "", COMPOSE_FILE: "", GITHUB_WORKSPACE: "" };

/** Starts the built command line; what is returned is the running process. */
export function startCli(args: readonly string[], { cwd, env = {}, detached = false }: CliOptions) {
  if (!existsSync(CLI)) throw new Error(`there is no ${CLI}: run npm run build first`);
  const environment = { ...NEUTRAL, ...env };
  return execa(process.execPath, [CLI, ...args], { cwd, detached, env: environment, reject: false, stdin: "ignore", all: true });
}

/** Runs the built command line to its end. */
export async function runCli(args: readonly string[], options: CliOptions): Promise<CliResult> {
  const { exitCode = -1, stdout, stderr, all } = await startCli(args, options);
  return { exitCode, stdout, stderr, all };
}

/** The frames of a stack trace in a text, if any. */
export function stackTraceIn(text: string): readonly string[] {
  return text.split("\n").filter((line) => /^\s+at .+:\d+:\d+\)?$/.test(line));
}
