import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { execa } from "execa";
import { checkStack } from "../../src/check/check-stack.ts";
import type { ComposeProject } from "../../src/drive/compose/compose.ts";
import { createContainers } from "../../src/drive/compose/create.ts";
import { type LaunchPlan, planLaunch } from "../../src/drive/decide/launch-plan.ts";
import type { LaunchRules } from "../../src/drive/decide/launch-rules.ts";
import { openEngine } from "../../src/drive/engine/engine.ts";
import { type LaunchResult, launch } from "../../src/drive/launch.ts";
import { emitStack } from "../../src/emit/emit-stack.ts";
import type { ContainerEvent, Stack } from "../../src/index.ts";
import type { CheckedStack } from "../../src/model/checked-stack.ts";
import { containerPlans, type Faults } from "../../src/rehearse/containers.ts";
import { rehearseLaunch } from "../../src/rehearse/rehearse-launch.ts";

/** A launch, real or rehearsed. */
export interface Ran {
  readonly result: LaunchResult;
  readonly events: readonly ContainerEvent[];
}

/** Launches a stack on the real engine and on the simulated one, by the same plan and rules. */
export async function bothWays(stack: Stack, faults: Faults, rules: LaunchRules): Promise<{ real: Ran; rehearsed: Ran; plan: LaunchPlan }> {
  const checked = checkStack(stack);
  const plan = planLaunch(checked);
  const real = await launchForReal(checked, plan, rules);
  return { real, rehearsed: rehearseLaunch({ plan, containers: containerPlans(checked, plan, faults), rules }), plan };
}

async function launchForReal(checked: CheckedStack, plan: LaunchPlan, rules: LaunchRules): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), "rehearse-"));
  const project: ComposeProject = { name: checked.name, file: join(folder, "compose.yaml"), envFiles: [], profiles: [] };
  const layout = { stackFolder: folder, outputFolder: folder, root: folder, source: "test" };
  for (const { path, text } of emitStack(checked, layout)) writeFileSync(join(folder, path), text);
  const engine = openEngine();
  const over = new AbortController();
  try {
    await createContainers(project);
    const { events, ended } = await recordEvents(plan, project.name, over.signal);
    const signal = new AbortController().signal;
    const result = await launch({ engine, project: project.name, plan, rules, starts: true, signal, onProgress: () => undefined });
    const endedAt = Date.now() / 1000;
    // The recorder has a stream of its own, which may tell the last event later than the launch heard of it.
    await setTimeout(STREAM_LAG);
    over.abort();
    await ended;
    return { result, events: events.filter(({ at }) => at <= endedAt) };
  } finally {
    over.abort();
    engine.close();
    await execa("docker", ["compose", "--project-name", project.name, "down", "--volumes", "--timeout", "0"], { reject: false });
    rmSync(folder, { recursive: true, force: true });
  }
}

/** More than two event streams of one engine are ever apart, in milliseconds. */
const STREAM_LAG = 300;

/** The fields of an event that tell what happened, when, to whom. */
interface FullEvent {
  readonly Action: string;
  readonly timeNano: number;
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> };
}

/** Collects what happens to the containers of a project, by the engine's own clock, until the signal ends it. */
async function recordEvents(
  plan: LaunchPlan,
  project: string,
  signal: AbortSignal,
): Promise<{ readonly events: readonly ContainerEvent[]; readonly ended: Promise<void> }> {
  const engine = openEngine();
  const events: ContainerEvent[] = [];
  const started = new Set<string>();
  const stream = await engine.events(project, signal);
  const read = async (): Promise<void> => {
    try {
      for await (const event of stream) {
        const told = toldBy(event as unknown as FullEvent, plan, started);
        if (told !== undefined) events.push(told);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      engine.close();
    }
  };
  return { events, ended: read() };
}

function toldBy({ Action, timeNano, Actor }: FullEvent, plan: LaunchPlan, started: Set<string>): ContainerEvent | undefined {
  const { Attributes } = Actor;
  const service = Attributes["com.docker.compose.service"] ?? "";
  const common = { at: timeNano / 1e9, service, replica: Number(Attributes["com.docker.compose.container-number"]) };
  if (Action === "start") {
    const event = started.has(Actor.ID) ? "restarted" : "started";
    started.add(Actor.ID);
    return { ...common, event };
  }
  if (Action === "die") {
    const exitCode = Number(Attributes["exitCode"]);
    return { ...common, event: plan.services.get(service)?.kind === "task" && exitCode === 0 ? "completed" : "exited", exitCode };
  }
  const [, health] = /^health_status: (healthy|unhealthy)$/.exec(Action) ?? [];
  return health === undefined ? undefined : { ...common, event: health as "healthy" | "unhealthy" };
}
