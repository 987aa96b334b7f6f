import { rm } from "node:fs/promises";
import { type ComposeProject, runCompose } from "../drive/compose/compose.ts";
import { decide } from "../drive/decide/decide.ts";
import type { LaunchPlan } from "../drive/decide/launch-plan.ts";
import type { Engine } from "../drive/engine/engine.ts";
import { engineHost } from "../drive/engine/engine-host.ts";
import type { LaunchReport } from "../drive/launch-report.ts";
import { observe } from "../drive/observe/observe.ts";
import type { Redact } from "../drive/secrets/redact.ts";
import { StackError } from "../errors.ts";
import { nearName } from "../model/near-name.ts";
import { changesOf } from "./changes.ts";
import type { Endpoint, LaunchEvent, Launched } from "./launched.ts";

/** What belongs to one launch. */
export interface Instance {
  readonly engine: Engine;
  readonly project: ComposeProject;
  /** The folder of its Compose file. */
  readonly folder: string;
  readonly redact: Redact;
  readonly plan: LaunchPlan;
  /** Whether its volumes are nobody else's, because its name is not. */
  readonly ownsVolumes: boolean;
}

/** What can be done with a stack that is ready. */
export function operate(instance: Instance, report: LaunchReport): Launched {
  const { engine, project, plan, redact } = instance;
  const gone = new AbortController();
  const look = async () => {
    const snapshot = await observe(engine, { project: project.name, restartsEnded: false }).look();
    return decide(plan, snapshot).services;
  };
  const down = async ({ volumes = instance.ownsVolumes }: { readonly volumes?: boolean } = {}): Promise<void> => {
    if (gone.signal.aborted) return;
    gone.abort();
    await takeDown(instance, volumes);
  };
  return {
    name: project.name,
    seconds: report.seconds,
    endpoint: (service, port) => endpointOf(requireService(plan, service), port, report),
    logs: async (service, { lines = 1000 } = {}) => {
      requireService(plan, service);
      const { stdout } = await runCompose(project, ["logs", "--no-color", "--no-log-prefix", "--tail", String(lines), service]);
      return redact(stdout);
    },
    exec: async (service, command) => {
      requireService(plan, service);
      if (command.length === 0) throw StackError.of("usage", "exec() needs a command: a list with a program first");
      const { exitCode, stdout, stderr } = await runCompose(project, ["exec", "--no-TTY", service, ...command]);
      return { exitCode, stdout, stderr };
    },
    status: async () => (await look()).map(({ service, state, ready, restarts }) => ({ service, state, ready, restarts })),
    events: ({ signal } = {}) => watch(instance, signal === undefined ? gone.signal : AbortSignal.any([signal, gone.signal])),
    down,
    [Symbol.asyncDispose]: () => down(),
  };
}

function requireService({ services }: LaunchPlan, name: string): string {
  if (services.has(name)) return name;
  const near = nearName(name, services.keys());
  throw StackError.of("usage", `there is no service "${name}"${near === undefined ? "" : `; did you mean "${near}"?`}`);
}

function endpointOf(service: string, port: number, { snapshot }: LaunchReport): Endpoint {
  const ports = snapshot.containers.filter((container) => container.service === service).flatMap((container) => container.ports);
  const own = ports.filter(({ container }) => container === port);
  const found = own.find(({ protocol }) => protocol === "tcp") ?? own[0];
  if (found === undefined) {
    const published = ports.map(({ container }) => container).join(", ");
    throw StackError.of("usage", `port ${port} of ${service} is not published${published === "" ? "" : ` (published: ${published})`}`, {
      hint: `publish it in the stack: ports: ["${port}"]`,
    });
  }
  const onHost = engineHost();
  // A port that is published on all addresses is published on this one, whatever "localhost" resolves to first.
  const host = onHost === "localhost" ? "127.0.0.1" : onHost;
  const address = `${host.includes(":") ? `[${host}]` : host}:${found.host}`;
  return { host, port: found.host, address, url: `${found.protocol === "udp" ? "udp" : "http"}://${address}` };
}

const SECONDS_BETWEEN_LOOKS = 1;

async function* watch({ engine, project, plan }: Instance, signal: AbortSignal): AsyncIterable<LaunchEvent> {
  const observer = observe(engine, { project: project.name, restartsEnded: false });
  const changes = changesOf();
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  let wake = (): void => undefined;
  let isRung = false;
  void listen();
  until.addEventListener("abort", () => wake(), { once: true });
  try {
    while (!until.aborted) {
      isRung = false;
      const snapshot = await observer.look();
      yield* changes(decide(plan, snapshot).services, snapshot.at);
      // What happened during the look is not in it.
      if (!until.aborted && !isRung) await rest();
      observer.touch();
    }
  } finally {
    over.abort();
  }

  async function listen(): Promise<void> {
    try {
      for await (const event of await engine.events(project.name, until)) {
        // Whose doing an end was; without it an end is not told as one for a while.
        observer.note(event);
        isRung = true;
        wake();
      }
    } catch {
      // Without events the clock looks.
    }
  }

  async function rest(): Promise<void> {
    const timer = { id: undefined as NodeJS.Timeout | undefined };
    await new Promise<void>((resolve) => {
      wake = resolve;
      timer.id = setTimeout(resolve, SECONDS_BETWEEN_LOOKS * 1000);
    });
    clearTimeout(timer.id);
  }
}

async function takeDown({ engine, project, folder }: Instance, volumes: boolean): Promise<void> {
  engine.close();
  const { exitCode, stderr } = await runCompose(project, ["down", "--remove-orphans", ...(volumes ? ["--volumes"] : [])]);
  if (exitCode !== 0)
    throw StackError.of("create-failed", `Docker Compose could not take ${project.name} down: ${stderr.trim().split("\n").at(-1)}`);
  await rm(folder, { recursive: true, force: true });
}
