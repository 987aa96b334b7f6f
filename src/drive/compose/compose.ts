import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { execa } from "execa";
import { StackError } from "../../errors.ts";
import { composeProgram } from "./compose-program.ts";

/** The generated file of a stack and what Compose must know to read it. */
export interface ComposeProject {
  readonly name: string;
  /** The generated Compose file, absolute. */
  readonly file: string;
  /** Files of variables for interpolation, absolute. */
  readonly envFiles: readonly string[];
  readonly profiles: readonly string[];
  /** Variables for interpolation, over those of the files and of this process. Default: none. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** The arguments with which Compose runs a command on the project. */
export function composeArguments({ name, file, envFiles, profiles }: ComposeProject, args: readonly string[]): readonly string[] {
  const env = envFiles.flatMap((each) => ["--env-file", each]);
  return ["--project-name", name, "--file", file, ...env, ...profiles.flatMap((each) => ["--profile", each]), ...args];
}

export interface ComposeOptions {
  /** Called with each line that Compose prints: builds go to stdout, everything else to stderr. */
  readonly onLine?: ((line: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a Compose command left. */
export interface ComposeResult {
  readonly exitCode: number;
  readonly stdout: string;
  /** Progress and errors, both. */
  readonly stderr: string;
}

/** Runs a Compose command on the project to its end. */
export async function runCompose(project: ComposeProject, args: readonly string[], options: ComposeOptions = {}): Promise<ComposeResult> {
  const child = execa(...commandLine(composeArguments(project, args)), {
    reject: false,
    stdin: "ignore",
    all: true,
    // What a command in a container prints is handed on to the byte.
    stripFinalNewline: false,
    env: { COMPOSE_PROGRESS: "plain", ...project.variables },
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal, forceKillAfterDelay: 3000 }),
  });
  const { onLine } = options;
  const lines =
    onLine === undefined ? undefined : createInterface({ input: child.all, crlfDelay: Number.POSITIVE_INFINITY }).on("line", onLine);
  const result = await child;
  lines?.close();
  if (result.code === "ENOENT") throw noDocker();
  const exitCode = result.exitCode ?? INTERRUPTED;
  await letOwnSignalCome(exitCode);
  return { exitCode, stdout: result.stdout, stderr: result.stderr };
}

const INTERRUPTED = 130;

/**
 * Ctrl-C in a terminal reaches this process and its child at once, and either may be told first of what became of the other:
 * whoever looks at the child's end must have seen the signal.
 */
async function letOwnSignalCome(exitCode: number): Promise<void> {
  if (exitCode === INTERRUPTED) await setTimeout(100);
}

/** Runs a Compose command whose output has no end that matters, e.g. logs; each line is passed on and forgotten. Its exit code. */
export async function followCompose(
  project: ComposeProject,
  args: readonly string[],
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<number> {
  const child = execa(...commandLine(composeArguments(project, args)), {
    reject: false,
    stdin: "ignore",
    all: true,
    env: project.variables ?? {},
    buffer: false,
    cancelSignal: signal,
    forceKillAfterDelay: 3000,
  });
  for await (const line of child.iterable({ from: "all" })) onLine(line);
  const result = await child;
  if (result.code === "ENOENT") throw noDocker();
  return result.exitCode ?? 0;
}

/** Runs a Compose command with the terminal of the user; returns its exit code. */
export async function passToCompose(project: ComposeProject, args: readonly string[]): Promise<number> {
  const result = await execa(...commandLine(composeArguments(project, args)), {
    reject: false,
    stdio: "inherit",
    env: project.variables ?? {},
  });
  if (result.code === "ENOENT") throw noDocker();
  return result.exitCode ?? 130;
}

/**
 * The version of Compose; `undefined` where there is none.
 *
 * @throws {StackError} `no-engine` where not even docker is there.
 */
export async function composeVersion(): Promise<string | undefined> {
  const { exitCode, stdout, code } = await execa(...commandLine(["version", "--short"]), { reject: false, stdin: "ignore" });
  if (code === "ENOENT") throw noDocker();
  await letOwnSignalCome(exitCode ?? INTERRUPTED);
  return exitCode === 0 ? stdout.trim().replace(/^v/, "") : undefined;
}

function commandLine(args: readonly string[]): [file: string, args: readonly string[]] {
  const program = composeProgram();
  return [program.file, [...program.args, ...args]];
}

function noDocker(): StackError {
  return StackError.of("no-engine", "there is no docker command on the PATH", {
    hint: "install Docker: https://docs.docker.com/get-docker/",
  });
}
