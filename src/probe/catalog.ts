import type { Duration } from "../model/duration.ts";
import type { Probe, Timing } from "../model/schema/healthcheck.ts";

/** A program that can do a probe inside the container. */
export type Tool = "curl" | "wget" | "node" | "python3" | "bash";

interface NetworkOptions extends Timing {
  /** The port in the container. */
  readonly port: number;
  /** The program that does the probe. Default: chosen by what the image is known to contain. */
  readonly via?: Tool;
}

export interface HttpOptions extends NetworkOptions {
  /** The path, with its query. Default: "/". */
  readonly path?: `/${string}`;
}

export interface TcpOptions extends NetworkOptions {}

/** GET on 127.0.0.1 answers with a status below 400. Does not prove what the page says. */
export interface HttpProbe extends Probe<"http"> {
  readonly port: number;
  readonly path: string;
  readonly via?: Tool | undefined;
}

/** The port on 127.0.0.1 accepts a connection. Does not prove that anything is answered on it. */
export interface TcpProbe extends Probe<"tcp"> {
  readonly port: number;
  readonly via?: Tool | undefined;
}

/** A command of the image exits with 0; it runs without a shell. */
export interface CommandProbe extends Probe<"command"> {
  readonly command: readonly string[];
}

/** A script exits with 0 in the container's shell. */
export interface ShellProbe extends Probe<"shell"> {
  readonly script: string;
}

/** Every probe of the catalogue. */
export type AnyProbe = HttpProbe | TcpProbe | CommandProbe | ShellProbe | Probe<"fromImage"> | Probe<"none">;

/** Health checks by meaning; the command that does the check is chosen for the image at hand. */
export const probe = {
  /** Healthy when `GET http://127.0.0.1:PORT/PATH` answers with a status below 400. */
  http: ({ port, path = "/", via, ...timing }: HttpOptions): HttpProbe => make({ type: "http", port, path, via, timing }),

  /** Healthy when the port accepts a connection. */
  tcp: ({ port, via, ...timing }: TcpOptions): TcpProbe => make({ type: "tcp", port, via, timing }),

  /** Healthy when the command, run without a shell, exits with 0. */
  command: (command: readonly string[], timing: Timing = {}): CommandProbe => make({ type: "command", command, timing }),

  /** Healthy when the script, run by the container's shell, exits with 0. `$NAME` is the container's variable. */
  shell: (script: string, timing: Timing = {}): ShellProbe => make({ type: "shell", script, timing }),

  /** The health check that the image brings; timings given here replace the image's. */
  fromImage: (timing: Timing = {}): Probe<"fromImage"> => make({ type: "fromImage", timing }),

  /** No health check, even if the image brings one. */
  none: (): Probe<"none"> => make({ type: "none", timing: {} }),
} as const;

/** When a probe of ours runs, where nothing else is said: seen within half a second, cheap at rest. */
export const DEFAULT_TIMING = {
  interval: "10s",
  timeout: "5s",
  retries: 3,
  startPeriod: "30s",
  startInterval: "500ms",
} as const satisfies Record<string, Duration | number>;

function make<P extends AnyProbe>(fields: Omit<P, "kind">): P {
  return Object.freeze({ kind: "probe", ...fields }) as P;
}
