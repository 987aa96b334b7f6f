import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { parse, stringify } from "yaml";
import { exitCodeOfLaunch } from "../src/cli/exit-code.ts";
import { bringUp } from "../src/drive/bring-up.ts";
import { type ComposeProject, runCompose } from "../src/drive/compose/compose.ts";
import { planLaunch } from "../src/drive/decide/launch-plan.ts";
import { type Engine, openEngine } from "../src/drive/engine/engine.ts";
import type { LaunchReport } from "../src/drive/launch-report.ts";
import { checkStack, emitStack, stack } from "../src/index.ts";
import type { CheckedStack } from "../src/model/checked-stack.ts";
import { type EngineProxy, engineProxy } from "./engine-proxy.ts";
import type { Hands, Scenario } from "./scenarios/scenario.ts";

/** What a launch came to. */
export interface Outcome {
  readonly report: LaunchReport;
  readonly exitCode: number;
  readonly checked: CheckedStack;
}

/** What `docker compose up -d --wait` answered. */
export interface ComposeAnswer {
  readonly exitCode: number;
  readonly seconds: number;
  /** Its last line. */
  readonly said: string;
}

/** Launches a scenario as Stackwright does; nothing of it is left. */
export async function runScenario(scenario: Scenario, wrap: (engine: Engine) => Engine = (engine) => engine): Promise<Outcome> {
  return inProject(scenario, async (project, checked, hands) => {
    const proxy = await proxyFor(scenario);
    const engine = wrap(openEngine(proxy === undefined ? process.env : { ...process.env, DOCKER_HOST: proxy.host }));
    const restoreClock = scenario.clockJumps === true ? jumpingClock() : undefined;
    try {
      const up = () => bringUpOf(scenario, checked, project, engine);
      const [report] = await Promise.all([up(), ...Array.from({ length: (scenario.launches ?? 1) - 1 }, up), scenario.during?.(hands)]);
      const last = scenario.again === true ? await up() : (report as LaunchReport);
      return { report: last, exitCode: exitCodeOfLaunch(last), checked };
    } finally {
      restoreClock?.();
      engine.close();
      await proxy?.close();
    }
  });
}

/** What Compose says about the same file. */
export async function runWithCompose(scenario: Scenario): Promise<ComposeAnswer> {
  return inProject(scenario, async (project, _, hands) => {
    const began = performance.now();
    const limit = Math.ceil(scenario.timeout ?? scenario.composeTimeout ?? 20);
    // Where Compose itself never ends, we end it.
    const signal = AbortSignal.timeout((limit + 15) * 1000);
    const [result] = await Promise.all([
      runCompose(project, ["up", "--detach", "--wait", "--wait-timeout", String(limit)], { signal }),
      scenario.during?.(hands).catch(() => undefined),
    ]);
    const said = result.stderr.trim().split("\n").at(-1)?.trim() ?? "";
    return { exitCode: result.exitCode, seconds: (performance.now() - began) / 1000, said: signal.aborted ? "(never ended)" : said };
  });
}

function bringUpOf(scenario: Scenario, checked: CheckedStack, project: ComposeProject, engine: Engine): Promise<LaunchReport> {
  return bringUp({
    engine,
    stack: checked,
    project,
    plan: planLaunch(checked),
    rules: { timeout: scenario.timeout },
    starts: true,
    create: {},
    signal: new AbortController().signal,
    patience: scenario.engine === "gone" ? 2 : undefined,
    onProgress: () => undefined,
  });
}

async function inProject<T>(
  scenario: Scenario,
  run: (project: ComposeProject, checked: CheckedStack, hands: Hands) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "verdict-"));
  const checked = checkStack(stack(`verdict-${scenario.name}`, scenario.services()));
  const [file] = emitStack(checked, { stackFolder: folder, outputFolder: folder, root: folder, source: "stack.ts" });
  const project: ComposeProject = { name: checked.name, file: join(folder, "compose.yaml"), envFiles: [], profiles: [] };
  const text = file?.text ?? "";
  await writeFile(project.file, scenario.patch === undefined ? text : stringify(merge(parse(text), scenario.patch)));
  const hands = handsOn(project.name);
  const after = await scenario.before?.(hands);
  try {
    return await run(project, checked, hands);
  } finally {
    await runCompose(project, ["down", "--volumes", "--remove-orphans", "--timeout", "0", "--rmi", "local"]);
    await after?.();
    await rm(folder, { recursive: true });
  }
}

function handsOn(project: string): Hands {
  const docker = async (...args: string[]): Promise<string> => (await execa("docker", args, { reject: false })).stdout;
  const pause = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  return {
    project,
    docker,
    pause,
    running: async (service) => {
      const labels = ["--filter", `label=com.docker.compose.project=${project}`, "--filter", `label=com.docker.compose.service=${service}`];
      for (;;) {
        const name = (await docker("ps", ...labels, "--format", "{{.Names}}")).split("\n")[0];
        if (name !== undefined && name !== "") return name;
        await pause(0.1);
      }
    },
  };
}

async function proxyFor({ engine = "direct" }: Scenario): Promise<EngineProxy | undefined> {
  const began = performance.now();
  const age = (): number => (performance.now() - began) / 1000;
  switch (engine) {
    case "direct":
      return undefined;
    case "events cut":
      return engineProxy(() => true, { cutEvents: 0.5 });
    case "away for a while":
      return engineProxy(() => age() < 3 || age() > 6);
    case "gone":
      return engineProxy(() => age() < 3);
  }
}

function jumpingClock(): () => void {
  const real = Date.now;
  const began = real();
  Date.now = () => (real() - began < 2000 ? real() : real() + 3_600_000);
  return () => {
    Date.now = real;
  };
}

function merge(base: unknown, patch: unknown): unknown {
  if (!isObject(base) || !isObject(patch)) return patch;
  return { ...base, ...Object.fromEntries(Object.entries(patch).map(([key, value]) => [key, merge(base[key], value)])) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
