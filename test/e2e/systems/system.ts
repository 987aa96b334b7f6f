import { cpSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type CliResult, runCli } from "../../run-cli.ts";
import { describeWithEngine, docker, type ResultLine, removeAll, resultOf, statesOf } from "../engine.ts";

/** A stack of the gallery, up on the engine. */
export interface System {
  readonly name: string;
  /** A copy of this repository's stacks, so that a test may change one. */
  readonly folder: string;
  /** Runs a command of Stackwright; `env` on top of the system's own. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<CliResult>;
  /** Launches it (again), which must end well; the result. */
  up(...options: readonly string[]): Promise<ResultLine>;
  /** Runs a command in the first container of a service; what it printed. */
  exec(service: string, ...command: readonly string[]): Promise<string>;
  /** What the engine knows of a container: a Go template of `docker inspect`, read as JSON. */
  look<T = string>(service: string, template: string, number?: number): Promise<T>;
}

interface SystemOptions {
  /** The rows of the table of systems that it shows. */
  readonly rows: string;
  readonly stack: string;
  readonly env?: Readonly<Record<string, string>>;
}

const STACKS = fileURLToPath(new URL("../../../stacks", import.meta.url));
const PATIENCE = 150_000;

/**
 * Scenarios on one stack of the gallery, which is built and brought up before them, from nothing. After them the
 * same file is brought up by Docker Compose alone, for the table at the end of the run, and everything is removed.
 */
export function describeSystem({ rows, stack, env = {} }: SystemOptions, scenarios: (system: System) => void): void {
  describeWithEngine(`row ${rows}: ${stack}`, () => {
    // Made only when the scenarios run: this much happens even where they are skipped.
    const folder = join(realpathSync(tmpdir()), `stackwright-test-${stack}-${process.pid}`);
    const system = systemIn(folder, stack, env);
    let seconds = 0;
    let states: Readonly<Record<string, string>> = {};

    beforeAll(async () => {
      cpSync(STACKS, join(folder, "stacks"), { recursive: true });
      await removeAll(stack);
      expect((await system.run(["generate", stack])).exitCode).toBe(0);
      expect((await system.run(["compose", stack, "--", "build"])).exitCode).toBe(0);
      const began = performance.now();
      states = statesOf(await system.up());
      seconds = (performance.now() - began) / 1000;
    }, PATIENCE);

    afterAll(async () => {
      await removeAll(stack);
      rmSync(folder, { recursive: true, force: true });
    }, PATIENCE);

    scenarios(system);

    it("goes down with nothing left behind, and comes up with Docker Compose alone, or not", { timeout: PATIENCE }, async ({ task }) => {
      expect((await system.run(["down", stack, "--volumes"])).exitCode).toBe(0);
      for (const kind of ["container", "network", "volume"]) expect(await leftovers(kind, stack)).toBe("");
      emptyBindMounts(folder, stack);
      task.meta.launch = { rows, stack, services: Object.keys(states).length, seconds, compose: await composeSeconds(folder, stack, env) };
    });
  });
}

function systemIn(folder: string, stack: string, env: Readonly<Record<string, string>>): System {
  const run: System["run"] = (args, more = {}) => runCli(args, { cwd: folder, env: { ...env, ...more } });
  return {
    name: stack,
    folder,
    run,
    up: async (...options) => {
      const result = await run(["up", stack, "--json", ...options]);
      expect(result.exitCode, result.all).toBe(0);
      return resultOf(result);
    },
    exec: (service, ...command) => docker("exec", `${stack}-${service}-1`, ...command),
    look: async (service, template, number = 1) =>
      JSON.parse(await docker("inspect", "--format", `{{json ${template}}}`, `${stack}-${service}-${number}`)),
  };
}

/** Seconds until `docker compose up --wait` says that all is well; `undefined` where it says that it is not. */
async function composeSeconds(folder: string, stack: string, env: Readonly<Record<string, string>>): Promise<number | undefined> {
  const envFile = join(folder, "stacks", stack, ".env");
  const began = performance.now();
  const { exitCode } = await execa(
    "docker",
    ["compose", "--file", join(folder, "generated", stack, "compose.yaml"), "up", "--detach", "--wait", "--wait-timeout", "60"],
    { reject: false, stdin: "ignore", env: { ...env, COMPOSE_ENV_FILES: stack === "environment" ? envFile : "" } },
  );
  return exitCode === 0 ? (performance.now() - began) / 1000 : undefined;
}

// A database that is there already would be ready sooner.
function emptyBindMounts(folder: string, stack: string): void {
  for (const each of ["data", "log"]) rmSync(join(folder, "stacks", stack, each), { recursive: true, force: true });
}

function leftovers(kind: string, stack: string): Promise<string> {
  const all = kind === "container" ? ["--all"] : [];
  return docker(kind, "ls", "--quiet", ...all, "--filter", `label=com.docker.compose.project=${stack}`);
}

/** A page's status and text. */
export async function page(url: string, init: RequestInit = {}): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(url, { signal: AbortSignal.timeout(20_000), ...init });
  return { status: response.status, text: await response.text() };
}
