import { hostname } from "node:os";
import { firstFileOf } from "./archive.ts";
import { engineWay } from "./connect.ts";
import { demultiplex, endOf } from "./log-stream.ts";
import { bodyOf, type EngineRequest, engineClient, openRequest } from "./request.ts";

/** The part of the Docker Engine API that a launch needs. @see https://docs.docker.com/reference/api/engine/ */
export interface Engine {
  /** The engine's version, e.g. "26.1.5". */
  version(): Promise<string>;
  /**
   * The version of the engine's API, e.g. "1.45"; empty where it does not say. Comes as soon as it answers anything, over a
   * connection of its own, so that it waits for no other answer.
   */
  ping(): Promise<string>;
  /** When it last said anything, by `performance.now()`; negative infinity where it never has. */
  heardAt(): number;
  /** The containers of a Compose project, running or not; one-off containers are left out. */
  containersOf(project: string): Promise<readonly ContainerSummary[]>;
  /** Every container that runs, whosever it is. */
  runningContainers(): Promise<readonly ContainerSummary[]>;
  /** Every volume, whosever it is. */
  volumes(): Promise<readonly VolumeSummary[]>;
  /** The networks that were made for a Compose project. */
  networksOf(project: string): Promise<readonly NetworkSummary[]>;
  /** Whether a container is in a network, or will be when it is started. */
  isNetworkUsed(network: NetworkSummary): Promise<boolean>;
  /** Removes a network, unless it is gone already. */
  removeNetwork(network: NetworkSummary): Promise<void>;
  /** Whether the engine's host is this machine, so that its ports are the engine's. */
  isOnThisMachine(): Promise<boolean>;
  /** Everything about a container; `undefined` where it is gone. */
  inspect(id: string): Promise<ContainerInspection | undefined>;
  /** A file in a container, running or not; `undefined` where it is not there. */
  file(id: string, path: string): Promise<ContainerFile | undefined>;
  /** Whether an image is on the engine. */
  hasImage(name: string): Promise<boolean>;
  start(id: string): Promise<void>;
  /** The name of the container that publishes a port of the host; `undefined` where none does. */
  publisherOf(port: number): Promise<string | undefined>;
  /** The last lines of what a container printed, all of them or since a time in RFC 3339. */
  logs(id: string, lines: number, since?: string): Promise<string>;
  /** The commands that were run in a container since a time in RFC 3339, in their order, as far as the engine remembers. */
  execs(id: string, since: string): Promise<readonly Exec[]>;
  /** What happens to the containers of a Compose project, from now on, until the signal ends it. Default: all that inspection shows. */
  events(project: string, signal: AbortSignal, actions?: readonly string[]): Promise<AsyncIterable<EngineEvent>>;
  /** Closes idle connections. */
  close(): void;
}

export interface ContainerSummary {
  readonly Id: string;
  readonly Names?: readonly string[];
  readonly State?: string;
  readonly Labels: Readonly<Record<string, string>>;
  /** Without `PublicPort` a port is not published. */
  readonly Ports?: readonly { readonly IP?: string; readonly PublicPort?: number; readonly Type: string }[];
}

export interface VolumeSummary {
  readonly Name: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

export interface NetworkSummary {
  readonly Id: string;
  readonly Name: string;
}

/** A file in a container. */
export interface ContainerFile {
  readonly text: string;
  /** When it was changed: a time in RFC 3339, with the fraction of its second. */
  readonly changedAt: string;
}

/** A command that was run in a container, e.g. of a hook or a health check. */
export interface Exec {
  /** Its words, with a blank between them. */
  readonly command: string;
  /** Absent while it runs. */
  readonly exitCode?: number;
}

export interface EngineEvent {
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes?: Readonly<Record<string, string>> };
}

/** Where ports of a container, e.g. `80/tcp`, are published, or are to be. An empty address means all of IPv4 and IPv6. */
export type PortBindings = Readonly<Record<string, readonly { readonly HostIp?: string; readonly HostPort: string }[] | null>> | null;

