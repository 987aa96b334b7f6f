import type { ContainerSettings, ContainerState, PublishedPort } from "../decide/snapshot.ts";
import { type ContainerInspection, type PortBindings, SERVICE_LABEL } from "../engine/engine.ts";

/** What is known of a container beyond its inspection. */
export interface Remembered {
  /** Whether the run that inspection shows ended before the launch. */
  readonly notStartedYet?: boolean;
  /** Why it could not be started. */
  readonly startError?: string | undefined;
  /** When the run before began. */
  readonly startedBefore?: string | undefined;
  readonly isNew?: boolean;
  readonly runs: number;
  readonly runningSince?: number | undefined;
  readonly firstRunAt?: number | undefined;
  readonly lastExit?: ContainerState["lastExit"];
  readonly endedBy?: ContainerState["endedBy"];
  readonly stops?: number;
  readonly falls?: number;
  readonly askedAt?: number | undefined;
}

/** What the engine says of a container that never ran when it is asked for the time of its start. */
export const NEVER = "0001-01-01T00:00:00Z";

/** A container as decisions see it, from its inspection. */
export function containerState(
  inspection: ContainerInspection,
  {
    notStartedYet = false,
    startError,
    startedBefore,
    isNew = false,
    runs,
    runningSince,
    firstRunAt,
    lastExit,
    endedBy,
    stops = 0,
    falls = 0,
    askedAt,
  }: Remembered,
): ContainerState {
  const { Id, Name, State, Config } = inspection;
  const health = State.Health?.Status;
  return {
    id: Id,
    name: Name.replace(/^\//, ""),
    service: Config.Labels[SERVICE_LABEL] ?? "",
    number: Number(Config.Labels["com.docker.compose.container-number"] ?? 1),
    // What was to be done at its start may have failed after that, e.g. a hook.
    status: notStartedYet || (startError !== undefined && State.Status !== "running") ? "created" : State.Status,
    ...(health === undefined || health === "none" ? {} : { health }),
    exitCode: State.ExitCode,
    oomKilled: State.OOMKilled,
    error: startError ?? (notStartedYet || State.Status === "created" ? "" : State.Error),
    ...(State.StartedAt === NEVER ? {} : { startedAt: State.StartedAt }),
    ...(startedBefore === undefined ? {} : { startedBefore }),
    ...(isNew ? { isNew } : {}),
    runs,
    ...(runningSince === undefined ? {} : { runningSince }),
    ...(firstRunAt === undefined ? {} : { firstRunAt }),
    ports: portsOf(inspection),
    failingStreak: State.Health?.FailingStreak ?? 0,
    probes: (State.Health?.Log ?? []).map(({ Start, End, ExitCode, Output }) => ({
      start: Start,
      seconds: (Date.parse(End) - Date.parse(Start)) / 1000,
      exitCode: ExitCode,
      output: Output,
    })),
    ...(lastExit === undefined ? {} : { lastExit }),
    ...(endedBy === undefined ? {} : { endedBy }),
    ...(stops === 0 ? {} : { stops }),
    ...(falls === 0 ? {} : { falls }),
    ...(askedAt === undefined ? {} : { askedAt }),
    settings: settingsOf(inspection),
  };
}

function portsOf({ NetworkSettings, HostConfig }: ContainerInspection): readonly PublishedPort[] {
  const ports = new Map<string, PublishedPort>();
  for (const [inside, bindings] of Object.entries(NetworkSettings.Ports ?? {})) {
    const [container = "", protocol = "tcp"] = inside.split("/");
    for (const { HostPort } of withoutTwins(bindings ?? [], HostConfig?.PortBindings?.[inside] ?? [])) {
      ports.set(`${HostPort}/${inside}`, { host: Number(HostPort), container: Number(container), protocol });
    }
  }
  return [...ports.values()];
}

type Bindings = NonNullable<NonNullable<PortBindings>[string]>;

// IPv4 and IPv6 are bound one by one, a free port of the host to a number of its own for each.
function withoutTwins(bindings: Bindings, asked: Bindings): Bindings {
  const isTwin = bindings.some(({ HostIp }) => HostIp === "0.0.0.0") && asked.every(({ HostIp = "" }) => !HostIp.includes(":"));
  return isTwin ? bindings.filter(({ HostIp }) => HostIp !== "::") : bindings;
}

function settingsOf({ Config, HostConfig, Mounts, Path = "", Args = [] }: ContainerInspection): ContainerSettings {
  const binds = (Mounts ?? []).flatMap(({ Type, Source, Destination }) =>
    Type === "bind" && Source !== undefined ? [{ source: Source, target: Destination }] : [],
  );
  const check = Config.Healthcheck;
  // Nanoseconds; 0 stands for the engine's default.
  const time = (value: number | undefined, fallback: number): number => (value === undefined || value === 0 ? fallback : value / 1e9);
  return {
    image: Config.Image ?? "",
    command: [Path, ...Args],
    memoryLimit: HostConfig?.Memory ?? 0,
    hostPorts: Object.values(HostConfig?.PortBindings ?? {})
      .flatMap((bindings) => bindings ?? [])
      .flatMap(({ HostPort }) => (/^[1-9]\d*$/.test(HostPort) ? [Number(HostPort)] : [])),
    ...(HostConfig?.LogConfig?.Type === "none" ? { keepsLog: false } : {}),
    ...(binds.length === 0 ? {} : { binds }),
    ...(check?.Test === undefined || check.Test === null
      ? {}
      : {
          healthcheck: {
            test: check.Test,
            interval: time(check.Interval, 30),
            timeout: time(check.Timeout, 30),
            startPeriod: time(check.StartPeriod, 0),
            // Engine 26 falls back to the interval; newer ones to 5 s, as the documentation promises.
            startInterval: time(check.StartInterval, time(check.Interval, 30)),
            retries: check.Retries === undefined || check.Retries === 0 ? 3 : check.Retries,
          },
        }),
  };
}
