import type { Issue } from "../../errors.ts";
import type { CheckedService } from "../../model/checked-stack.ts";
import { type Draft, issueAt } from "../draft.ts";
import { rule } from "../rule.ts";
import { sharedWith } from "./references.ts";

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

/** Services that wait for each other: each cycle once, named in full. */
function checkCycles({ services }: Draft): readonly Issue[] {
  const issues: Issue[] = [];
  const done = new Set<string>();
  for (const start of services.keys()) {
    const cycle = findCycle(start, (name) => neededBy(services.get(name)), done);
    if (cycle === undefined) continue;
    const first = services.get(cycle[0] ?? start);
    const path = [...cycle, cycle[0]].join(" -> ");
    issues.push(
      issueAt(
        first?.definition ?? {},
        `${first?.name}.dependsOn`,
        cycle.length === 1 ? "waits for itself and never starts" : `these wait for each other and never start: ${path}`,
        "take one of the dependencies out",
      ),
    );
  }
  return issues;
}

// Compose starts what a service shares something with before it, as if it depended on it.
function neededBy(service: CheckedService | undefined): readonly string[] {
  if (service === undefined) return [];
  const shared = sharedWith(service).map(({ service: other }) => other);
  // What refers to itself is reported as that.
  return [...(service.model.dependsOn?.keys() ?? []), ...shared.filter((other) => other !== service.name)];
}

/** The first cycle that can be reached; everything visited goes into `done`. Depth first with a stack of its own. */
function findCycle(start: string, next: (name: string) => readonly string[], done: Set<string>): readonly string[] | undefined {
  const path: string[] = [];
  const open: { name: string; rest: string[] }[] = [];
  const enter = (name: string): void => {
    path.push(name);
    open.push({ name, rest: [...next(name)] });
  };
  if (!done.has(start)) enter(start);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const child = top.rest.shift();
    if (child === undefined) {
      done.add(top.name);
      open.pop();
      path.pop();
    } else if (path.includes(child)) {
      for (const { name } of open) done.add(name);
      return path.slice(path.indexOf(child));
    } else if (!done.has(child)) enter(child);
  }
  return undefined;
}