/** The fields of `GET /containers/ID/json` that are used. */
export interface ContainerInspection {
  readonly Id: string;
  readonly Name: string;
  readonly RestartCount: number;
  /** The program and its arguments. */
  readonly Path?: string;
  readonly Args?: readonly string[];
  readonly HostConfig?: {
    readonly Memory?: number;
    readonly LogConfig?: { readonly Type: string };
    readonly PortBindings?: PortBindings;
  };
  readonly Mounts?: readonly { readonly Type: string; readonly Source?: string; readonly Destination: string }[] | null;
  readonly NetworkSettings: { readonly Ports?: PortBindings };
  readonly Config: {
    readonly Labels: Readonly<Record<string, string>>;
    readonly Image?: string;
    /** `NAME=value`. */
    readonly Env?: readonly string[] | null;
    readonly Cmd?: readonly string[] | null;
    readonly Entrypoint?: readonly string[] | null;
    /** Times in nanoseconds; 0 is the engine's default. */
    readonly Healthcheck?: {
      readonly Test?: readonly string[] | null;
      readonly Interval?: number;
      readonly Timeout?: number;
      readonly StartPeriod?: number;
      readonly StartInterval?: number;
      readonly Retries?: number;
    } | null;
  };
  readonly State: {
    readonly Status: "created" | "running" | "paused" | "restarting" | "removing" | "exited" | "dead";
    readonly ExitCode: number;
    readonly OOMKilled: boolean;
    readonly Error: string;
    readonly StartedAt: string;
    readonly Health?: {
      readonly Status: "none" | "starting" | "healthy" | "unhealthy";
      readonly FailingStreak: number;
      readonly Log: readonly { readonly Start: string; readonly End: string; readonly ExitCode: number; readonly Output: string }[] | null;
    };
  };
}

/** Of a log at most this much is kept, whatever the length of its lines. */
const LOG_BYTES = 1_000_000;

/** Seconds after which an engine that accepts questions and answers none is not there. */
const ANSWER_LIMIT = 30;

/** Seconds for what the engine remembers of the past. */
const REMEMBERING = 2;

// What can change what an inspection shows. A probe is announced as exec_create, exec_start and exec_die, with its whole command; its
// outcome is a health_status.
const EVENTS = [
  "create",
  "start",
  "restart",
  "pause",
  "unpause",
  "kill",
  "stop",
  "oom",
  "die",
  "destroy",
  "rename",
  "update",
  "health_status",
];

/** The label that names the Compose project of a container, network or volume. */
export const PROJECT_LABEL = "com.docker.compose.project";

/** The label that names the Compose service of a container. */
export const SERVICE_LABEL = "com.docker.compose.service";

/**
 * The engine that the docker client would talk to.
 *
 * @param env the environment that says which one that is. Default: this process's.
 */
