import type { Issue } from "../../errors.ts";
import type { CheckedService } from "../../model/checked-stack.ts";
import { type Draft, issueAt } from "../draft.ts";
import { rule } from "../rule.ts";
import { type Reference, sharedWith } from "./references.ts";

export const DEPENDENCY_CYCLE = rule({
  name: "dependency-cycle",
  severity: "error",
  refuses: "every stack",
  summary: "Services wait for each other.",
  why: "None of them can ever start: Compose refuses the file.",
  fix: "Take one of the dependencies out; let the client try again instead.",
  bad: `services:
  web:
    image: nginx:1.29
    depends_on: [api]
  api:
    image: nginx:1.29
    depends_on: [web]
`,
  good: `services:
  web:
    image: nginx:1.29
    depends_on: [api]
  api:
    image: nginx:1.29
`,
  sources: ["Measured: `docker compose config` 2.40 refuses it"],
  judge: checkCycles,
});

/** Services that wait for each other: each cycle once. */
function checkCycles({ services }: Draft): readonly Issue[] {
  const done = new Set<string>();
  return [...services.keys()].flatMap((start) => {
    const cycle = findCycle(start, (name) => waitsOf(services.get(name)).map(({ service }) => service), done);
    const first = services.get(cycle?.[0] ?? "");
    if (cycle === undefined || first === undefined) return [];
    const [name, next = name] = cycle;
    const wait = waitsOf(first).find(({ service }) => service === next);
    const message =
      cycle.length === 1
        ? "waits for itself and never starts"
        : `these wait for each other and never start: ${[...named(cycle), name].join(" -> ")}`;
    return [issueAt(first.definition, `${name}.${wait?.path}`, message, "take one of the dependencies out")];
  });
}

const MOST_NAMED = 20;

// All of a circle of thousands would fill the screen.
function named(cycle: readonly string[]): readonly string[] {
  const left = cycle.length - MOST_NAMED;
  return left <= 0 ? cycle : [...cycle.slice(0, MOST_NAMED / 2), `(${left} more)`, ...cycle.slice(-MOST_NAMED / 2)];
}

// Compose starts what a service shares something with before it, as if it depended on it.
function waitsOf(service: CheckedService | undefined): readonly Reference[] {
  if (service === undefined) return [];
  const awaited = [...(service.model.dependsOn?.keys() ?? [])].map((on) => ({ path: "dependsOn", service: on }));
  // What refers to itself is reported as that.
  return [...awaited, ...sharedWith(service).filter((shared) => shared.service !== service.name)];
}

/** The first cycle that can be reached; everything visited goes into `done`. Depth first with a stack of its own. */
function findCycle(start: string, next: (name: string) => readonly string[], done: Set<string>): readonly string[] | undefined {
  const path = new Set<string>();
  const open: { name: string; rest: Iterator<string> }[] = [];
  const enter = (name: string): void => {
    path.add(name);
    open.push({ name, rest: next(name)[Symbol.iterator]() });
  };
  if (!done.has(start)) enter(start);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const { value: child } = top.rest.next() as IteratorResult<string, undefined>;
    if (child === undefined) {
      done.add(top.name);
      open.pop();
      path.delete(top.name);
    } else if (path.has(child)) {
      for (const { name } of open) done.add(name);
      return [...path].slice([...path].indexOf(child));
    } else if (!done.has(child)) enter(child);
  }
  return undefined;
}
