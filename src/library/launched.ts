/// <reference lib="esnext.disposable" preserve="true" />

import type { ServiceState } from "../drive/decide/service-status.ts";
import type { Culprit } from "../drive/diagnose/diagnose.ts";
import type { LaunchReport } from "../drive/launch-report.ts";
import type { EngineSilence } from "../drive/patience.ts";
import type { Duration } from "../model/duration.ts";

export interface LaunchOptions {
  /** The Compose project: several launches of one stack need a name each. Default: the stack's name and a random end. */
  readonly name?: string;
  /** Which ports of the host are published: any free ones, or those that the stack says. Default: "free". */
  readonly ports?: "free" | "asWritten";
  /** When to give up; until then unhealthy services may recover. Default: each health check's own budget. */
  readonly timeout?: Duration;
  /** Ends the launch: containers are removed, `launch` rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Profiles to take part. Default: none. */
  readonly profiles?: readonly string[];
  /** Whether images are built even if they exist. Default: false. */
  readonly build?: boolean;
  /** When images are pulled. Default: "missing". */
  readonly pull?: "always" | "missing" | "never";
  /** Whether containers stay for inspection where the launch fails. Default: false. */
  readonly keepOnFailure?: boolean;
  /** Called for each change of a service while it is launched. */
  readonly onEvent?: (event: LaunchEvent) => void;
  /** Called where the Docker Engine gives no answer while the stack is launched, and when it answers again. */
  readonly onEngine?: (silence: EngineSilence) => void;
  /** The folder that relative paths of the stack start from. Default: the one of the module that called `stack()`. */
  readonly folder?: string;
}

/** A service changed its state. */
export interface LaunchEvent {
  readonly service: string;
  readonly state: ServiceState;
  readonly ready: boolean;
  /** Seconds since the launch, or the watching, began. */
  readonly at: number;
}

/** Where a port of a container is reached from here. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  /** `host:port`, with brackets around an IPv6 address. */
  readonly address: string;
  /** `http://host:port`, or `udp://host:port` */
  readonly url: string;
}

/** What a service does now. */
export interface LaunchedService {
  readonly service: string;
  readonly state: ServiceState;
  readonly ready: boolean;
  readonly restarts: number;
}

export interface LogOptions {
  /** The last lines. Default: 1000. */
  readonly lines?: number;
}

/** A stack that runs and is ready. */
export interface Launched {
  /** The Compose project. */
  readonly name: string;
  /** Seconds until it was ready. */
  readonly seconds: number;
  /** Where a published port is reached. Throws for a port that is not published. */
  endpoint(service: string, port: number): Endpoint;
  /** What a service printed, secrets hidden. */
  logs(service: string, options?: LogOptions): Promise<string>;
  /** Runs a command in the first container of a service, without a shell and without input. */
  exec(
    service: string,
    command: readonly string[],
  ): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }>;
  /** What the services do now. */
  status(): Promise<readonly LaunchedService[]>;
  /** Changes of state from now on, first the present one of each service, until `down`, the signal or a `break` ends it. */
  events(options?: { readonly signal?: AbortSignal }): AsyncIterable<LaunchEvent>;
  /** Stops and removes it; volumes go too where the name was made up, else they are kept. */
  down(options?: { readonly volumes?: boolean }): Promise<void>;
  /** `await using` takes it down. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Why a launch did not become ready: the `cause` of the error that it throws. */
export interface LaunchFailure {
  readonly verdict: LaunchReport["verdict"];
  readonly culprits: readonly Culprit[];
  readonly victims: LaunchReport["victims"];
}