export function openEngine(env: Readonly<Record<string, string | undefined>> = process.env): Engine {
  let heardAt = Number.NEGATIVE_INFINITY;
  const onHeard = (): void => {
    heardAt = performance.now();
  };
  const client = engineClient(engineWay(env), onHeard);
  const pulse = engineClient(engineWay(env), onHeard);
  const open = (request: EngineRequest) => openRequest(client, request);
  const body = async (request: EngineRequest) => bodyOf(client, await open(request));
  const json = async <T>(request: EngineRequest): Promise<T> =>
    JSON.parse((await body({ ...request, limit: ANSWER_LIMIT })).toString("utf8")) as T;
  return {
    version: async () => (await json<{ Version: string }>({ path: "/version" })).Version,
    ping: async () => {
      const response = await openRequest(pulse, { path: "/_ping", limit: ANSWER_LIMIT });
      await bodyOf(pulse, response);
      return String(response.headers["api-version"] ?? "");
    },
    heardAt: () => heardAt,
    containersOf: (project) =>
      json({
        path: "/containers/json",
        query: { all: "true", filters: filters({ label: [`${PROJECT_LABEL}=${project}`, "com.docker.compose.oneoff=False"] }) },
      }),
    runningContainers: () => json({ path: "/containers/json" }),
    volumes: async () => (await json<{ Volumes: readonly VolumeSummary[] | null }>({ path: "/volumes" })).Volumes ?? [],
    networksOf: (project) => json({ path: "/networks", query: { filters: filters({ label: [`${PROJECT_LABEL}=${project}`] }) } }),
    isNetworkUsed: async ({ Id, Name }) => {
      // What was never started has only the name.
      const query = { all: "true", filters: filters({ network: [Id, Name] }) };
      return (await json<readonly ContainerSummary[]>({ path: "/containers/json", query })).length > 0;
    },
    removeNetwork: async ({ Id }) => {
      await unlessMissing(body({ method: "DELETE", path: `/networks/${Id}`, limit: ANSWER_LIMIT }));
    },
    // Of a virtual machine, another host or another container's network that is not the name.
    isOnThisMachine: async () => (await json<{ Name: string }>({ path: "/info" })).Name === hostname(),
    inspect: (id) => unlessMissing(json<ContainerInspection>({ path: `/containers/${id}/json` })),
    file: async (id, path) => {
      const response = await unlessMissing(open({ path: `/containers/${id}/archive`, query: { path } }));
      const text = response === undefined ? undefined : firstFileOf(await bodyOf(client, response));
      if (response === undefined || text === undefined) return undefined;
      const stat = Buffer.from(String(response.headers["x-docker-container-path-stat"]), "base64").toString("utf8");
      return { text, changedAt: (JSON.parse(stat) as { mtime: string }).mtime };
    },
    hasImage: async (name) => (await unlessMissing(json<unknown>({ path: `/images/${encodeURI(name)}/json` }))) !== undefined,
    start: async (id) => {
      await body({ method: "POST", path: `/containers/${id}/start` });
    },
    publisherOf: async (port) => {
      const query = { filters: filters({ publish: [String(port)], status: ["running", "paused"] }) };
      const [found] = await json<readonly { readonly Names: readonly string[] }[]>({ path: "/containers/json", query });
      return found?.Names[0]?.replace(/^\//, "");
    },
    logs: async (id, lines, since) => {
      const query = { stdout: "true", stderr: "true", tail: String(lines), ...(since === undefined ? {} : { since: unixTime(since) }) };
      const response = await open({ path: `/containers/${id}/logs`, query });
      return demultiplex(await endOf(response, LOG_BYTES), response.headers["content-type"]);
    },
    execs: async (id, since) => {
      const query = {
        since: unixTime(since),
        until: unixTime(new Date().toISOString()),
        filters: filters({ container: [id], event: ["exec_create", "exec_die"] }),
      };
      // By a clock that is behind ours the end is still to come.
      const signal = AbortSignal.timeout(REMEMBERING * 1000);
      return execsIn(lines<EngineEvent>(await open({ path: "/events", query, signal }), onHeard));
    },
    events: async (project, signal, actions = EVENTS) =>
      lines<EngineEvent>(
        await open({
          path: "/events",
          query: { filters: filters({ type: ["container"], label: [`${PROJECT_LABEL}=${project}`], event: actions }) },
          signal,
        }),
        onHeard,
      ),
    close: () => {
      for (const { agent } of [client, pulse]) agent.destroy();
    },
  };
}

async function execsIn(events: AsyncIterable<EngineEvent>): Promise<readonly Exec[]> {
  const execs = new Map<string, Exec>();
  try {
    for await (const { Action, Actor } of events) {
      const { execID = "", exitCode } = Actor.Attributes ?? {};
      const begun = execs.get(execID);
      if (Action.startsWith("exec_create: ")) execs.set(execID, { command: Action.slice("exec_create: ".length) });
      else if (begun !== undefined && exitCode !== undefined) execs.set(execID, { ...begun, exitCode: Number(exitCode) });
    }
  } catch {
    // What was told until then is told.
  }
  return [...execs.values()];
}

function unixTime(time: string): string {
  return (Date.parse(time) / 1000).toFixed(3);
}

async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (cause) {
    if ((cause as { status?: number }).status === 404) return undefined;
    throw cause;
  }
}

function filters(values: Readonly<Record<string, readonly string[]>>): string {
  return JSON.stringify(values);
}

async function* lines<T>(stream: AsyncIterable<Buffer>, onHeard: () => void): AsyncIterable<T> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of stream) {
    onHeard();
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    for (const line of parts) if (line.trim() !== "") yield JSON.parse(line) as T;
  }
}
