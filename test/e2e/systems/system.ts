import { cpSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type CliResult, runCli } from "../../run-cli.ts";
import { describeWithEngine, docker, type ResultLine, removeAll, resultOf, statesOf } from "../engine.ts";

/** A stack of the gallery, up on the engine. */
export interface System {
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
  /** The text of a generated file. */
  generated(name: string): string;
}

/** `State.Health` of a container, as `docker inspect` shows it. */
export interface Health {
  readonly Status: string;
  readonly FailingStreak: number;
  readonly Log: readonly { readonly Start: string; readonly End: string; readonly ExitCode: number; readonly Output: string }[];
}

interface SystemOptions {
  /** The rows of the table of systems that it shows. */
  readonly rows: string;
  readonly stack: string;
  readonly env?: Readonly<Record<string, string>>;
  /** More of its environment: values that must be seen nowhere. */
  readonly secrets?: Readonly<Record<string, string>>;
}

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const PATIENCE = 150_000;
const ABSENT =
  (await execa(join(ROOT, "scripts/images"), ["absent", "systems"], { reject: false })).stdout?.split("\n").filter(Boolean) ?? [];

/**
 * Scenarios on one stack of the gallery, which is built and brought up before them, from nothing. After them it goes down
 * for good; the same file is brought up by Docker Compose alone, for the table at the end of the run.
 */
export function describeSystem({ rows, stack, env = {}, secrets = {} }: SystemOptions, scenarios: (system: System) => void): void {
  describeWithImages(`row ${rows}: ${stack}`, () => {
    // Made only when the scenarios run: this much happens even where they are skipped.
    const folder = join(realpathSync(tmpdir()), `stackwright-test-${stack}-${process.pid}`);
    const outputs: string[] = [];
    const system = systemIn(folder, stack, { ...env, ...secrets }, outputs);
    let seconds = 0;
    let states: Readonly<Record<string, string>> = {};

    beforeAll(async () => {
      cpSync(join(ROOT, "stacks"), join(folder, "stacks"), { recursive: true });
      await removeAll(stack);
      expect((await system.run(["generate", stack])).exitCode).toBe(0);
      const build = await system.run(["compose", stack, "--", "build"]);
      expect(build.exitCode, build.all).toBe(0);
      const began = performance.now();
      states = statesOf(await system.up());
      seconds = (performance.now() - began) / 1000;
    }, PATIENCE);

    afterAll(async () => {
      await removeAll(stack);
      rmSync(folder, { recursive: true, force: true });
    }, PATIENCE);

    it("is left alone by a second launch", async () => {
      const before = await runsOf(stack);
      await system.up();
      expect(await runsOf(stack)).toEqual(before);
    });

    scenarios(system);

    it.skipIf(Object.keys(secrets).length === 0)("shows no secret, in no file, no setting and no output", async () => {
      for (const command of ["status", "explain", "logs", "plan", "check"]) await system.run([command, stack]);
      // A shell that knows nothing of them, later.
      const none = Object.fromEntries(Object.keys(secrets).map((name) => [name, ""]));
      for (const command of ["status", "explain", "logs", "wait"]) await system.run([command, stack], none);
      await system.run(["up", stack]);
      const files = filesIn(join(folder, "generated", stack)).map((file) => readFileSync(file, "utf8"));
      const ids = await containersOf(stack);
      const images = new Set(await Promise.all(ids.map((id) => docker("inspect", "--format", "{{.Image}}", id))));
      const settings = await Promise.all([
        ...ids.map((id) => docker("inspect", id)),
        ...[...images].map((image) => docker("history", "--no-trunc", image)),
      ]);
      for (const text of [...outputs, ...files, ...settings])
        for (const [name, value] of Object.entries(secrets)) expect(text.includes(value), `${name} in ${text.slice(0, 2000)}`).toBe(false);
    });

    it("goes down with nothing left behind, and comes up with Docker Compose alone, or not", { timeout: PATIENCE }, async ({ task }) => {
      const volumes = await volumesOf(stack);
      expect((await system.run(["down", stack, "--volumes", "--yes"])).exitCode).toBe(0);
      for (const kind of ["container", "network", "volume"]) expect(await leftovers(kind, stack)).toBe("");
      const all = (await docker("volume", "ls", "--quiet")).split("\n");
      expect(volumes.filter((volume) => all.includes(volume))).toEqual([]);
      emptyBindMounts(folder, stack);
      const compose = await composeSeconds(folder, stack, { ...env, ...secrets });
      task.meta.launch = { rows, stack, services: Object.keys(states).length, seconds, compose };
    });
  });
}

/**
 * Scenarios that need the images of the gallery: skipped where they are not there, failed where STACKWRIGHT_REQUIRE_ENGINE=1.
 * Making them takes minutes: that is the business of scripts/images.
 */
export function describeWithImages(name: string, scenarios: () => void): void {
  describeWithEngine(name, () => {
    if (ABSENT.length === 0) scenarios();
    else if (process.env["STACKWRIGHT_REQUIRE_ENGINE"] !== "1") it.skip(`needs ${ABSENT.join(", ")}: scripts/images systems`, () => {});
    else
      it("needs its images", () => {
        throw new Error(`not there, though STACKWRIGHT_REQUIRE_ENGINE=1: ${ABSENT.join(", ")} (scripts/images systems makes them)`);
      });
  });
}

function systemIn(folder: string, stack: string, env: Readonly<Record<string, string>>, outputs: string[]): System {
  const run: System["run"] = async (args, more = {}) => {
    const result = await runCli(args, { cwd: folder, env: { ...env, ...more } });
    outputs.push(result.all);
    return result;
  };
  return {
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
    generated: (name) => readFileSync(join(folder, "generated", stack, name), "utf8"),
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

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).map((name) => join(folder, name));
}

async function containersOf(stack: string): Promise<readonly string[]> {
  return (await leftovers("container", stack)).split("\n").filter(Boolean);
}

/** Which container runs since when. */
async function runsOf(stack: string): Promise<readonly string[]> {
  const ids = await containersOf(stack);
  return (await docker("inspect", "--format", "{{.Name}} {{.Id}} {{.State.StartedAt}}", ...ids)).split("\n").sort();
}

/** The volumes that its containers use, those without a name too. */
async function volumesOf(stack: string): Promise<readonly string[]> {
  const format = '{{range .Mounts}}{{if eq .Type "volume"}}{{println .Name}}{{end}}{{end}}';
  return (await docker("inspect", "--format", format, ...(await containersOf(stack)))).split("\n").filter(Boolean);
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
