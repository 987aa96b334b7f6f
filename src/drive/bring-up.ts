import { StackError } from "../errors.ts";
import type { CheckedStack } from "../model/checked-stack.ts";
import { type ComposeProject, runCompose } from "./compose/compose.ts";
import { type CreateOptions, createContainers, createError } from "./compose/create.ts";
import { recreateOutdated } from "./compose/recreate-outdated.ts";
import { requireCompose } from "./compose/requirements.ts";
import { type Rivals, watchRivals } from "./compose/rivals.ts";
import type { LaunchPlan } from "./decide/launch-plan.ts";
import type { ServiceStatus } from "./decide/service-status.ts";
import { victimsOf } from "./decide/victims.ts";
import type { Creation } from "./diagnose/create-causes.ts";
import type { Culprit } from "./diagnose/diagnose.ts";
import { diagnoseCreation } from "./diagnose/diagnose-creation.ts";
import { diagnosePorts } from "./diagnose/diagnose-ports.ts";
import { explain } from "./diagnose/explain.ts";
import { createdServices, serviceFacts } from "./diagnose/service-facts.ts";
import type { Engine } from "./engine/engine.ts";
import { isUp } from "./engine/is-up.ts";
import { harmless } from "./harmless.ts";
import { type LaunchOptions, type LaunchProgress, type LaunchResult, launch } from "./launch.ts";
import { type LaunchReport, watchReadiness } from "./launch-report.ts";
import { type Attention, answers, isEngineAway, onceMoreWhenBack, whileThere } from "./patience.ts";
import { findTakenPorts } from "./ports/taken-ports.ts";
import { wantedPorts } from "./ports/wanted-ports.ts";
import { variablesOf } from "./variables.ts";

export interface BringUpOptions extends Pick<LaunchOptions, "onProgress" | "rules" | "starts">, Attention {
  readonly engine: Engine;
  readonly stack: CheckedStack;
  readonly project: ComposeProject;
  readonly plan: LaunchPlan;
  /** How containers are created; absent: they are there already. */
  readonly create?: Omit<CreateOptions, "signal"> | undefined;
}

/** Creates the containers of a stack, starts them in order, waits, and explains what failed. */
export async function bringUp(options: BringUpOptions): Promise<LaunchReport> {
  const { engine, stack, project, plan } = options;
  requireSome(plan, stack);
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const readiness = watchReadiness();
  const onProgress = (progress: LaunchProgress): void => {
    readiness.see(progress);
    options.onProgress(progress);
  };
  try {
    const { taken, result, keptVolumes } = await whileThere(
      (signal) => createAndLaunch({ ...options, onProgress, signal }),
      engine,
      options,
    );
    if (result === undefined) return notCreated(plan, seconds(), taken);
    const report = readiness.report(result, await explain(engine, stack, plan, result));
    const unhooked = unhookedServices(plan, result, report.culprits);
    if (unhooked.length > 0) await runCompose(project, ["stop", ...unhooked]);
    return { ...report, keptVolumes, unhooked };
  } catch (error) {
    const last = readiness.last();
    if (isEngineAway(error) && (last !== undefined || !(await answers(engine))))
      return { ...endedEarly("failed", plan, seconds(), last), culprits: [engineGone(error as StackError)] };
    const culprit = last === undefined ? await creationCulprit(error, options) : undefined;
    if (culprit === undefined) throw error;
    return { ...notCreated(plan, seconds(), [culprit]), ...creationIn(error) };
  }
}

interface Ended {
  /** What made it useless to create anything. */
  readonly taken: readonly Culprit[];
  readonly result?: LaunchResult;
  readonly keptVolumes: readonly string[];
}

async function createAndLaunch(options: BringUpOptions): Promise<Ended> {
  const { engine, project, signal } = options;
  const over = new AbortController();
  // What is only watched takes nobody's place.
  const rivals = options.create === undefined ? undefined : watchRivals(engine, project, AbortSignal.any([signal, over.signal]));
  try {
    const { taken, wasUp, keptVolumes } = await prepare(options, rivals).catch((error) => {
      if (!signal.aborted) throw error;
      return READY_TO_START;
    });
    if (taken.length > 0) return { taken, keptVolumes };
    const result = await launch({
      ...options,
      rules: { ...options.rules, wasUp: wasUp && options.starts },
      project: project.name,
      startThroughCompose: (service, over) => startThroughCompose(project, service, AbortSignal.any([signal, over])),
      replaced: rivals?.replaced,
    });
    return { taken, result, keptVolumes };
  } finally {
    over.abort();
  }
}

function requireSome({ services }: LaunchPlan, { name, services: all }: CheckedStack): void {
  if (services.size > 0) return;
  const profiles = [...new Set([...all.values()].flatMap(({ model }) => model.profiles ?? []))];
  const hint = profiles.length === 0 ? "write one" : `each has a profile: choose some of ${profiles.join(", ")}`;
  throw StackError.of("usage", `${name} has no service that takes part`, { hint });
}

interface Prepared {
  /** What makes it useless to create anything. */
  readonly taken: readonly Culprit[];
  readonly wasUp: boolean;
  readonly keptVolumes: readonly string[];
}

// What is there already and has to be started was stopped for it.
const READY_TO_START: Prepared = { taken: [], wasUp: true, keptVolumes: [] };

