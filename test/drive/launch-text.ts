import type { Decision } from "../../src/drive/decide/decide.ts";
import type { LaunchPlan, PlannedService } from "../../src/drive/decide/launch-plan.ts";
import type { ContainerState, Snapshot } from "../../src/drive/decide/snapshot.ts";
import type { DependencyModel } from "../../src/model/schema/depends-on.ts";

// Plans, looks and decisions as text, so that a launch rule reads as a few lines.

const CONDITIONS = {
  started: "service_started",
  healthy: "service_healthy",
  completed: "service_completed_successfully",
} as const;

/**
 * A plan, one service a line, dependencies first: `api x3: db healthy, cache started?`.
 * `task NAME` is a task, `mayEnd` a service that may end as well, `x3` three replicas, a `?` an optional dependency, `budget=60` the service's own time.
 */
export function planOf(...lines: readonly string[]): LaunchPlan {
  return { services: new Map(lines.map(serviceOf).map((service) => [service.name, service])) };
}

function serviceOf(line: string): PlannedService {
  const [head = "", dependencies = ""] = line.split(":");
  const words = head.trim().split(/\s+/);
  const kind = words[0] === "task" ? "task" : "service";
  const [name = "", ...rest] = kind === "task" ? words.slice(1) : words;
  const numberAfter = (prefix: string): number | undefined => {
    const word = rest.find((each) => each.startsWith(prefix));
    return word === undefined ? undefined : Number(word.slice(prefix.length));
  };
  const entries = dependencies.split(",").filter((each) => each.trim() !== "");
  return {
    name,
    kind,
    replicas: numberAfter("x") ?? 1,
    budget: numberAfter("budget=") ?? 1000,
    dependsOn: new Map(entries.map(dependencyOf)),
    ...(rest.includes("mayEnd") ? { mayEnd: true } : {}),
  };
}

function dependencyOf(text: string): [string, DependencyModel] {
  const [on = "", word = ""] = text.trim().split(/\s+/);
  const condition = CONDITIONS[word.replace("?", "") as keyof typeof CONDITIONS];
  if (condition === undefined) throw new Error(`no condition in "${text}"`);
  return [on, { condition, required: !word.endsWith("?") }];
}

/**
 * A look at a time, one container a line: `db healthy`, `api#2 running since=3`, `migrate exited exit=3`.
 * `running` has no health check; `starting`, `healthy` and `unhealthy` run with one.
 * Further words: `runs=2`, `falls=1`, `first=1` (first start), `check` (has a health check), `hook` (Compose still starts it),
 * `error=text-without-spaces`.
 */
export function lookAt(at: number, ...lines: readonly string[]): Snapshot {
  return { at, containers: lines.map((line) => containerOf(line, at)) };
}

/** One container; see `lookAt`. */
export function containerOf(line: string, at = 0): ContainerState {
  const [who = "", word = "", ...rest] = line.trim().split(/\s+/);
  const [service = "", number = "1"] = who.split("#");
  const fields = new Map(rest.map((each) => each.split("=", 2) as [string, string | undefined]));
  const has = (name: string): boolean => fields.has(name);
  const numberOf = (name: string, fallback: number): number => Number(fields.get(name) ?? fallback);
  const checked = word === "starting" || word === "healthy" || word === "unhealthy";
  const health = checked ? word : has("check") ? ("starting" as const) : undefined;
  const status = checked ? "running" : (word as ContainerState["status"]);
  const isUp = status === "running" || status === "restarting" || status === "paused";
  const ran = status !== "created";
  return {
    id: `${service}-${number}`,
    name: `stack-${service}-${number}`,
    service,
    number: Number(number),
    status,
    ...(health === undefined ? {} : { health }),
    exitCode: numberOf("exit", 0),
    oomKilled: has("oom"),
    error: fields.get("error") ?? "",
    runs: numberOf("runs", ran ? 1 : 0),
    ...(has("hook") ? { isBeingStarted: true } : {}),
    ...(has("falls") ? { falls: numberOf("falls", 0) } : {}),
    ...(isUp || has("since") ? { runningSince: numberOf("since", at - 100) } : {}),
    ...(ran ? { firstRunAt: numberOf("first", 0) } : {}),
    ports: [],
    failingStreak: numberOf("streak", 0),
    probes: [],
  };
}

/** A decision, one service a line, then what is started, then the verdict. */
export function textOf({ services, start, verdict }: Decision): readonly string[] {
  const lines = services.map(({ service, state, ready, waitsFor, failure, final }) =>
    [
      `${service}: ${state}`,
      ...(waitsFor.length > 0 ? [`for ${waitsFor.join(", ")}`] : []),
      ...(ready ? ["(ready)"] : []),
      ...(failure === undefined ? [] : [`(${failure}${final ? ", final" : ""})`]),
    ].join(" "),
  );
  return [...lines, ...(start.length > 0 ? [`start ${start.join(", ")}`] : []), ...(verdict === undefined ? [] : [verdictText(verdict)])];
}

function verdictText({ verdict, culprits, victims }: NonNullable<Decision["verdict"]>): string {
  const at = culprits.map(({ service, failure }) => `${service} ${failure}`);
  const never = victims.map(({ service, culprit }) => `${service} (${culprit})`);
  return [
    `=> ${verdict}`,
    ...(at.length > 0 ? [`at fault: ${at.join(", ")}`] : []),
    ...(never.length > 0 ? [`never started: ${never.join(", ")}`] : []),
  ].join("; ");
}
