import { decide } from "../../drive/decide/decide.ts";
import type { LaunchPlan } from "../../drive/decide/launch-plan.ts";
import type { ServiceStatus } from "../../drive/decide/service-status.ts";
import type { Snapshot } from "../../drive/decide/snapshot.ts";
import { victimsOf } from "../../drive/decide/victims.ts";
import { type Culprit, guiltyContainers, isAtFault } from "../../drive/diagnose/diagnose.ts";
import { evidenceLines } from "../../drive/diagnose/evidence-lines.ts";
import { explain as explainFailures } from "../../drive/diagnose/explain.ts";
import { lastWords } from "../../drive/diagnose/last-words.ts";
import { type Engine, openEngine } from "../../drive/engine/engine.ts";
import { observe } from "../../drive/observe/observe.ts";
import { whileItAnswers } from "../../drive/patience.ts";
import { planWithIncluded } from "../../library/plan-with-included.ts";
import { EXIT } from "../exit-code.ts";
import { hideSecrets, type OpenedStack, openStack } from "../opened-stack.ts";
import type { Console } from "../render/console.ts";
import { tellSilence } from "../render/engine-silence.ts";
import { json } from "../render/json.ts";
import { describe, sign } from "../render/launch-view.ts";
import { printCulprit } from "../render/report.ts";
import { requireServices } from "../require-services.ts";
import { notUp } from "./wait.ts";

interface ExplainOptions {
  readonly cwd: string;
  readonly json?: boolean;
  readonly profile?: string[];
}

const LOG_LINES = 50;

/** The full diagnosis of a stack that was started: of each service that is not ready, or of those that are named. */
export async function explain(console: Console, name: string, services: readonly string[], options: ExplainOptions): Promise<number> {
  const opened = await openStack(name, options.cwd, { profiles: options.profile }, console);
  const { checked, layout } = opened;
  requireServices(await planWithIncluded(checked, layout.stackFolder, ["*"]), services);
  const engine = openEngine();
  try {
    const onSilence = tellSilence(console);
    const seen = await whileItAnswers(
      async () => {
        await hideSecrets(console, engine, opened);
        return diagnosis(engine, opened, services);
      },
      engine,
      { onSilence },
    );
    if (seen === undefined) throw notUp(checked.name, name);
    const { explained, others } = seen;
    if (options.json === true) console.line(json({ stack: checked.name, ...explained, services: others }, console.redact));
    else print(console, checked.name, explained, others);
    return EXIT.done;
  } finally {
    engine.close();
  }
}

interface Diagnosis {
  readonly explained: Awaited<ReturnType<typeof explainFailures>>;
  readonly others: readonly Portrait[];
}

/** What is to be said of a stack; `undefined` where it has no containers. */
async function diagnosis(
  engine: Engine,
  { checked, layout, project }: OpenedStack,
  services: readonly string[],
): Promise<Diagnosis | undefined> {
  const plan = await planWithIncluded(checked, layout.stackFolder, project.profiles);
  const snapshot = await observe(engine, { project: project.name, restartsEnded: false }).look();
  if (snapshot.containers.length === 0) return undefined;
  const statuses = decide(plan, snapshot).services;
  const asked = statuses.filter(({ service, ready }) => (services.length === 0 ? !ready : services.includes(service)));
  const unready = asked.flatMap(({ service, failure }) => (failure === undefined ? [] : [{ service, failure }]));
  const failed = guiltyContainers(snapshot, unready).filter(isAtFault);
  const waiting = new Set(statuses.filter(({ waitsFor }) => waitsFor.length > 0).map(({ service }) => service));
  const victims = victimsOf(plan, new Set(failed.map(({ service }) => service)), waiting);
  const explained = await explainFailures(engine, checked, plan, { snapshot, culprits: failed, victims });
  // Who only waits for a culprit is told with it.
  const told = new Set([...failed, ...(services.length === 0 ? explained.victims : [])].map(({ service }) => service));
  const others = asked.filter(({ service }) => !told.has(service)).map((status) => portrait(status, plan, snapshot, engine));
  return { explained, others: await Promise.all(others) };
}

interface Portrait {
  readonly status: ServiceStatus;
  readonly neededBy: readonly string[];
  readonly evidence: readonly string[];
}

/** A service that did not fail: what it does, who needs it, its last probes and log lines. */
async function portrait(status: ServiceStatus, plan: LaunchPlan, { containers }: Snapshot, engine: Engine): Promise<Portrait> {
  const container = containers.find(({ service }) => service === status.service);
  const log = container === undefined ? "" : await lastWords(engine, container, LOG_LINES).catch(() => "");
  const neededBy = [...plan.services.values()].filter(({ dependsOn }) => dependsOn.has(status.service)).map((service) => service.name);
  return { status, neededBy, evidence: evidenceLines(container, log) };
}

function print(
  console: Console,
  name: string,
  { culprits, victims }: { culprits: readonly Culprit[]; victims: Parameters<typeof printCulprit>[2] },
  others: readonly Portrait[],
): void {
  for (const culprit of culprits)
    printCulprit(
      console,
      culprit,
      victims.filter((victim) => victim.culprit === culprit.service),
    );
  for (const { status, neededBy, evidence } of others) {
    console.line(`${sign(status.state, console.style)} ${console.style.bold(status.service)}: ${describe(status)}`);
    for (const line of evidence) console.line(`    ${console.style.dim(line)}`);
    if (neededBy.length > 0) console.line(`    needed by: ${neededBy.join(", ")}`);
    console.line();
  }
  if (culprits.length === 0 && others.length === 0) console.line(`every service of ${name} is ready`);
}