/** Creates the containers; those that are there stay as they are. Returns early where it is interrupted. */
async function prepare(options: BringUpOptions, rivals: Rivals | undefined): Promise<Prepared> {
  const { engine, stack, project, plan, signal } = options;
  if (options.create === undefined || signal.aborted) return READY_TO_START;
  const { onLine } = options.create;
  const tell = (line: string): void => {
    rivals?.created(line);
    onLine?.(line);
  };
  const create: CreateOptions = { ...options.create, onLine: tell, signal };
  const survive = <T>(work: () => Promise<T>): Promise<T | undefined> => onceMoreWhenBack(work, engine, options);
  const [taken = [], wasUp = true] =
    (await survive(() => Promise.all([takenPorts(engine, stack, project, plan), ranBefore(engine, project), rivals?.ready]))) ?? [];
  if (taken.length > 0) return { taken, wasUp, keptVolumes: [] };
  const left = await survive(() => createContainers(project, create)).catch(blameOldCompose);
  if (!signal.aborted) await survive(() => recreateOutdated(engine, stack, project, plan, create));
  return { taken, wasUp, keptVolumes: left?.volumes ?? [] };
}

// Its version costs a process, so that only a failure asks for it.
async function blameOldCompose(error: unknown): Promise<never> {
  if (error instanceof StackError && error.code === "create-failed") await requireCompose();
  throw error;
}

async function ranBefore(engine: Engine, { name }: ComposeProject): Promise<boolean> {
  return (await engine.containersOf(name)).some(isUp);
}

async function takenPorts(engine: Engine, stack: CheckedStack, project: ComposeProject, plan: LaunchPlan): Promise<readonly Culprit[]> {
  const wanted = wantedPorts(stack, plan, variablesOf(project.envFiles));
  const taken = await findTakenPorts(engine, project.name, wanted);
  return diagnosePorts(taken, (service) => serviceFacts(stack, service));
}

function notCreated(plan: LaunchPlan, seconds: number, culprits: readonly Culprit[]): LaunchReport {
  const victims = victimsOf(plan, new Set(culprits.map(({ service }) => service)), new Set(plan.services.keys()));
  return { ...endedEarly("failed", plan, seconds), culprits, victims };
}

async function startThroughCompose(project: ComposeProject, service: string, signal: AbortSignal): Promise<boolean> {
  const { exitCode, stderr, stdout } = await runCompose(project, ["up", "--detach", "--no-deps", "--no-recreate", service], { signal });
  if (exitCode === 0 || signal.aborted) return exitCode === 0;
  const error = createError(stderr, stdout);
  throw isEngineAway(error) ? error : new Error(stderr.trim().split("\n").at(-1) ?? `docker compose exited with ${exitCode}`);
}

// Nothing in the engine says that a hook has failed, or that none was run after it: what runs on would be ready for the next launch,
// and its hooks would never run.
function unhookedServices(
  { services }: LaunchPlan,
  { cutOff = new Set(), snapshot }: LaunchResult,
  culprits: readonly Culprit[],
): readonly string[] {
  const failed = culprits.filter(({ cause }) => cause === "hook-failed").map(({ service }) => service);
  const runs = (service: string): boolean => snapshot.containers.some((each) => each.service === service && each.status === "running");
  return [...new Set([...failed, ...[...cutOff].filter((service) => services.get(service)?.hasHooks === true && runs(service))])];
}

async function creationCulprit(error: unknown, { engine, stack, project }: BringUpOptions): Promise<Culprit | undefined> {
  const isKnown = error instanceof StackError && error.code === "create-failed" && isCreation(error.cause);
  if (!isKnown) return undefined;
  const services = createdServices(stack).map(async (service) => {
    if (!service.builds) return service;
    const image = service.image ?? `${project.name}-${service.name}`;
    return { ...service, isBuilt: await engine.hasImage(image).catch(() => false) };
  });
  return diagnoseCreation(error.cause as Creation, await Promise.all(services), stack.name);
}

function engineGone({ issues }: StackError): Culprit {
  return {
    service: "Docker Engine",
    failure: "engine-gone",
    cause: "engine-gone",
    message: "the Docker Engine went away during the launch and did not come back",
    evidence: issues.map(({ message }) => `error ${harmless(message)}`),
    hint: "its own log says why (journalctl -u docker); what was started may run on: status shows it when the engine is back",
  };
}

function creationIn(error: unknown): Pick<LaunchReport, "creation"> {
  return error instanceof StackError && isCreation(error.cause) ? { creation: error.cause } : {};
}

function isCreation(cause: unknown): cause is Creation {
  return typeof cause === "object" && cause !== null && "errors" in cause && "output" in cause;
}

function endedEarly(verdict: LaunchReport["verdict"], { services }: LaunchPlan, seconds: number, last?: LaunchProgress): LaunchReport {
  const waiting = [...services.values()].map(
    ({ name, dependsOn }): ServiceStatus => ({
      service: name,
      state: "waiting",
      ready: false,
      waitsFor: [...dependsOn.keys()].filter((on) => services.has(on)),
      final: false,
      restarts: 0,
    }),
  );
  const snapshot = last?.snapshot ?? { at: seconds, containers: [] };
  return { verdict, seconds, services: last?.services ?? waiting, culprits: [], victims: [], snapshot };
}
