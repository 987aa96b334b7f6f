import { rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { execa } from "execa";
import { describe, it, type TestContext } from "vitest";
import { type CliResult, runCli, startCli } from "../run-cli.ts";
import { keptFolder, writeTree } from "../temporary-folder.ts";

const ENGINE_ANSWERS = (await execa("docker", ["version", "--format", "{{.Server.Version}}"], { reject: false })).exitCode === 0;
const TIMEOUT = 90_000;

/** Scenarios that need a Docker Engine: skipped where none answers, failed where STACKWRIGHT_REQUIRE_ENGINE=1 says one must. */
export function describeWithEngine(name: string, scenarios: () => void): void {
  if (ENGINE_ANSWERS) describe(name, { timeout: TIMEOUT }, scenarios);
  else if (process.env["STACKWRIGHT_REQUIRE_ENGINE"] === "1") {
    it(`${name}: needs a Docker Engine`, () => {
      throw new Error("no Docker Engine answers, and STACKWRIGHT_REQUIRE_ENGINE=1 says that one must");
    });
  } else describe.skip(`${name} (no Docker Engine answers)`, scenarios);
}

/** What `docker inspect` says of a container, as far as it is looked at. */
export interface Inspection {
  readonly Id: string;
  readonly Config: {
    readonly Env: readonly string[];
    readonly Cmd: readonly string[];
    readonly Labels: Readonly<Record<string, string>>;
  };
  readonly HostConfig: { readonly SecurityOpt: readonly string[] | null };
  readonly State: {
    readonly Status: string;
    readonly StartedAt: string;
    readonly FinishedAt: string;
    readonly Health?: { readonly Status: string; readonly Log: readonly { readonly End: string; readonly ExitCode: number }[] };
  };
}

/** The last line of `up --json` and `wait --json`. */
export interface ResultLine {
  readonly type: string;
  readonly verdict: string;
  readonly services: readonly { readonly service: string; readonly state: string; readonly restarts: number }[];
  readonly culprits: readonly {
    readonly service: string;
    readonly cause: string;
    readonly message: string;
    readonly evidence: readonly string[];
  }[];
  readonly victims: readonly { readonly service: string; readonly culprit: string }[];
}

/** A stack of one test, on the engine. */
export interface Scenario {
  readonly name: string;
  readonly folder: string;
  /** Runs a command of Stackwright in the stack's project. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<CliResult>;
  /** The same, still running. */
  start(
    args: readonly string[],
    options?: { readonly detached?: boolean; readonly env?: Readonly<Record<string, string>> },
  ): ReturnType<typeof startCli>;
  /** The container of a service. */
  inspect(service: string, number?: number): Promise<Inspection>;
  /** The names of the stack's containers, running or not, sorted. */
  containers(): Promise<readonly string[]>;
  /** Writes the stack's module again. */
  rewrite(body: string): Promise<void>;
}

// What every stack of a scenario may use: health checks that are quick, and a container that runs a script.
const PRELUDE = `
import { config, env, interpolate, network, probe, secret, service, stack, task, volume } from "stackwright";
const quick = { interval: "1s", timeout: "2s", retries: 2, startPeriod: "20s", startInterval: "250ms" } as const;
const sh = (script: string) => ({ image: "busybox:1.37", command: ["sh", "-c", script], stopGracePeriod: "1s" }) as const;
/** Healthy as soon as /tmp/ready is there. */
const ready = probe.command(["test", "-f", "/tmp/ready"], quick);
const readyAfter = (seconds: number) => ({ ...sh(\`sleep \${seconds}; touch /tmp/ready; exec sleep 300\`), healthcheck: ready }) as const;
const stays = sh("exec sleep 300");
`;

/**
 * A project with one stack, whose name is in `NAME`; `body` is the rest of its module.
 * Whatever it leaves on the engine is removed when the test is over, however it ended.
 */
export async function scenario(
  { onTestFinished }: TestContext,
  body: string,
  files: Readonly<Record<string, string>> = {},
): Promise<Scenario> {
  const folder = keptFolder();
  const name = `e2e-${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;
  onTestFinished(async () => {
    await removeAll(name);
    rmSync(folder, { recursive: true, force: true });
  }, TIMEOUT);
  const rewrite = (text: string): Promise<void> =>
    writeTree(folder, { [`stacks/${name}/stack.ts`]: `${PRELUDE}const NAME = "${name}";\n${text}` });
  await rewrite(body);
  await writeTree(join(folder, "stacks", name), files);
  return {
    name,
    folder,
    run: (args, env = {}) => runCli(args, { cwd: folder, env }),
    start: (args, options) => startCli(args, { ...options, cwd: folder }),
    inspect: (service, number = 1) => inspect(`${name}-${service}-${number}`),
    containers: async () =>
      (await docker("ps", "--all", "--filter", label(name), "--format", "{{.Names}}")).split("\n").filter(Boolean).sort(),
    rewrite,
  };
}

/** Removes what a Compose project has on the engine: containers, networks, volumes and images that were built. */
export async function removeAll(project: string): Promise<void> {
  await docker("compose", "--project-name", project, "down", "--volumes", "--remove-orphans", "--timeout", "0");
  const images = (await docker("images", "--quiet", "--filter", label(project))).split("\n").filter(Boolean);
  if (images.length > 0) await docker("image", "rm", "--force", ...images);
}

/** Runs the docker client; its output. */
export async function docker(...args: readonly string[]): Promise<string> {
  return (await execa("docker", args)).stdout;
}

/** What the engine knows of a container. */
export async function inspect(container: string): Promise<Inspection> {
  const [inspection] = JSON.parse(await docker("inspect", "--type", "container", container)) as [Inspection];
  return inspection;
}

/** The result at the end of JSON lines. */
export function resultOf({ stdout }: Pick<CliResult, "stdout">): ResultLine {
  const line = stdout.trim().split("\n").at(-1) ?? "";
  const result = JSON.parse(line) as ResultLine;
  if (result.type !== "result") throw new Error(`the last line is no result: ${line}`);
  return result;
}

/** The state of each service in a result. */
export function statesOf({ services }: ResultLine): Readonly<Record<string, string>> {
  return Object.fromEntries(services.map(({ service, state }) => [service, state]));
}

/** A port of this machine that is free, held until it is released. */
export async function holdPort(): Promise<{ readonly port: number; release(): Promise<void> }> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "0.0.0.0", resolve);
  });
  const { port } = server.address() as { port: number };
  return { port, release: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Waits until something holds; the test's own timeout ends it. */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 100));
}

function label(project: string): string {
  return `label=com.docker.compose.project=${project}`;
}
