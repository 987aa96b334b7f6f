import { mkdir, writeFile } from "node:fs/promises";
import { createdServices, serviceFacts } from "../src/drive/diagnose/service-facts.ts";
import type { ContainerInspection, Engine } from "../src/drive/engine/engine.ts";
import { type Outcome, runScenario } from "./run-scenario.ts";
import { SCENARIOS } from "./scenarios/all.ts";
import type { Scenario } from "./scenarios/scenario.ts";

const FOLDER = new URL("../test/fixtures/captures/", import.meta.url);

/** Records what a real engine showed in each scenario that fails: the input of the diagnosis, for its tests. */
async function main(names: readonly string[]): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  for (const scenario of SCENARIOS.filter(
    ({ name, expect }) => expect.cause !== undefined && (names.length === 0 || names.includes(name)),
  )) {
    const recorder = record();
    const outcome = await runScenario(scenario, recorder.wrap);
    const [culprit] = outcome.report.culprits;
    const right = culprit?.cause === scenario.expect.cause && culprit?.service === scenario.expect.culprit;
    console.log(
      `${right ? "✓" : "✗"} ${scenario.name}: ${culprit?.service} ${culprit?.cause} (wanted ${scenario.expect.cause})\n    ${culprit?.message}\n    ${culprit?.hint}`,
    );
    if (!right) console.log(culprit?.evidence.join("\n"));
    const capture = captureOf(scenario, outcome, recorder);
    if (capture !== undefined) await writeFile(new URL(`${scenario.name}.json`, FOLDER), `${JSON.stringify(capture, null, 1)}\n`);
  }
}

interface Recorder {
  readonly wrap: (engine: Engine) => Engine;
  readonly inspections: ReadonlyMap<string, ContainerInspection>;
  readonly logs: ReadonlyMap<string, string>;
  readonly holders: readonly string[];
}

function record(): Recorder {
  const inspections = new Map<string, ContainerInspection>();
  const logs = new Map<string, string>();
  const holders: string[] = [];
  const wrap = (engine: Engine): Engine => ({
    ...engine,
    inspect: async (id) => {
      const inspection = await engine.inspect(id);
      if (inspection !== undefined) inspections.set(id, inspection);
      return inspection;
    },
    logs: async (id, lines, since) => {
      const log = await engine.logs(id, lines, since);
      logs.set(id, log);
      return log;
    },
    publisherOf: async (port) => {
      const holder = await engine.publisherOf(port);
      if (holder !== undefined) holders.push(holder);
      return holder;
    },
  });
  return { wrap, inspections, logs, holders };
}

function captureOf({ expect }: Scenario, { report, checked }: Outcome, { inspections, logs, holders }: Recorder): unknown {
  const [culprit] = report.culprits;
  if (culprit === undefined || culprit.cause === "engine-gone") return undefined;
  const { creation } = report;
  if (creation !== undefined)
    return {
      expect: expectationOf(expect),
      creation: { errors: scrubbed(creation.errors), output: scrubbed(creation.output) },
      services: createdServices(checked).map(({ source: _, calledAt: __, ...rest }) => rest),
      stack: checked.name,
    };
  // Named before anything was created, e.g. a port that is taken: there is no container to record.
  if (report.snapshot.containers.length === 0) return undefined;
  const container =
    report.snapshot.containers.find(
      ({ service, error, exitCode, status }) => service === culprit.service && (error !== "" || exitCode !== 0 || status !== "running"),
    ) ?? report.snapshot.containers.find(({ service }) => service === culprit.service);
  const { source: _, calledAt: __, ...facts } = serviceFacts(checked, culprit.service) ?? {};
  return {
    expect: expectationOf(expect),
    failure: culprit.failure,
    at: report.snapshot.at,
    facts,
    ...(holders[0] === undefined ? {} : { portHolder: holders[0] }),
    ...(container === undefined
      ? {}
      : {
          remembered: {
            runs: container.runs,
            firstRunAt: container.firstRunAt,
            lastExit: container.lastExit,
            startError: container.status === "created" && container.error !== "" ? scrubbed(container.error) : undefined,
          },
          inspection: trimmed(inspections.get(container.id)),
          log: logs.get(container.id)?.slice(-4000) ?? "",
        }),
  };
}

function expectationOf({ culprit, cause }: Scenario["expect"]): unknown {
  return { culprit, cause };
}

function trimmed(inspection: ContainerInspection | undefined): unknown {
  if (inspection === undefined) return undefined;
  const { Id, Name, RestartCount, Path, Args, HostConfig, NetworkSettings, Config, State } = inspection;
  const { Labels, Image, Healthcheck } = Config;
  const labels = Object.fromEntries(Object.entries(Labels).filter(([key]) => /service$|container-number$/.test(key)));
  return {
    Id: Id.slice(0, 12),
    Name,
    RestartCount,
    Path,
    Args,
    HostConfig: { Memory: HostConfig?.Memory },
    NetworkSettings: { Ports: NetworkSettings.Ports },
    Config: { Labels: labels, Image, Healthcheck },
    State: { ...State, Error: scrubbed(State.Error) },
  };
}

// Folders and resolvers of the machine say nothing about the cause.
function scrubbed(text: string): string {
  return text
    .replaceAll(/\/tmp\/verdict-\w+/g, "/project")
    .replaceAll(/ on [\d.]+:53/g, " on 192.0.2.53:53")
    .replaceAll(/ref [\da-f-]{36}::\w+/g, "ref 0::0");
}

await main(process.argv.slice(2));
