import { probe, type Service, type ServiceSpec, service, type Task, type TaskSpec, task } from "../../src/index.ts";
import type { AnyService } from "../../src/model/service.ts";

/** What a launch of a scenario must come to. */
export interface Expectation {
  readonly verdict: "ready" | "failed" | "timeout";
  readonly exitCode: number;
  readonly culprit?: string;
  readonly cause?: string;
  readonly victims?: readonly string[];
}

/** What a scenario may do besides launching. */
export interface Hands {
  /** The Compose project. */
  readonly project: string;
  /** Runs the docker client; its output. */
  docker(...args: string[]): Promise<string>;
  /** Waits until the first container of a service runs; its name. */
  running(service: string): Promise<string>;
  /** Waits. */
  pause(seconds: number): Promise<void>;
}

/** One situation on a real engine, and what it must be called. */
export interface Scenario {
  readonly name: string;
  readonly services: () => readonly AnyService[];
  readonly expect: Expectation;
  /** Seconds for the launch, as `--timeout`. Default: none. */
  readonly timeout?: number;
  /** Seconds that Compose gets, where that is not the timeout. Default: 20. */
  readonly composeTimeout?: number;
  /** Attributes of the generated file, merged in before the launch. */
  readonly patch?: Readonly<Record<string, unknown>>;
  /** Before anything is created; what it returns is called at the end. */
  readonly before?: (hands: Hands) => Promise<() => Promise<unknown>>;
  /** While it is launched. */
  readonly during?: (hands: Hands) => Promise<unknown>;
  /** How we reach the engine: directly, or through a proxy that misbehaves. Default: "direct". */
  readonly engine?: "direct" | "events cut" | "away for a while" | "gone";
  /** Launches at once. Default: 1. */
  readonly launches?: number;
  /** Whether it is launched a second time when it is ready. Default: false. */
  readonly again?: boolean;
  /** Whether the wall clock jumps by an hour while we wait. Default: false. */
  readonly clockJumps?: boolean;
}

/** The values of a scenario that ends well. */
export const READY: Expectation = { verdict: "ready", exitCode: 0 };

/** A service of busybox that runs a script. */
export function box<Spec extends Omit<ServiceSpec, "healthcheck">>(name: string, script: string, spec?: Spec): Service {
  return service(name, { ...BOX, command: ["sh", "-c", script], ...spec });
}

/** The same with a health check in the container's shell. */
export function checked(
  name: string,
  script: string,
  check: string,
  timing: Parameters<typeof probe.shell>[1] = FAST,
  spec: ServiceSpec = {},
) {
  return service(name, { ...BOX, command: ["sh", "-c", script], ...spec, healthcheck: probe.shell(check, timing) });
}

/** A task of busybox that runs a script. */
export function job(name: string, script: string, spec: TaskSpec = {}): Task {
  return task(name, { ...BOX, command: ["sh", "-c", script], ...spec });
}

/** A service of Node that runs a script and has an HTTP probe. */
export function server(name: string, script: string, port: number, path: `/${string}` = "/") {
  return service(name, {
    image: "node:22-slim",
    command: ["node", "-e", script],
    init: true,
    stopGracePeriod: "1s",
    healthcheck: probe.http({ port, path, via: "node", ...FAST }),
  });
}

/** A script that listens and says so. */
export function listening(port: number, answer: string, address = "0.0.0.0"): string {
  return `require("http").createServer((q,r)=>{${answer}}).listen(${port},"${address}",()=>console.log("listening on http://${address}:${port}"))`;
}

/** Keeps running. */
export const STAY = "sleep 1000";

/** Probes that decide within a second or two. */
export const FAST = { interval: "300ms", timeout: "2s", retries: 3, startPeriod: "0s" } as const;

/** Probes that allow a slow start and see its end at once. */
export const PATIENT = { interval: "300ms", timeout: "2s", retries: 3, startPeriod: "30s", startInterval: "200ms" } as const;

/** A health check that passes after some seconds. */
export const readyAfter = (seconds: number): { script: string; check: string } => ({
  script: `sleep ${seconds}; touch /ready; ${STAY}`,
  check: "test -e /ready",
});

const BOX = { image: "busybox:1.37", init: true, stopGracePeriod: "1s" } as const;
